package io.jackfield.protocol.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.testkit.Seed;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("SRTP indexes, replay and roll-over (RFC 3711 §3.3.1, §3.3.2)")
class SrtpIndexTest {
    private static final SrtpProfile PROFILE = SrtpProfile.AES128_CM_HMAC_SHA1_80;
    private static final int MINUTES_TO_ROLL_OVER_TWICE = 150_000;

    private final SrtpPair pair = new SrtpPair(PROFILE, new Seed(3711).random());

    @Nested
    @DisplayName("the receiver")
    class Receiver {
        @Test
        @DisplayName("accepts each packet once, in any order within 128 (§3.3.2)")
        void replay() {
            List<ByteBuffer> packets = new ArrayList<>();
            for (int sequenceNumber = 1; sequenceNumber <= 200; sequenceNumber++) {
                packets.add(pair.sent(sequenceNumber));
            }
            assertThat(pair.receive(packets.get(127))).isEqualTo(SrtpOutcome.ACCEPTED);
            for (int i = 0; i < 127; i++) {
                assertThat(pair.receive(packets.get(i))).isEqualTo(SrtpOutcome.ACCEPTED);
            }
            for (int i = 0; i < 128; i++) {
                assertThat(pair.receive(packets.get(i))).isEqualTo(SrtpOutcome.REPLAYED);
            }
            assertThat(pair.receive(packets.get(199))).isEqualTo(SrtpOutcome.ACCEPTED);
            assertThat(pair.receive(packets.get(128))).isEqualTo(SrtpOutcome.ACCEPTED);
            assertThat(pair.receive(packets.get(100))).isEqualTo(SrtpOutcome.REPLAYED);
            assertThat(pair.receive(packets.get(71))).isEqualTo(SrtpOutcome.REPLAYED);
        }

        @Test
        @DisplayName("is not moved by a forged packet far ahead")
        void forgedFarAhead() {
            pair.receive(pair.sent(1));
            ByteBuffer forged = pair.sent(2);
            forged.putShort(2, (short) 30_000);

            assertThat(pair.receiver.unprotect(forged)).isEqualTo(SrtpOutcome.BAD_TAG);
            assertThat(pair.receiver.exportState().streams())
                    .containsExactly(new SrtpState.Stream(SrtpPair.SSRC, 1));
            assertThat(pair.receive(pair.sent(3))).isEqualTo(SrtpOutcome.ACCEPTED);
        }

        @Test
        @DisplayName("remembers an SSRC only once a packet of it was proven, and 16 at most")
        void boundedSsrcs() {
            for (int i = 0; i < 1_000; i++) {
                assertThat(pair.receiver.unprotect(SrtpPair.rtp(i, 1, 160)))
                        .isEqualTo(SrtpOutcome.BAD_TAG);
            }
            assertThat(pair.receiver.exportState().streams()).isEmpty();

            for (int ssrc = 1; ssrc <= 40; ssrc++) {
                ByteBuffer own = protectedByAnother(SrtpPair.rtp(ssrc, 1, 160));
                assertThat(pair.receiver.unprotect(own)).isEqualTo(SrtpOutcome.ACCEPTED);
            }
            assertThat(pair.receiver.exportState().streams())
                    .hasSize(SrtpState.STREAMS_MAX)
                    .contains(new SrtpState.Stream(40, 1))
                    .doesNotContain(new SrtpState.Stream(24, 1));
        }

        /** A sender with the same keys, which has its own count of SSRCs. */
        private ByteBuffer protectedByAnother(ByteBuffer packet) {
            assertThat(new SrtpSender(pair.keys).protect(packet)).isEqualTo(SrtpOutcome.ACCEPTED);
            return packet;
        }

        @Test
        @DisplayName("does not take a packet from before the first cycle for one of the last")
        void beforeTheBeginning() {
            assertThat(pair.receive(pair.sent(0))).isEqualTo(SrtpOutcome.ACCEPTED);
            ByteBuffer before = SrtpPair.rtp(65_535);
            new SrtpSender(pair.keys).protect(before);
            assertThat(pair.receive(before)).isEqualTo(SrtpOutcome.REPLAYED);
        }
    }

    @Nested
    @DisplayName("the sender")
    class Sender {
        @Test
        @DisplayName("never uses an index twice, nor one too old to tell (§9.1)")
        void neverTwice() {
            pair.sent(100);
            pair.sent(103);
            pair.sent(101);
            for (int used : new int[] {100, 101, 103}) {
                ByteBuffer packet = SrtpPair.rtp(used);
                assertThat(pair.sender.protect(packet)).isEqualTo(SrtpOutcome.INDEX_USED);
                assertThat(packet).isEqualTo(SrtpPair.rtp(used));
            }
            pair.sent(102);
            pair.sent(400);
            assertThat(pair.sender.protect(SrtpPair.rtp(272))).isEqualTo(SrtpOutcome.INDEX_USED);
            pair.sent(273);
        }

