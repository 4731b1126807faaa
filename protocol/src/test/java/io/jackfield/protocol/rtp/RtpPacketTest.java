package io.jackfield.protocol.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jackfield.protocol.bytes.Hex;
import io.jackfield.protocol.bytes.Mutations;
import io.jackfield.protocol.bytes.SharedCorpora;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("RTP packet (RFC 3550 §5.1, RFC 8285, RFC 6464)")
class RtpPacketTest {
    private static final String FIXED = "80e00102030405060708090a";

    /** Two CSRCs, one-byte extension with padding, level, another element; payload; padding. */
    private static final String FULL =
            "b2e00102030405060708090a"
                    + "11111111"
                    + "22222222"
                    + "bede0002"
                    + "00108a21"
                    + "aabb0000"
                    + "c0ffee"
                    + "000003";

    private final RtpPacket packet = new RtpPacket();

    private RtpValidity wrap(String hex) {
        return packet.wrap(ByteBuffer.wrap(Hex.bytes(hex)));
    }

    @Test
    @DisplayName("every field is read where §5.1 puts it")
    void readsFields() {
        assertThat(wrap(FIXED + "aabbcc")).isEqualTo(RtpValidity.VALID);
        assertThat(packet.marker()).isTrue();
        assertThat(packet.payloadType()).isEqualTo(0x60);
        assertThat(packet.sequenceNumber()).isEqualTo(0x0102);
        assertThat(packet.rtpTimestamp()).isEqualTo(0x03040506);
        assertThat(packet.ssrc()).isEqualTo(0x0708090a);
        assertThat(packet.csrcCount()).isZero();
        assertThat(packet.hasExtension()).isFalse();
        assertThat(packet.headerLength()).isEqualTo(12);
        assertThat(packet.payloadOffset()).isEqualTo(12);
        assertThat(packet.payloadLength()).isEqualTo(3);
        assertThat(packet.paddingLength()).isZero();
        assertThat(packet.audioLevel(1)).isEqualTo(RtpPacket.NO_AUDIO_LEVEL);
    }

    @Test
    @DisplayName("CSRC list, extension and padding are stepped over (§5.1, §5.3.1)")
    void stepsOver() {
        assertThat(wrap(FULL)).isEqualTo(RtpValidity.VALID);
        assertThat(packet.csrcCount()).isEqualTo(2);
        assertThat(packet.headerLength()).isEqualTo(32);
        assertThat(packet.payloadLength()).isEqualTo(3);
        assertThat(packet.paddingLength()).isEqualTo(3);
    }

    @Test
    @DisplayName("the audio level is found by its identifier, with its voice bit (RFC 6464 §3)")
    void audioLevel() {
        wrap(FULL);
        assertThat(packet.audioLevel(1)).isEqualTo(0x0a);
        assertThat(packet.voiceActivity(1)).isTrue();
        assertThat(packet.audioLevel(2)).isEqualTo(0x2a);
        assertThat(packet.voiceActivity(2)).isTrue();
        assertThat(packet.audioLevel(3)).isEqualTo(RtpPacket.NO_AUDIO_LEVEL);
        assertThat(packet.voiceActivity(3)).isFalse();

        wrap("90e00102030405060708090a" + "10000002" + "0500" + "0701" + "7f00" + "0000");
        assertThat(packet.audioLevel(7)).isEqualTo(0x7f);
        assertThat(packet.audioLevel(5)).isEqualTo(RtpPacket.NO_AUDIO_LEVEL);

        wrap("90e00102030405060708090a" + "bede0001" + "f01a7f00");
        assertThat(packet.audioLevel(1)).isEqualTo(RtpPacket.NO_AUDIO_LEVEL);
    }

