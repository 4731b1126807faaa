package io.jackfield.protocol.srtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jackfield.protocol.bytes.Hex;
import io.jackfield.testkit.Seed;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("SRTP (RFC 3711, RFC 7714)")
class SrtpTest {
    private final RandomGenerator random = new Seed(3711).random();

    private SrtpPair pair(SrtpProfile profile) {
        return new SrtpPair(profile, random);
    }

    @Nested
    @DisplayName("a packet")
    class Packet {
        @ParameterizedTest
        @EnumSource
        @DisplayName("of any length comes out as it went in, in place, wherever it lies")
        void roundTrip(SrtpProfile profile) {
            SrtpPair pair = pair(profile);
            int sequenceNumber = 1;
            for (int length : new int[] {0, 1, 15, 16, 17, 160, 511, 512, 513, 1_400, 3_000}) {
                ByteBuffer packet = SrtpPair.rtp(SrtpPair.SSRC, sequenceNumber++, length);
                String clear = Hex.text(packet);
                ByteBuffer slice = somewhereElse(packet);

                assertThat(pair.sender.protect(slice)).isEqualTo(SrtpOutcome.ACCEPTED);
                assertThat(slice.remaining()).isEqualTo(12 + length + profile.rtpTagBytes());
                assertThat(Hex.text(slice)).startsWith(clear.substring(0, 24));
                assertThat(pair.receiver.unprotect(slice)).isEqualTo(SrtpOutcome.ACCEPTED);
                assertThat(Hex.text(slice)).isEqualTo(clear);
            }
        }

        /** A slice with an array offset, at a position that is not zero. */
        private ByteBuffer somewhereElse(ByteBuffer packet) {
            ByteBuffer all = ByteBuffer.allocate(packet.remaining() + 100);
            all.position(20).put(packet.duplicate());
            ByteBuffer slice = all.slice(10, packet.remaining() + 60);
            return slice.position(10).limit(10 + packet.remaining());
        }

        @ParameterizedTest
        @EnumSource
        @DisplayName("keeps header, CSRC list and extension in clear and whole (§3.1)")
        void headerStaysInClear(SrtpProfile profile) {
            SrtpPair pair = pair(profile);
            String header = "9280000700000c8011223344aabbccdd01020304bede000110ff0000";
            byte[] bytes = Hex.bytes(header + "112233445566");
            ByteBuffer packet = ByteBuffer.wrap(Arrays.copyOf(bytes, 100)).limit(bytes.length);

            assertThat(pair.sender.protect(packet)).isEqualTo(SrtpOutcome.ACCEPTED);
            assertThat(Hex.text(packet)).startsWith(header).doesNotContain("112233445566");
            for (int i = 0; i < bytes.length; i++) {
                ByteBuffer tampered = SrtpPair.copy(packet);
                tampered.put(i, (byte) (tampered.get(i) ^ 1));
                assertThat(pair.receiver.unprotect(tampered)).isNotEqualTo(SrtpOutcome.ACCEPTED);
            }
            assertThat(pair.receive(packet)).isEqualTo(SrtpOutcome.ACCEPTED);
        }

        @ParameterizedTest
        @EnumSource
        @DisplayName("with any one bit changed is refused and left as it came (§3.3)")
        void everyBitCounts(SrtpProfile profile) {
            SrtpPair pair = pair(profile);
            ByteBuffer packet = pair.sent(7);
            for (int bit = 0; bit < packet.limit() * 8; bit++) {
                ByteBuffer tampered = SrtpPair.copy(packet);
                tampered.put(bit / 8, (byte) (tampered.get(bit / 8) ^ 1 << bit % 8));
                String before = Hex.text(tampered);
                assertThat(pair.receiver.unprotect(tampered))
                        .as("bit %d", bit)
                        .isIn(SrtpOutcome.BAD_TAG, SrtpOutcome.MALFORMED);
                assertThat(Hex.text(tampered)).isEqualTo(before);
            }
            assertThat(pair.receive(packet)).isEqualTo(SrtpOutcome.ACCEPTED);
        }

        @ParameterizedTest
        @EnumSource
        @DisplayName("cut anywhere is refused")
        void everyByteCounts(SrtpProfile profile) {
            SrtpPair pair = pair(profile);
            ByteBuffer packet = pair.sent(7);
            for (int length = 0; length < packet.limit(); length++) {
                assertThat(pair.receiver.unprotect(SrtpPair.copy(packet).limit(length)))
                        .isIn(SrtpOutcome.TOO_SHORT, SrtpOutcome.BAD_TAG);
            }
        }

        @Test
        @DisplayName("under other keys is refused")
        void otherKeys() {
            SrtpPair one = pair(SrtpProfile.AES128_CM_HMAC_SHA1_80);
            SrtpPair other = pair(SrtpProfile.AES128_CM_HMAC_SHA1_80);

            assertThat(other.receive(one.sent(1))).isEqualTo(SrtpOutcome.BAD_TAG);
        }
    }

