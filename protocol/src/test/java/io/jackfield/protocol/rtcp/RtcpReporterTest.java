package io.jackfield.protocol.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.protocol.rtp.ReceiverStatistics;
import io.jackfield.protocol.rtp.SenderStatistics;
import io.jackfield.testkit.Seed;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("RTCP reporter (RFC 3550 §6.2, §6.3, §6.4)")
class RtcpReporterTest {
    private static final int OURS = 0x0101;
    private static final int THEIRS = 0x0202;
    private static final long MILLI = 1_000_000L;
    private static final long SECOND = 1_000 * MILLI;
    private static final long START = Long.MAX_VALUE - 10 * SECOND;
    private static final Instant WALL_CLOCK = Instant.parse("2026-11-23T00:00:00Z");

    private final SenderStatistics sender = new SenderStatistics(OURS, 8_000);
    private final ReceiverStatistics source = new ReceiverStatistics(THEIRS, 8_000);
    private final RtcpReporter reporter =
            new RtcpReporter(sender, "cname", new Seed(3550).random(), WALL_CLOCK, START);
    private long reportedNanos;
    private final ByteBuffer out = ByteBuffer.allocate(RtcpReporter.COMPOUND_BYTES_MAX);

    private void hear(int from, int to) {
        for (int n = from; n < to; n++) {
            source.receive(n, n * 160, START + n * 20 * MILLI);
        }
    }

    /** The next report, at the moment it is due. */
    private List<RtcpPacket> report() {
        for (int looks = 0; looks < 20; looks++) {
            reportedNanos = reporter.deadlineNanos();
            if (reporter.poll(out, reportedNanos)) {
                return ((RtcpParse.Compound) RtcpParser.parse(out)).packets();
            }
            assertThat(out.hasRemaining()).isFalse();
        }
        throw new AssertionError("no report");
    }

    @Nested
    @DisplayName("reports")
    class Reports {
        @Test
        @DisplayName("are due in a quarter of a second once something is sent (§6.2)")
        void first() {
            sender.sent(0, 160, START);
            assertThat(report().getFirst()).isInstanceOf(RtcpPacket.SenderReport.class);
            assertThat((reportedNanos - START) / MILLI).isBetween(82L, 247L);
        }

        @Test
        @DisplayName("wait for that first packet, and come soon after it")
        void firstWaits() {
            assertThat(reporter.poll(out, reporter.deadlineNanos())).isFalse();
            long sentAt = reporter.deadlineNanos() - 1;
            sender.sent(0, 160, sentAt);
            assertThat(report().getFirst()).isInstanceOf(RtcpPacket.SenderReport.class);
            assertThat(reportedNanos).isEqualTo(sentAt + 1);
        }

        @Test
        @DisplayName("are due after about a second, then about every 5 s, never in step (§6.3.1)")
        void intervals() {
            List<Long> intervals = new ArrayList<>();
            long before = START;
            for (int i = 0; i < 1_000; i++) {
                long due = reporter.deadlineNanos();
                assertThat(reporter.poll(out, due - 1)).isFalse();
                assertThat(out.hasRemaining()).isFalse();
                report();
                intervals.add((reportedNanos - before) / MILLI);
                before = reportedNanos;
            }
            assertThat(intervals.getFirst()).isBetween(410L + 82, 1_232L + 247);
            assertThat(intervals.subList(1, 1_000)).allMatch(i -> i >= 2_052 && i <= 6_157);
            assertThat(intervals.stream().mapToLong(i -> i).average().orElseThrow())
                    .isBetween(3_900.0, 4_300.0);
        }

        @Test
        @DisplayName("are RR with CNAME while nothing is sent (§6.4)")
        void receiverReport() {
            reporter.source(source);
            assertThat(report())
                    .containsExactly(
                            new RtcpPacket.ReceiverReport(OURS, List.of()),
                            new RtcpPacket.SourceDescription(
                                    List.of(
                                            new RtcpPacket.SourceDescription.Chunk(
                                                    OURS, Optional.of("cname")))));
        }

        @Test
        @DisplayName("are SR while packets are sent and one report longer (§6.4)")
        void senderReport() {
            sender.sent(1_000, 160, START);
            long due = reporter.deadlineNanos();
            RtcpPacket.SenderReport report = (RtcpPacket.SenderReport) report().getFirst();

            assertThat(report.ssrc()).isEqualTo(OURS);
            assertThat(report.packetCount()).isEqualTo(1);
            assertThat(report.octetCount()).isEqualTo(160);
            assertThat(report.ntp()).isEqualTo(NtpTime.of(WALL_CLOCK.plusNanos(due - START)));
            assertThat(report.rtpTimestamp())
                    .isEqualTo(1_000 + (int) ((due - START) * 8_000 / SECOND));
            assertThat(report().getFirst()).isInstanceOf(RtcpPacket.SenderReport.class);
            assertThat(report().getFirst()).isInstanceOf(RtcpPacket.ReceiverReport.class);
        }

        @Test
        @DisplayName("tell what was heard of a source, since it was last reported (§6.4.1)")
        void blocks() {
            reporter.source(source);
            hear(10, 60);
            hear(70, 110);
            ReportBlock block = blocksOf(report()).getFirst();
            assertThat(block).isEqualTo(new ReportBlock(THEIRS, 10 * 256 / 100, 10, 109, 0, 0, 0));

            assertThat(blocksOf(report())).isEmpty();
            hear(110, 111);
            assertThat(blocksOf(report()).getFirst().fractionLost()).isZero();
        }