    @ParameterizedTest
    @CsvSource({
        "TOO_SHORT, ''",
        "TOO_SHORT, 80e00102030405060708",
        "WRONG_VERSION, 40e00102030405060708090a",
        "TRUNCATED_CSRC, 81e00102030405060708090a000000",
        "TRUNCATED_EXTENSION, 90e00102030405060708090abede00",
        "TRUNCATED_EXTENSION, 90e00102030405060708090abede0001000000",
        "BAD_PADDING, a0e00102030405060708090a",
        "BAD_PADDING, a0e00102030405060708090a00",
        "BAD_PADDING, a0e00102030405060708090a0003",
        "VALID, a0e00102030405060708090a0002",
        "VALID, 90e00102030405060708090abede0000"
    })
    @DisplayName("a packet that does not fit itself is refused by name (A.1)")
    void refuses(RtpValidity expected, String hex) {
        assertThat(wrap(hex)).isEqualTo(expected);
    }

    @Test
    @DisplayName("fields are written in place, each without touching another")
    void writes() {
        ByteBuffer buffer = ByteBuffer.wrap(Hex.bytes("ffff" + FIXED + "aa"));
        buffer.position(2);
        packet.wrap(buffer);
        packet.marker(false);
        packet.payloadType(8);
        packet.sequenceNumber(0x1FFFF);
        packet.rtpTimestamp(-2);
        packet.ssrc(0x01020304);

        assertThat(Hex.text(buffer)).isEqualTo("8008fffffffffffe01020304aa");
        packet.marker(true);
        assertThat(packet.payloadType()).isEqualTo(8);
        assertThat(packet.marker()).isTrue();
        packet.payloadType(127);
        assertThat(packet.marker()).isTrue();
        assertThatThrownBy(() -> packet.payloadType(128))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("what another leg cannot understand is taken out in place")
    void strips() {
        ByteBuffer buffer = ByteBuffer.wrap(Hex.bytes(FULL));
        packet.wrap(buffer);
        packet.stripToPayload();

        assertThat(Hex.text(buffer)).isEqualTo("80e00102030405060708090ac0ffee");
        assertThat(packet.payloadLength()).isEqualTo(3);
        assertThat(packet.payloadOffset()).isEqualTo(buffer.position() + 12);
        assertThat(packet.wrap(buffer)).isEqualTo(RtpValidity.VALID);
    }

    @Test
    @DisplayName("a header written is a header read")
    void writeHeader() {
        ByteBuffer out = ByteBuffer.allocate(20);
        RtpPacket.writeHeader(out, true, 111, 70_000, 5, -1);
        assertThat(packet.wrap(out.flip())).isEqualTo(RtpValidity.VALID);
        assertThat(packet.marker()).isTrue();
        assertThat(packet.payloadType()).isEqualTo(111);
        assertThat(packet.sequenceNumber()).isEqualTo(70_000 - 65_536);
        assertThat(packet.rtpTimestamp()).isEqualTo(5);
        assertThat(packet.ssrc()).isEqualTo(-1);
    }

    @Test
    @DisplayName("survives every fuzz seed")
    void seeds() {
        Map<String, byte[]> seeds = SharedCorpora.seeds("rtp");
        assertThat(seeds).isNotEmpty();
        seeds.values().forEach(this::readAll);
    }

    @Test
    @DisplayName("survives mutated packets")
    void mutations() {
        Mutations.feed(
                "RtpPacketTest",
                List.of(
                        Hex.bytes(FULL),
                        Hex.bytes(FIXED + "00".repeat(20)),
                        Hex.bytes("90e00102030405060708090a10000002050007017f00000011")),
                this::readAll);
    }

    private void readAll(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes.clone());
        if (packet.wrap(buffer) != RtpValidity.VALID) {
            return;
        }
        assertThat(packet.headerLength() + packet.payloadLength() + packet.paddingLength())
                .isEqualTo(bytes.length);
        for (int id = 0; id < 16; id++) {
            assertThat(packet.audioLevel(id)).isBetween(-1, 127);
        }
        packet.stripToPayload();
        assertThat(buffer.remaining()).isEqualTo(12 + packet.payloadLength());
        assertThat(packet.wrap(buffer)).isEqualTo(RtpValidity.VALID);
    }
}
