package io.jackfield.protocol.rtp;

import static io.jackfield.protocol.rtp.RewriteOutcome.DUPLICATE;
import static io.jackfield.protocol.rtp.RewriteOutcome.FORWARD;
import static io.jackfield.protocol.rtp.RewriteOutcome.FORWARD_RESUMED;
import static io.jackfield.protocol.rtp.RewriteOutcome.TOO_LATE;
import static io.jackfield.protocol.rtp.RewriteOutcome.UNMAPPED_PAYLOAD_TYPE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jackfield.testkit.Seed;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("RTP rewriter: one unbroken stream out of changing sources")
class RtpRewriterTest {
    private static final int OUT_SSRC = 0x0B0B_0B0B;
    private static final int ALICE = 0xA;
    private static final int BOB = 0xB;
    private static final int FIRST_SEQUENCE = 65_534;
    private static final int FIRST_TIMESTAMP = 0xFFFF_FF80;
    private static final long MILLI = 1_000_000L;
    private static final long START = Long.MAX_VALUE - 100 * MILLI;

    private final RtpRewriter rewriter =
            new RtpRewriter(OUT_SSRC, 8_000, FIRST_SEQUENCE, FIRST_TIMESTAMP);
    private final RtpPacket packet = new RtpPacket();

    private RewriteOutcome rewrite(int ssrc, int sequence, int timestamp, long atMillis) {
        return rewrite(rewriter, ssrc, 0, sequence, timestamp, atMillis);
    }

    private RewriteOutcome rewrite(
            RtpRewriter by, int ssrc, int payloadType, int sequence, int timestamp, long atMillis) {
        ByteBuffer buffer = ByteBuffer.allocate(20);
        RtpPacket.writeHeader(buffer, false, payloadType, sequence, timestamp, ssrc);
        packet.wrap(buffer.putLong(1).flip());
        return by.rewrite(packet, START + atMillis * MILLI);
    }

    /** Numbers of the packet just rewritten, counted from the first one of the stream. */
    private void wrote(int sequence, int timestamp, boolean marker) {
        assertThat(packet.ssrc()).isEqualTo(OUT_SSRC);
        assertThat((packet.sequenceNumber() - FIRST_SEQUENCE) & 0xFFFF).isEqualTo(sequence);
        assertThat(packet.rtpTimestamp() - FIRST_TIMESTAMP).isEqualTo(timestamp);
        assertThat(packet.marker()).isEqualTo(marker);
    }

    @Nested
    @DisplayName("within one source")
    class OneSource {
        @Test
        @DisplayName("numbers are shifted, through both wraps, and only the first is marked")
        void shifted() {
            assertThat(rewrite(ALICE, 65_530, -320, 0)).isEqualTo(FORWARD_RESUMED);
            wrote(0, 0, true);
            for (int n = 1; n < 20; n++) {
                assertThat(rewrite(ALICE, (65_530 + n) & 0xFFFF, -320 + n * 160, n * 20))
                        .isEqualTo(FORWARD);
                wrote(n, n * 160, false);
            }
        }

        @Test
        @DisplayName("loss and reordering pass as they are; duplicates do not")
        void lossAndOrder() {
            rewrite(ALICE, 100, 0, 0);
            assertThat(rewrite(ALICE, 104, 640, 80)).isEqualTo(FORWARD);
            wrote(4, 640, false);
            assertThat(rewrite(ALICE, 102, 320, 81)).isEqualTo(FORWARD);
            wrote(2, 320, false);
            assertThat(rewrite(ALICE, 102, 320, 82)).isEqualTo(DUPLICATE);
            assertThat(rewrite(ALICE, 104, 640, 82)).isEqualTo(DUPLICATE);
            assertThat(rewrite(ALICE, 100, 0, 82)).isEqualTo(DUPLICATE);
            assertThat(rewrite(ALICE, 99, -160, 82)).isEqualTo(DUPLICATE);
            assertThat(rewrite(ALICE, 105, 800, 100)).isEqualTo(FORWARD);
            wrote(5, 800, false);
        }

        @Test
        @DisplayName("the packets of an event keep their common timestamp, however long it is")
        void longEvent() {
            rewrite(ALICE, 1, 0, 0);
            for (int n = 1; n <= 250; n++) {
                assertThat(rewrite(ALICE, 1 + n, 160, n * 20)).isEqualTo(FORWARD);
                wrote(n, 160, false);
            }
            assertThat(rewrite(ALICE, 252, 251 * 160, 251 * 20)).isEqualTo(FORWARD);
            wrote(251, 251 * 160, false);
        }

