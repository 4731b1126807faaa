package io.jackfield.protocol.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.protocol.bytes.Hex;
import io.jackfield.protocol.bytes.SharedCorpora;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("SRTP test vectors (RFC 3711 appendix B)")
class Rfc3711VectorsTest {
    private static final Properties B3 = Hex.properties("/rfc3711/b.3-key-derivation.properties");

    private static SrtpKeys keys(SrtpProfile profile) {
        return new SrtpKeys(
                profile,
                Hex.bytes(B3.getProperty("master-key")),
                Hex.bytes(B3.getProperty("master-salt")));
    }

    @Test
    @DisplayName("AES in counter mode makes the key stream of B.2, to its last blocks")
    void keyStream() {
        Properties b2 = Hex.properties("/rfc3711/b.2-aes-cm.properties");
        byte[] stream = new byte[0xff02 * 16];
        new AesCounter(Hex.bytes(b2.getProperty("session-key")))
                .xor(
                        Hex.bytes(b2.getProperty("session-salt")),
                        stream,
                        0,
                        stream.length,
                        Workspace.ofThread());

        for (String counter : List.of("0000", "0001", "0002", "feff", "ff00", "ff01")) {
            int at = Integer.parseInt(counter, 16) * 16;
            assertThat(Hex.text(Arrays.copyOfRange(stream, at, at + 16)))
                    .as(counter)
                    .isEqualTo(b2.getProperty("keystream." + counter));
        }
    }

    @Test
    @DisplayName("session keys come from the master key as in B.3")
    void keyDerivation() {
        KeyDerivation derivation = new KeyDerivation(keys(SrtpProfile.AES128_CM_HMAC_SHA1_80));

        assertThat(Hex.text(derivation.derive(KeyDerivation.RTP_ENCRYPTION, 16)))
                .isEqualTo(B3.getProperty("cipher-key"));
        assertThat(Hex.text(derivation.derive(KeyDerivation.RTP_SALT, 14)))
                .isEqualTo(B3.getProperty("cipher-salt"));
        assertThat(Hex.text(derivation.derive(KeyDerivation.RTP_AUTHENTICATION, 94)))
                .isEqualTo(B3.getProperty("auth-key"));
    }

    @Test
    @DisplayName("packets under the key of B.3 are protected and unprotected byte for byte")
    void srtpPackets() {
        List<Map<String, String>> vectors = SharedCorpora.vectors("srtp/srtp-packets.json", "srtp");
        assertThat(vectors).hasSize(12);
        for (Map<String, String> vector : vectors) {
            SrtpKeys keys =
                    keys(SrtpProfile.valueOf(vector.get("profile").replaceFirst("^SRTP_", "")));
            SrtpState before =
                    justBefore(
                            vector.get("rtp"),
                            Long.parseLong(vector.get("roc")),
                            Integer.parseInt(vector.get("seq")));

            ByteBuffer packet = buffer(vector.get("rtp"));
            assertThat(new SrtpSender(keys, before).protect(packet))
                    .isEqualTo(SrtpOutcome.ACCEPTED);
            assertThat(Hex.text(packet)).as("%s", vector).isEqualTo(vector.get("srtp"));

            assertThat(new SrtpReceiver(keys, before).unprotect(packet))
                    .isEqualTo(SrtpOutcome.ACCEPTED);
            assertThat(Hex.text(packet)).as("%s", vector).isEqualTo(vector.get("rtp"));
        }
    }

    /** A state whose next index is that of the packet; empty at the very beginning. */
    private static SrtpState justBefore(String rtp, long roc, int sequenceNumber) {
        long index = (roc << 16) + sequenceNumber;
        int ssrc = buffer(rtp).getInt(8);
        return roc == 0
                ? SrtpState.EMPTY
                : new SrtpState(List.of(new SrtpState.Stream(ssrc, index - 1)), List.of());
    }

    @Test
    @DisplayName("a report under the key of B.3 is protected and unprotected byte for byte")
    void srtcpPacket() {
        List<Map<String, String>> vectors =
                SharedCorpora.vectors("srtp/srtp-packets.json", "srtcp");
        assertThat(vectors).hasSize(1);
        Map<String, String> vector = vectors.getFirst();
        SrtpKeys keys = keys(SrtpProfile.AES128_CM_HMAC_SHA1_80);
        ByteBuffer packet = buffer(vector.get("rtcp"));
        SrtpState before =
                new SrtpState(List.of(), List.of(new SrtpState.Stream(packet.getInt(4), 0)));

        assertThat(new SrtpSender(keys, before).protectRtcp(packet))
                .isEqualTo(SrtpOutcome.ACCEPTED);
        assertThat(Hex.text(packet)).isEqualTo(vector.get("srtcp"));
        assertThat(new SrtpReceiver(keys).unprotectRtcp(packet)).isEqualTo(SrtpOutcome.ACCEPTED);
        assertThat(Hex.text(packet)).isEqualTo(vector.get("rtcp"));
    }

    @Test
    @DisplayName("broken packets are dropped, left as they came, and do not disturb good ones")
    void brokenPackets() {
        List<Map<String, String>> broken =
                SharedCorpora.vectors("srtp/srtp-packets.json", "must_drop_silently");
        assertThat(broken).hasSize(8);
        SrtpReceiver receiver = new SrtpReceiver(keys(SrtpProfile.AES128_CM_HMAC_SHA1_80));
        for (Map<String, String> vector : broken) {
            ByteBuffer packet = buffer(vector.get("srtp"));
            assertThat(receiver.unprotect(packet))
                    .as(vector.get("what"))
                    .isIn(SrtpOutcome.BAD_TAG, SrtpOutcome.TOO_SHORT, SrtpOutcome.MALFORMED);
            assertThat(Hex.text(packet)).isEqualTo(vector.get("srtp"));
        }
        assertThat(receiver.exportState()).isEqualTo(SrtpState.EMPTY);

        Map<String, String> good =
                SharedCorpora.vectors("srtp/srtp-packets.json", "srtp").getFirst();
        assertThat(receiver.unprotect(buffer(good.get("srtp")))).isEqualTo(SrtpOutcome.ACCEPTED);
    }

    private static ByteBuffer buffer(String hex) {
        byte[] bytes = Hex.bytes(hex);
        return ByteBuffer.allocate(bytes.length + 40).put(bytes).flip();
    }
}
