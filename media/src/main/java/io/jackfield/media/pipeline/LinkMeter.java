package io.jackfield.media.pipeline;

import io.jackfield.media.LinkWindow;
import io.jackfield.protocol.rtcp.PeerReport;
import io.jackfield.protocol.rtcp.ReportBlock;
import io.jackfield.protocol.rtp.RewriterState;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Measures one leg window by window. Thread: the media loop's. */
public final class LinkMeter {
    private static final long WINDOW_NANOS = Duration.ofSeconds(5).toNanos();

    private final ReceivePipeline received;
    private final OutgoingStream outgoing;
    private OptionalLong beganNanos = OptionalLong.empty();
    private Optional<RewriterState> sentBefore = Optional.empty();
    private long packetsBefore;
    private Optional<PeerReport> reportBefore = Optional.empty();

    public LinkMeter(ReceivePipeline received, OutgoingStream outgoing) {
        this.received = received;
        this.outgoing = outgoing;
    }

    /** Packets can come from now on: the first window begins; once. */
    public void begin(long nowNanos) {
        if (beganNanos.isEmpty()) {
            beganNanos = OptionalLong.of(nowNanos);
        }
    }

    public OptionalLong deadlineNanos() {
        return beganNanos.isPresent()
                ? OptionalLong.of(beganNanos.getAsLong() + WINDOW_NANOS)
                : OptionalLong.empty();
    }

    /** The window that is over now; empty where none is. */
    public Optional<LinkWindow> poll(long nowNanos, Duration loopLate) {
        return beganNanos.isPresent() && nowNanos - beganNanos.getAsLong() >= WINDOW_NANOS
                ? Optional.of(take(nowNanos, loopLate))
                : Optional.empty();
    }

    /** The last window, which is shorter; empty where there was hardly any. */
    public Optional<LinkWindow> rest(long nowNanos, Duration loopLate) {
        return beganNanos.isPresent() && nowNanos - beganNanos.getAsLong() >= WINDOW_NANOS / 5
                ? Optional.of(take(nowNanos, loopLate))
                : Optional.empty();
    }

    private LinkWindow take(long nowNanos, Duration loopLate) {
        Duration span = Duration.ofNanos(nowNanos - beganNanos.orElse(nowNanos));
        beganNanos = OptionalLong.of(nowNanos);
        return new LinkWindow(
                span,
                outgoing.codecs().map(c -> c.chosen().codec().name()),
                received.takeWindow(nowNanos),
                sent(nowNanos),
                loopLate);
    }

    private LinkWindow.Outgoing sent(long nowNanos) {
        long packets = outgoing.sent().packets();
        Optional<RewriterState> now = outgoing.exportState(nowNanos);
        long more = packets - packetsBefore;
        long skipped =
                now.isPresent()
                                && sentBefore.isPresent()
                                && now.get().ssrc() == sentBefore.get().ssrc()
                                && sentBefore.get().started()
                        ? Math.max(0, numbers(sentBefore.get(), now.get()) - more)
                        : 0;
        packetsBefore = packets;
        sentBefore = now;
        return new LinkWindow.Outgoing(more, skipped, reported());
    }

    private static int numbers(RewriterState before, RewriterState now) {
        return (now.sequenceNumber() - before.sequenceNumber()) & 0xffff;
    }

    private Optional<LinkWindow.Reported> reported() {
        Optional<PeerReport> report = outgoing.reporter().flatMap(r -> r.heardByPeer());
        if (report.isEmpty() || report.equals(reportBefore)) {
            return Optional.empty();
        }
        Optional<ReportBlock> before =
                reportBefore
                        .map(PeerReport::block)
                        .filter(b -> b.ssrc() == report.get().block().ssrc());
        reportBefore = report;
        ReportBlock block = report.get().block();
        // of the first report nobody knows with which number it began: it stands for itself alone
        long expected = before.map(b -> block.extendedHighest() - b.extendedHighest()).orElse(0L);
        long lost = before.map(b -> (long) block.cumulativeLost() - b.cumulativeLost()).orElse(0L);
        int clockRate = outgoing.clockRate().orElse(8_000);
        return Optional.of(
                new LinkWindow.Reported(
                        Math.max(0, expected),
                        lost,
                        block.jitterRtpUnits() * 1_000.0 / clockRate,
                        report.get().rttNanos().isPresent()
                                ? OptionalDouble.of(report.get().rttNanos().getAsLong() / 1e6)
                                : OptionalDouble.empty()));
    }
}