        @Test
        @DisplayName("silence suppression passes: media time tells the gap itself")
        void silenceSuppression() {
            rewrite(ALICE, 1, 0, 0);
            assertThat(rewrite(ALICE, 2, 8_000 * 10, 10_000)).isEqualTo(FORWARD);
            wrote(1, 80_000, false);
        }

        @Test
        @DisplayName("a source whose clock stood still during a hold goes on in real time, marked")
        void hold() {
            rewrite(ALICE, 1, 0, 0);
            assertThat(rewrite(ALICE, 2, 160, 30_000)).isEqualTo(FORWARD_RESUMED);
            wrote(1, 240_000, true);
            assertThat(rewrite(ALICE, 3, 320, 30_020)).isEqualTo(FORWARD);
            wrote(2, 240_160, false);
        }

        @Test
        @DisplayName("a source that starts anew under its SSRC is picked up on its second packet")
        void restart() {
            rewrite(ALICE, 1, 0, 0);
            assertThat(rewrite(ALICE, 40_000, 99, 20)).isEqualTo(TOO_LATE);
            assertThat(rewrite(ALICE, 2, 320, 40)).isEqualTo(FORWARD);
            wrote(1, 320, false);
            assertThat(rewrite(ALICE, 50_000, 7_000_000, 60)).isEqualTo(TOO_LATE);
            assertThat(rewrite(ALICE, 50_001, 7_000_160, 80)).isEqualTo(FORWARD_RESUMED);
            wrote(2, 640, true);
        }
    }

    @Nested
    @DisplayName("when the source changes")
    class Change {
        @Test
        @DisplayName("sequence goes on by one and media time by what has passed, marked")
        void newSsrc() {
            rewrite(ALICE, 1, 0, 0);
            rewrite(ALICE, 2, 160, 20);
            assertThat(rewrite(BOB, 33_333, 123_456, 1_020)).isEqualTo(FORWARD_RESUMED);
            wrote(2, 160 + 8_000, true);
            assertThat(rewrite(BOB, 33_334, 123_616, 1_040)).isEqualTo(FORWARD);
            wrote(3, 160 + 8_160, false);
        }

        @Test
        @DisplayName("media time moves by a frame at least, even where no time has passed")
        void atOnce() {
            rewrite(ALICE, 1, 0, 0);
            rewrite(BOB, 7, 7, 0);
            wrote(1, 160, true);
        }

        @Test
        @DisplayName("stragglers of the old source and early ones of the new take no place twice")
        void stragglers() {
            rewrite(ALICE, 10, 0, 0);
            rewrite(BOB, 100, 0, 20);
            assertThat(rewrite(ALICE, 11, 160, 30)).isEqualTo(TOO_LATE);
            assertThat(rewrite(BOB, 99, -160, 30)).isEqualTo(DUPLICATE);
            assertThat(rewrite(BOB, 101, 160, 40)).isEqualTo(FORWARD);
            wrote(2, 320, false);
            assertThat(rewrite(ALICE, 60, 8_000, 1_000)).isEqualTo(FORWARD_RESUMED);
            wrote(3, 160 + 8_000 - 160, true);
        }

        @Test
        @DisplayName("by re-route, the same SSRC begins anew at once")
        void reRoute() {
            rewrite(ALICE, 10, 0, 0);
            rewriter.sourceChanges();
            assertThat(rewrite(ALICE, 11, 160, 500)).isEqualTo(FORWARD_RESUMED);
            wrote(1, 4_000, true);
            rewrite(BOB, 5, 0, 520);
            rewriter.sourceChanges();
            assertThat(rewrite(ALICE, 12, 320, 540)).isEqualTo(FORWARD_RESUMED);
            wrote(3, 4_320, true);
        }
    }

