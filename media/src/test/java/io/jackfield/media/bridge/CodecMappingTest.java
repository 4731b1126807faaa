package io.jackfield.media.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.protocol.rtp.PayloadTypeMap;
import io.jackfield.protocol.sdp.Codec;
import io.jackfield.protocol.sdp.CodecMap;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Which payload type becomes which on the other leg")
class CodecMappingTest {

    private static CodecMap.Entry entry(Codec codec, int send, int receive) {
        return new CodecMap.Entry(codec, send, receive);
    }

    private static CodecMap map(List<CodecMap.Entry> codecs, CodecMap.Entry... events) {
        return new CodecMap(codecs, Arrays.asList(events), List.of());
    }

    private static CodecMapping between(CodecMap from, CodecMap to) {
        return CodecMapping.between(from, to);
    }

    @Test
    @DisplayName("what the one sends by its number goes out by the other's, per codec")
    void numbers() {
        CodecMap browser =
                map(
                        List.of(
                                entry(Codec.OPUS, 111, 111),
                                entry(Codec.PCMU, 0, 0),
                                entry(Codec.G722, 9, 9)),
                        entry(Codec.telephoneEvent(48_000), 110, 110));
        CodecMap other =
                map(
                        List.of(entry(Codec.PCMU, 0, 0), entry(Codec.OPUS, 96, 97)),
                        entry(Codec.telephoneEvent(48_000), 101, 102));
        PayloadTypeMap types = between(browser, other).payloadTypes();
        assertThat(types.get(111)).isEqualTo(96);
        assertThat(types.get(0)).isZero();
        assertThat(types.get(9)).isEqualTo(PayloadTypeMap.UNMAPPED);
        assertThat(types.get(64)).isEqualTo(PayloadTypeMap.UNMAPPED);
        assertThat(between(other, browser).payloadTypes().get(97)).isEqualTo(111);
        assertThat(between(other, browser).payloadTypes().get(96))
                .isEqualTo(PayloadTypeMap.UNMAPPED);
    }

    @Test
    @DisplayName("events pass as they are where all clocks agree")
    void events() {
        CodecMap a = map(List.of(entry(Codec.PCMU, 0, 0)), entry(Codec.TELEPHONE_EVENT, 101, 101));
        CodecMap b = map(List.of(entry(Codec.PCMU, 0, 0)), entry(Codec.TELEPHONE_EVENT, 96, 96));
        assertThat(between(a, b).relaysEvents()).isTrue();
        assertThat(between(a, b).payloadTypes().get(101)).isEqualTo(96);
    }

    @Test
    @DisplayName("events are pressed anew where a clock differs or the other leg has none")
    void otherClocks() {
        CodecMap opus =
                map(
                        List.of(entry(Codec.OPUS, 111, 111)),
                        entry(Codec.telephoneEvent(48_000), 110, 110));
        CodecMap slowEvents =
                map(List.of(entry(Codec.OPUS, 111, 111)), entry(Codec.TELEPHONE_EVENT, 101, 101));
        CodecMap noEvents = map(List.of(entry(Codec.OPUS, 111, 111)));
        for (CodecMapping mapping :
                List.of(
                        between(opus, slowEvents),
                        between(slowEvents, opus),
                        between(slowEvents, slowEvents),
                        between(opus, noEvents))) {
            assertThat(mapping.relaysEvents()).isFalse();
            assertThat(mapping.payloadTypes().get(110)).isEqualTo(PayloadTypeMap.UNMAPPED);
            assertThat(mapping.payloadTypes().get(101)).isEqualTo(PayloadTypeMap.UNMAPPED);
        }
    }
}