        private List<ReportBlock> blocksOf(List<RtcpPacket> packets) {
            return ((RtcpPacket.ReceiverReport) packets.getFirst()).blocks();
        }

        @Test
        @DisplayName("say when the source's last SR came, for its round trip (§6.4.1, LSR, DLSR)")
        void lastSenderReport() {
            reporter.source(source);
            report();
            hear(0, 1);
            long due = reporter.deadlineNanos();
            reporter.handle(
                    new RtcpParse.Compound(
                            List.of(
                                    new RtcpPacket.SenderReport(
                                            THEIRS,
                                            new NtpTime(0x1111_2222_3333_4444L),
                                            0,
                                            1,
                                            1,
                                            List.of()))),
                    due - SECOND / 4);
            ReportBlock block = blocksOf(report()).getFirst();

            assertThat(block.lastSenderReport()).isEqualTo(0x2222_3333);
            assertThat(block.delaySinceLastSenderReport()).isEqualTo(0x4000);
        }

        @Test
        @DisplayName("of a leg that ends carry BYE (§6.6)")
        void goodbye() {
            reporter.goodbye(out, START + SECOND);
            assertThat(((RtcpParse.Compound) RtcpParser.parse(out)).packets())
                    .hasSize(3)
                    .endsWith(new RtcpPacket.Goodbye(List.of(OURS), Optional.empty()));
        }

        @Test
        @DisplayName("are about 16 sources at most, and fit the room promised")
        void bounded() {
            for (int ssrc = 0; ssrc < RtcpReporter.SOURCES_MAX; ssrc++) {
                ReceiverStatistics heard = new ReceiverStatistics(ssrc, 8_000);
                heard.receive(1, 1, START);
                assertThat(reporter.source(heard)).isTrue();
            }
            assertThat(reporter.source(source)).isFalse();
            sender.sent(1, 1, START);
            assertThat(((RtcpPacket.SenderReport) report().getFirst()).blocks()).hasSize(16);

            assertThat(reporter.source(source)).isTrue();
            hear(0, 1);
            assertThat(((RtcpPacket.SenderReport) report().getFirst()).blocks())
                    .singleElement()
                    .extracting(ReportBlock::ssrc)
                    .isEqualTo(THEIRS);
        }
    }

    @Nested
    @DisplayName("what the peer says")
    class Peer {
        private PeerReport heard(ReportBlock block, long nowNanos) {
            reporter.handle(
                    new RtcpParse.Compound(
                            List.of(new RtcpPacket.ReceiverReport(THEIRS, List.of(block)))),
                    nowNanos);
            return reporter.heardByPeer().orElseThrow();
        }

        private ReportBlock block(int lastSenderReport, long delayNanos) {
            return new ReportBlock(
                    OURS, 12, 34, 56, 78, lastSenderReport, NtpTime.units(delayNanos));
        }

        @Test
        @DisplayName("is kept, with the round trip from LSR and DLSR (§6.4.1)")
        void roundTrip() {
            sender.sent(0, 160, START);
            long sentAt = reporter.deadlineNanos();
            int middle = ((RtcpPacket.SenderReport) report().getFirst()).ntp().middle();
            PeerReport report = heard(block(middle, 3 * SECOND), sentAt + 3 * SECOND + 80 * MILLI);

            assertThat(report.block().fractionLost()).isEqualTo(12);
            assertThat(report.block().cumulativeLost()).isEqualTo(34);
            assertThat(report.rttNanos().orElseThrow()).isBetween(79 * MILLI, 81 * MILLI);
            assertThat(report.receivedAtNanos()).isEqualTo(sentAt + 3 * SECOND + 80 * MILLI);
        }

        @Test
        @DisplayName("holds no round trip before our first report, nor one that cannot be")
        void noRoundTrip() {
            assertThat(heard(block(0, 0), START + SECOND).rttNanos()).isEmpty();
            int middle = NtpTime.of(WALL_CLOCK).middle();
            assertThat(heard(block(middle, 0), START + 61 * SECOND).rttNanos()).isEmpty();
            assertThat(heard(block(middle, 5 * SECOND), START + SECOND).rttNanos()).isEmpty();
            assertThat(heard(block(middle, SECOND), START + SECOND - MILLI).rttNanos())
                    .isEqualTo(OptionalLong.of(0));
        }

        @Test
        @DisplayName("of other streams is not ours")
        void otherStreams() {
            reporter.handle(
                    new RtcpParse.Compound(
                            List.of(
                                    new RtcpPacket.ReceiverReport(
                                            THEIRS,
                                            List.of(new ReportBlock(99, 1, 1, 1, 1, 1, 1))))),
                    START);
            assertThat(reporter.heardByPeer()).isEmpty();
        }

        @Test
        @DisplayName("may be goodbye (§6.6)")
        void goodbye() {
            reporter.source(source);
            assertThat(reporter.saidGoodbye(THEIRS)).isFalse();
            reporter.handle(
                    new RtcpParse.Compound(
                            List.of(new RtcpPacket.Goodbye(List.of(THEIRS, 7), Optional.empty()))),
                    START);
            assertThat(reporter.saidGoodbye(THEIRS)).isTrue();
            assertThat(reporter.saidGoodbye(7)).isFalse();
        }
    }
}