    @Nested
    @DisplayName("payload types")
    class PayloadTypes {
        @Test
        @DisplayName("become the other leg's, whatever the marker says")
        void mapped() {
            rewriter.payloadTypes(new PayloadTypeMap(Map.of(111, 96, 126, 101)));
            assertThat(rewrite(rewriter, ALICE, 111, 1, 0, 0)).isEqualTo(FORWARD_RESUMED);
            assertThat(packet.payloadType()).isEqualTo(96);
            assertThat(rewrite(rewriter, ALICE, 126, 2, 0, 0)).isEqualTo(FORWARD);
            assertThat(packet.payloadType()).isEqualTo(101);
        }

        @Test
        @DisplayName("without a partner are left out, and leave no gap")
        void unmapped() {
            rewriter.payloadTypes(new PayloadTypeMap(Map.of(0, 0)));
            assertThat(rewrite(rewriter, ALICE, 13, 9, 0, 0)).isEqualTo(UNMAPPED_PAYLOAD_TYPE);
            rewrite(rewriter, ALICE, 0, 10, 0, 20);
            wrote(0, 0, true);
            for (int n = 11; n < 200; n++) {
                assertThat(rewrite(rewriter, ALICE, 13, n, 160, 40))
                        .isEqualTo(UNMAPPED_PAYLOAD_TYPE);
            }
            assertThat(rewrite(rewriter, ALICE, 0, 200, 320, 60)).isEqualTo(FORWARD);
            wrote(1, 320, false);
        }

        @Test
        @DisplayName("have partners or none, and are checked")
        void map() {
            PayloadTypeMap map = new PayloadTypeMap(Map.of(0, 8));
            assertThat(map.get(0)).isEqualTo(8);
            assertThat(map.get(127)).isEqualTo(PayloadTypeMap.UNMAPPED);
            assertThat(PayloadTypeMap.identity().get(127)).isEqualTo(127);
            assertThatThrownBy(() -> new PayloadTypeMap(Map.of(128, 0)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    @DisplayName("on another node the stream goes on further ahead, in real time")
    void takeover() {
        rewrite(ALICE, 10, 0, 0);
        rewrite(ALICE, 11, 160, 20);
        RewriterState state = rewriter.exportState(START + 120 * MILLI);
        assertThat(state.sinceLastNanos()).isEqualTo(100 * MILLI);

        RtpRewriter successor = RtpRewriter.restore(state.skippedBy(100), START + 5_000 * MILLI);
        assertThat(rewrite(successor, ALICE, 0, 12, 320, 5_400)).isEqualTo(FORWARD_RESUMED);
        wrote(1 + 100 + 1, 160 + 500 * 8, true);
        assertThat(rewrite(successor, ALICE, 0, 13, 480, 5_420)).isEqualTo(FORWARD);
        wrote(1 + 100 + 2, 160 + 520 * 8, false);
    }

    @Test
    @DisplayName("a stream that has not begun begins on another node as it would have here")
    void takeoverBeforeTheFirst() {
        RtpRewriter successor = RtpRewriter.restore(rewriter.exportState(START), START);
        assertThat(rewrite(successor, ALICE, 0, 12, 320, 40)).isEqualTo(FORWARD_RESUMED);
        wrote(0, 0, true);
    }

    @Test
    @DisplayName("whatever comes in, no outgoing number is given out twice within a cycle")
    void neverTwice() {
        RandomGenerator random = Seed.printed("RtpRewriterTest").random();
        rewriter.payloadTypes(new PayloadTypeMap(Map.of(0, 0, 1, 1)));
        Set<Integer> used = new HashSet<>();
        int[] sequence = new int[3];
        for (int step = 0; step < 60_000; step++) {
            int source = random.nextInt(200) == 0 ? random.nextInt(3) : step / 5_000 % 3;
            sequence[source] += random.nextInt(400) == 0 ? random.nextInt(65_536) : 1;
            int reordered = sequence[source] - (random.nextInt(10) == 0 ? random.nextInt(150) : 0);
            if (random.nextInt(1_000) == 0) {
                rewriter.sourceChanges();
            }
            RewriteOutcome outcome =
                    rewrite(
                            rewriter,
                            source,
                            random.nextInt(20) == 0 ? 13 : 0,
                            reordered & 0xFFFF,
                            reordered * 160,
                            step * 20L);
            if (outcome == FORWARD || outcome == FORWARD_RESUMED) {
                int number = packet.sequenceNumber();
                assertThat(used.add(number)).as("step %d: %d", step, number).isTrue();
                used.remove((number + 0x8000) & 0xFFFF);
            }
        }
    }
}