    @Nested
    @DisplayName("a report")
    class Report {
        @ParameterizedTest
        @EnumSource
        @DisplayName("comes out as it went in, is encrypted, and carries E bit and index (§3.4)")
        void roundTrip(SrtpProfile profile) {
            SrtpPair pair = pair(profile);
            for (int index = 0; index < 5; index++) {
                ByteBuffer packet = SrtpPair.rtcp(SrtpPair.SSRC, 6);
                String clear = Hex.text(packet);
                assertThat(pair.sender.protectRtcp(packet)).isEqualTo(SrtpOutcome.ACCEPTED);
                assertThat(Hex.text(packet)).doesNotContain(clear.substring(16));
                int indexAt = packet.limit() - 4 - (profile.isGcm() ? 0 : 10);
                assertThat(packet.getInt(indexAt)).isEqualTo(0x8000_0000 | index);

                assertThat(pair.receiver.unprotectRtcp(packet)).isEqualTo(SrtpOutcome.ACCEPTED);
                assertThat(Hex.text(packet)).isEqualTo(clear);
            }
        }

        @ParameterizedTest
        @EnumSource
        @DisplayName("with any one bit changed, or cut anywhere, is refused")
        void everyBitCounts(SrtpProfile profile) {
            SrtpPair pair = pair(profile);
            ByteBuffer packet = SrtpPair.rtcp(SrtpPair.SSRC, 6);
            pair.sender.protectRtcp(packet);
            for (int bit = 0; bit < packet.limit() * 8; bit++) {
                ByteBuffer tampered = SrtpPair.copy(packet);
                tampered.put(bit / 8, (byte) (tampered.get(bit / 8) ^ 1 << bit % 8));
                assertThat(pair.receiver.unprotectRtcp(tampered))
                        .as("bit %d", bit)
                        .isNotEqualTo(SrtpOutcome.ACCEPTED);
            }
            for (int length = 0; length < packet.limit(); length++) {
                assertThat(pair.receiver.unprotectRtcp(SrtpPair.copy(packet).limit(length)))
                        .isNotEqualTo(SrtpOutcome.ACCEPTED);
            }
            assertThat(pair.receiver.unprotectRtcp(SrtpPair.copy(packet)))
                    .isEqualTo(SrtpOutcome.ACCEPTED);
            assertThat(pair.receiver.unprotectRtcp(packet)).isEqualTo(SrtpOutcome.REPLAYED);
        }

        @Test
        @DisplayName("in the clear is refused by name (§3.4, E)")
        void inTheClear() {
            SrtpPair pair = pair(SrtpProfile.AES128_CM_HMAC_SHA1_80);
            assertThat(pair.receiver.unprotectRtcp(SrtpPair.rtcp(SrtpPair.SSRC, 10)))
                    .isEqualTo(SrtpOutcome.NOT_ENCRYPTED);
        }
    }

    @Nested
    @DisplayName("keys")
    class Keys {
        @Test
        @DisplayName("of both sides come from the exporter in the order of RFC 5764 §4.2")
        void fromTheExporter() {
            byte[] exported = new byte[60];
            for (int i = 0; i < exported.length; i++) {
                exported[i] = (byte) i;
            }
            SrtpProfile profile = SrtpProfile.AES128_CM_HMAC_SHA1_80;
            SrtpKeys client = SrtpKeys.ofClient(profile, exported);
            SrtpKeys server = SrtpKeys.ofServer(profile, exported);

            assertThat(client.masterKey()).isEqualTo(Arrays.copyOfRange(exported, 0, 16));
            assertThat(server.masterKey()).isEqualTo(Arrays.copyOfRange(exported, 16, 32));
            assertThat(client.masterSalt()).isEqualTo(Arrays.copyOfRange(exported, 32, 46));
            assertThat(server.masterSalt()).isEqualTo(Arrays.copyOfRange(exported, 46, 60));
        }

        @Test
        @DisplayName("of a wrong length are our mistake")
        void wrongLength() {
            assertThatThrownBy(() ->
                            new SrtpKeys(SrtpProfile.AEAD_AES_256_GCM, new byte[16], new byte[12]))
                    .isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        @DisplayName("never show in a text")
        void noToString() {
            SrtpKeys keys =
                    new SrtpKeys(
                            SrtpProfile.AEAD_AES_128_GCM,
                            Hex.bytes("a5".repeat(16)),
                            Hex.bytes("5a".repeat(12)));
            assertThat(keys.toString()).doesNotContain("a5a5").doesNotContain("165");
        }

        @Test
        @DisplayName("profiles are found by their DTLS number (RFC 5764 §4.1.2, RFC 7714 §14.2)")
        void profiles() {
            assertThat(SrtpProfile.byDtlsId(1)).contains(SrtpProfile.AES128_CM_HMAC_SHA1_80);
            assertThat(SrtpProfile.byDtlsId(7)).contains(SrtpProfile.AEAD_AES_128_GCM);
            assertThat(SrtpProfile.byDtlsId(8)).contains(SrtpProfile.AEAD_AES_256_GCM);
            assertThat(SrtpProfile.byDtlsId(5)).isEmpty();
            assertThat(SrtpProfile.AEAD_AES_256_GCM.exporterBytes()).isEqualTo(88);
        }
    }
}