        @Test
        @DisplayName("refuses a seventeenth SSRC: forgetting one could mean using it again")
        void boundedSsrcs() {
            for (int ssrc = 0; ssrc < SrtpState.STREAMS_MAX; ssrc++) {
                assertThat(pair.sender.protect(SrtpPair.rtp(ssrc, 1, 10)))
                        .isEqualTo(SrtpOutcome.ACCEPTED);
                assertThat(pair.sender.protectRtcp(SrtpPair.rtcp(ssrc, 1)))
                        .isEqualTo(SrtpOutcome.ACCEPTED);
            }
            assertThat(pair.sender.protect(SrtpPair.rtp(99, 1, 10)))
                    .isEqualTo(SrtpOutcome.TOO_MANY_SSRCS);
            assertThat(pair.sender.protectRtcp(SrtpPair.rtcp(99, 1)))
                    .isEqualTo(SrtpOutcome.TOO_MANY_SSRCS);
        }

        @Test
        @DisplayName("stops when the key has protected all it may (§9.2)")
        void exhausted() {
            SrtpState end =
                    new SrtpState(
                            List.of(new SrtpState.Stream(SrtpPair.SSRC, SrtpIndex.MAX)),
                            List.of(new SrtpState.Stream(SrtpPair.SSRC, SrtpIndex.RTCP_MAX)));
            SrtpSender sender = new SrtpSender(pair.keys, end);

            assertThat(sender.protect(SrtpPair.rtp(0))).isEqualTo(SrtpOutcome.KEY_EXHAUSTED);
            assertThat(sender.protectRtcp(SrtpPair.rtcp(SrtpPair.SSRC, 1)))
                    .isEqualTo(SrtpOutcome.KEY_EXHAUSTED);
        }

        @Test
        @DisplayName("says so where the buffer has no room for the tag, and uses no index")
        void noRoom() {
            ByteBuffer tight = SrtpPair.rtp(1).slice(0, 172);
            assertThat(pair.sender.protect(tight)).isEqualTo(SrtpOutcome.NO_ROOM);
            ByteBuffer tightReport = SrtpPair.rtcp(SrtpPair.SSRC, 1).slice(0, 12);
            assertThat(pair.sender.protectRtcp(tightReport)).isEqualTo(SrtpOutcome.NO_ROOM);
            assertThat(pair.sender.exportState()).isEqualTo(SrtpState.EMPTY);
        }

        @Test
        @DisplayName("refuses what is no RTP")
        void noRtp() {
            assertThat(pair.sender.protect(ByteBuffer.allocate(11)))
                    .isEqualTo(SrtpOutcome.TOO_SHORT);
            assertThat(pair.sender.protect(ByteBuffer.allocate(100)))
                    .isEqualTo(SrtpOutcome.MALFORMED);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"AES128_CM_HMAC_SHA1_80", "AEAD_AES_128_GCM"})
    @DisplayName("both stay together through roll-overs with loss, reordering and duplicates")
    void rollOverOnABadNetwork(SrtpProfile profile) {
        RandomGenerator random = Seed.printed("SrtpIndexTest").random();
        SrtpPair both = new SrtpPair(profile, random);
        List<ByteBuffer> onTheWay = new ArrayList<>();
        Set<Integer> arrived = new HashSet<>();
        int delivered = 0;
        int lost = 0;
        for (int n = 0; n < MINUTES_TO_ROLL_OVER_TWICE; n++) {
            ByteBuffer packet = SrtpPair.rtp(SrtpPair.SSRC, (n + 65_000) & 0xFFFF, 4);
            packet.putInt(12, n);
            assertThat(both.sender.protect(packet)).isEqualTo(SrtpOutcome.ACCEPTED);
            if (random.nextInt(10) == 0) {
                lost++;
                continue;
            }
            onTheWay.add(packet);
            if (onTheWay.size() < 20) {
                continue;
            }
            ByteBuffer next = onTheWay.remove(random.nextInt(20));
            ByteBuffer copy = SrtpPair.copy(next);
            assertThat(both.receiver.unprotect(next))
                    .isIn(SrtpOutcome.ACCEPTED, SrtpOutcome.REPLAYED);
            if (next.limit() == 16) {
                assertThat(arrived.add(next.getInt(12))).isTrue();
                delivered++;
            }
            if (random.nextInt(50) == 0) {
                assertThat(both.receiver.unprotect(copy)).isEqualTo(SrtpOutcome.REPLAYED);
            }
        }
        // those held back by chance for more than 128 others are too old to tell from a replay
        assertThat(delivered)
                .isGreaterThan((int) ((MINUTES_TO_ROLL_OVER_TWICE - lost) * 0.99))
                .isLessThanOrEqualTo(MINUTES_TO_ROLL_OVER_TWICE - lost);
        assertThat(both.receiver.exportState().streams().getFirst().highestIndex())
                .isGreaterThan(2 * SrtpIndex.CYCLE);
    }
}
