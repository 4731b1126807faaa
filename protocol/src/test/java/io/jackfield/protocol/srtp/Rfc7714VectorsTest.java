package io.jackfield.protocol.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.protocol.bytes.Hex;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Properties;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("AES-GCM test vectors (RFC 7714 §16, §17)")
class Rfc7714VectorsTest {
    private static final int TAG_BYTES = 16;

    /** The vectors give session keys, so they enter below the key derivation. */
    private static SrtpFrame frame(ByteBuffer packet, boolean rtcp) {
        SrtpFrame frame = new SrtpFrame();
        SrtpOutcome outcome = rtcp ? frame.coverRtcp(packet, 0) : frame.coverRtp(packet, 0);
        assertThat(outcome).isEqualTo(SrtpOutcome.ACCEPTED);
        return frame;
    }

    private static byte[] value(Properties vector, String name) {
        return Hex.bytes(vector.getProperty(name));
    }

    private static ByteBuffer withRoom(byte[] packet) {
        return ByteBuffer.wrap(Arrays.copyOf(packet, packet.length + TAG_BYTES))
                .limit(packet.length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"128", "256"})
    @DisplayName("RTP is sealed and opened byte for byte (§16)")
    void rtp(String bits) {
        Properties vector = Hex.properties("/rfc7714/aead-aes-" + bits + "-gcm.properties");
        AesGcmCipher cipher = new AesGcmCipher(value(vector, "key"), value(vector, "salt"), false);
        ByteBuffer packet = withRoom(value(vector, "rtp"));
        SrtpFrame frame = frame(packet, false);
        frame.index = 0xf17b;

        cipher.seal(frame);
        assertThat(Hex.text(packet.array())).isEqualTo(vector.getProperty("srtp"));
        assertThat(cipher.open(frame)).isTrue();
        assertThat(Hex.text(packet)).isEqualTo(vector.getProperty("rtp"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"128", "256"})
    @DisplayName("RTCP is sealed and opened byte for byte (§17)")
    void rtcp(String bits) {
        Properties vector = Hex.properties("/rfc7714/aead-aes-" + bits + "-gcm.properties");
        AesGcmCipher cipher = new AesGcmCipher(value(vector, "key"), value(vector, "salt"), true);
        ByteBuffer packet = withRoom(value(vector, "rtcp"));
        SrtpFrame frame = frame(packet, true);
        frame.index = 0x5d4;
        frame.trailer = 0x8000_05d4;

        cipher.seal(frame);
        assertThat(Hex.text(packet.array()) + "800005d4").isEqualTo(vector.getProperty("srtcp"));
        assertThat(cipher.open(frame)).isTrue();
        assertThat(Hex.text(packet)).isEqualTo(vector.getProperty("rtcp"));
    }
}
