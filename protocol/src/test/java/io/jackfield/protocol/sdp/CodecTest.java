package io.jackfield.protocol.sdp;

import static io.jackfield.protocol.sdp.Descriptions.withMedia;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A codec")
class CodecTest {
    @Test
    @DisplayName("is the same whatever the case of its name (RFC 8866 §6.6)")
    void ignoresCase() {
        assertThat(new Codec("pcmu", 8000, 1)).isEqualTo(Codec.PCMU);
        assertThat(new Codec("OPUS", 48000, 2)).isEqualTo(Codec.OPUS);
        assertThat(new Codec("Telephone-Event", 8000, 1)).isEqualTo(Codec.TELEPHONE_EVENT);
    }

    @Test
    @DisplayName("is another one with another clock")
    void tellsClocksApart() {
        assertThat(Codec.telephoneEvent(48000)).isNotEqualTo(Codec.TELEPHONE_EVENT);
    }

    @Test
    @DisplayName("of one channel is the same with the channel written or not")
    void defaultsToOneChannel() {
        assertThat(Codec.parse("G722/8000/1")).contains(Codec.G722);
    }

    @Test
    @DisplayName("Opus always has two channels, even where a peer forgot them (RFC 7587 §7)")
    void opusIsStereo() {
        assertThat(Codec.parse("opus/48000")).contains(Codec.OPUS);
    }

    @ParameterizedTest
    @CsvSource({"0, PCMU/8000", "8, PCMA/8000", "9, G722/8000", "13, CN/8000", "18, G729/8000"})
    @DisplayName("may have a static payload type (RFC 3551 §6)")
    void knowsStaticNumbers(int payloadType, String codec) {
        assertThat(Codec.ofStatic(payloadType)).hasToString("Optional[" + codec + "]");
        assertThat(Codec.parse(codec).orElseThrow().staticPayloadType()).hasValue(payloadType);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "opus",
                "opus/",
                "opus/0",
                "opus/x",
                "opus/-1",
                "opus/48000/0",
                "opus/48000/9",
                "opus/48000/2/1",
                "op us/48000",
                "opus/99999999999999999999"
            })
    @DisplayName("is not read from anything else")
    void refusesNonsense(String text) {
        assertThat(Codec.parse(text)).isEmpty();
    }

    @Test
    @DisplayName("cannot be made invalid")
    void checksItself() {
        assertThatThrownBy(() -> new Codec("a b", 8000, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Nested
    @DisplayName("in a media description")
    class InDescription {
        @Test
        @DisplayName("gets its number from rtpmap, its parameters from fmtp, its place from m=")
        void readsFormats() {
            MediaDescription line =
                    media(
                            "m=audio 9 RTP/AVP 8 111 0",
                            "a=fmtp:111 useinbandfec=1",
                            "a=rtpmap:111 opus/48000/2");

            assertThat(line.audioFormats())
                    .containsExactly(
                            new AudioFormat(8, Codec.PCMA, ""),
                            new AudioFormat(111, Codec.OPUS, "useinbandfec=1"),
                            new AudioFormat(0, Codec.PCMU, ""));
        }

        @Test
        @DisplayName("a rtpmap is stronger than the static meaning of its number")
        void rtpmapWins() {
            assertThat(media("m=audio 9 RTP/AVP 0", "a=rtpmap:0 PCMA/8000").audioFormats())
                    .containsExactly(new AudioFormat(0, Codec.PCMA, ""));
        }

        @Test
        @DisplayName("numbers without meaning, out of range or named twice are left out")
        void leavesOut() {
            assertThat(
                            media(
                                            "m=audio 9 RTP/AVP 96 0 128 x 0 97 4294967296",
                                            "a=rtpmap:128 opus/48000/2",
                                            "a=rtpmap:999 opus/48000/2",
                                            "a=rtpmap:97 broken",
                                            "a=rtpmap:x opus/48000/2")
                                    .audioFormats())
                    .containsExactly(new AudioFormat(0, Codec.PCMU, ""));
        }

        private MediaDescription media(String... lines) {
            return withMedia(lines).media().getFirst();
        }
    }

    @Nested
    @DisplayName("map of a leg")
    class Map {
        private static final CodecMap.Entry OPUS = new CodecMap.Entry(Codec.OPUS, 111, 96);
        private static final CodecMap.Entry WIDE_EVENT =
                new CodecMap.Entry(Codec.telephoneEvent(48000), 110, 110);
        private static final CodecMap.Entry EVENT =
                new CodecMap.Entry(Codec.TELEPHONE_EVENT, 126, 126);

        @Test
        @DisplayName("sorts speech, events and noise, and keeps both numbers of each")
        void sorts() {
            CodecMap map = CodecMap.of(List.of(EVENT, OPUS)).orElseThrow();

            assertThat(map.chosen()).isEqualTo(OPUS);
            assertThat(map.events()).containsExactly(EVENT);
            assertThat(map.comfortNoise()).isEmpty();
            assertThat(map.entry(Codec.OPUS)).contains(OPUS);
            assertThat(map.entry(Codec.PCMU)).isEmpty();
        }

        @Test
        @DisplayName("sends events with the clock of the chosen codec, else with what there is")
        void choosesEvent() {
            assertThat(CodecMap.of(List.of(OPUS, EVENT, WIDE_EVENT)).orElseThrow().event())
                    .contains(WIDE_EVENT);
            assertThat(CodecMap.of(List.of(OPUS, EVENT)).orElseThrow().event()).contains(EVENT);
            assertThat(CodecMap.of(List.of(OPUS)).orElseThrow().event()).isEmpty();
        }

        @Test
        @DisplayName("needs a codec that carries speech")
        void needsSpeech() {
            assertThat(CodecMap.of(List.of(EVENT))).isEmpty();
        }
    }
}
