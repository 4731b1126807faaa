package io.jackfield.protocol.rtcp;

import io.jackfield.protocol.rtp.ReceiverStatistics;
import io.jackfield.protocol.rtp.SenderStatistics;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/**
 * The reports of one leg: when they are due, what they say, and what the peer's say (RFC 3550 §6).
 *
 * <p>A leg has two members, so the bandwidth rules of §6.2 come down to the minimum interval, and
 * reconsideration (§6.3.3) never finds new ones; both are left out. "For unicast sessions [...] the
 * delay before sending the initial compound RTCP packet MAY be zero" (§6.2): the first report comes
 * soon after the first packet was sent, so that whatever the peer reports, be it with its BYE,
 * tells the round trip; where nothing is sent, it comes after about a second.
 *
 * <p>One thread.
 */
public final class RtcpReporter {
    /** Sources reported on at most: a leg has one, and a new one with each change of device. */
    public static final int SOURCES_MAX = 16;

    /** Room a compound needs at most, in bytes: a report with all blocks, SDES, BYE. */
    public static final int COMPOUND_BYTES_MAX = 1_024;

    /** §6.2: "the RECOMMENDED value for a fixed minimum interval is 5 seconds". */
    private static final long INTERVAL_NANOS = 5_000_000_000L;

    private static final long FIRST_INTERVAL_NANOS = 1_000_000_000L;

    /** How often the first report looks whether anything was sent. */
    private static final long LOOK_NANOS = 200_000_000L;

    /** §6.3.1: "divided by e-3/2=1.21828" to undo what reconsideration adds on average. */
    private static final double COMPENSATION = Math.E - 1.5;

    private final SenderStatistics sender;
    private final String cname;
    private final RandomGenerator random;
    private final Instant wallClock;
    private final long startNanos;
    private final List<ReportedSource> sources = new ArrayList<>();
    private long deadlineNanos;
    private boolean reported;
    private OptionalLong firstByNanos = OptionalLong.empty();
    private long packetsAtLastReport;
    private boolean sentBeforeLastReport;
    private Optional<PeerReport> heardByPeer = Optional.empty();

    /**
     * @param sender what this leg sends; reports are SR while it sends, RR otherwise
     * @param cname the leg's canonical name (RFC 7022), at most 255 bytes
     * @param random spreads the reports (§6.3.1)
     * @param wallClock the moment {@code nowNanos}, for NTP times; later steps of the wall clock
     *     are not followed, so that round trips stay right
     */
    public RtcpReporter(
            SenderStatistics sender,
            String cname,
            RandomGenerator random,
            Instant wallClock,
            long nowNanos) {
        this.sender = sender;
        this.cname = cname;
        this.random = random;
        this.wallClock = wallClock;
        this.startNanos = nowNanos;
        this.deadlineNanos = nowNanos + spread(LOOK_NANOS);
    }

    /**
     * Adds a source to report on. At {@link #SOURCES_MAX} it takes the place of one that said BYE
     * or has fallen silent; where none has, it is not taken.
     *
     * @return false where it was not taken
     */
    public boolean source(ReceiverStatistics source) {
        if (sources.size() == SOURCES_MAX) {
            Optional<ReportedSource> gone =
                    sources.stream()
                            .filter(s -> s.saidGoodbye() || !s.heardSinceLastReport())
                            .findFirst();
            if (gone.isEmpty()) {
                return false;
            }
            sources.remove(gone.get());
        }
        return sources.add(new ReportedSource(source));
    }

    /** When {@link #poll} wants to be called. */
    public long deadlineNanos() {
        return deadlineNanos;
    }

    /**
     * Writes a report if one is due.
     *
     * @param out array-backed or not; cleared here, then position 0 to limit, empty where nothing
     *     is due; at least {@link #COMPOUND_BYTES_MAX} long
     */
    public boolean poll(ByteBuffer out, long nowNanos) {
        out.clear();
        boolean due = deadlineNanos - nowNanos <= 0 && !waits(nowNanos);
        if (due) {
            reported = true;
            deadlineNanos = nowNanos + spread(INTERVAL_NANOS);
            writeReport(out, nowNanos);
        }
        out.flip();
        return due;
    }

    /** True where the first report has nothing to say yet, and looks again. */
    private boolean waits(long nowNanos) {
        if (reported || sender.packets() > 0) {
            return false;
        }
        if (firstByNanos.isEmpty()) {
            firstByNanos = OptionalLong.of(nowNanos + spread(FIRST_INTERVAL_NANOS));
        }
        long left = firstByNanos.getAsLong() - nowNanos;
        deadlineNanos = nowNanos + Math.min(left, spread(LOOK_NANOS));
        return left > 0;
    }

    /** Writes the leg's last compound: a report with BYE (§6.6), cleared and flipped as above. */
    public void goodbye(ByteBuffer out, long nowNanos) {
        out.clear();
        writeReport(out, nowNanos);
        RtcpWriter.write(new RtcpPacket.Goodbye(List.of(sender.ssrc()), Optional.empty()), out);
        out.flip();
    }

    private void writeReport(ByteBuffer out, long nowNanos) {
        List<ReportBlock> blocks = new ArrayList<>();
        for (ReportedSource source : sources) {
            if (source.heardSinceLastReport()) {
                blocks.add(source.takeBlock(nowNanos));
            }
        }
        boolean sends = sender.packets() != packetsAtLastReport;
        RtcpWriter.write(report(sends || sentBeforeLastReport, blocks, nowNanos), out);
        sentBeforeLastReport = sends;
        packetsAtLastReport = sender.packets();
        RtcpWriter.write(
                new RtcpPacket.SourceDescription(
                        List.of(
                                new RtcpPacket.SourceDescription.Chunk(
                                        sender.ssrc(), Optional.of(cname)))),
                out);
    }

    /** SR if anything was sent "since issuing the last report or the previous one" (§6.4). */
    private RtcpPacket report(boolean sends, List<ReportBlock> blocks, long nowNanos) {
        if (!sends) {
            return new RtcpPacket.ReceiverReport(sender.ssrc(), blocks);
        }
        return new RtcpPacket.SenderReport(
                sender.ssrc(),
                ntp(nowNanos),
                sender.rtpTimestampAt(nowNanos),
                (int) sender.packets(),
                (int) sender.payloadBytes(),
                blocks);
    }

    /** Takes a received compound. */
    public void handle(RtcpParse.Compound compound, long nowNanos) {
        for (RtcpPacket packet : compound.packets()) {
            switch (packet) {
                case RtcpPacket.SenderReport report -> {
                    find(report.ssrc()).ifPresent(s -> s.senderReport(report.ntp(), nowNanos));
                    take(report.blocks(), nowNanos);
                }
                case RtcpPacket.ReceiverReport report -> take(report.blocks(), nowNanos);
                case RtcpPacket.Goodbye(var ssrcs, _) ->
                        ssrcs.forEach(ssrc -> find(ssrc).ifPresent(ReportedSource::goodbye));
                case RtcpPacket.SourceDescription _, RtcpPacket.Skipped _ -> {}
            }
        }
    }

    private void take(List<ReportBlock> blocks, long nowNanos) {
        for (ReportBlock block : blocks) {
            if (block.ssrc() == sender.ssrc()) {
                heardByPeer =
                        Optional.of(
                                new PeerReport(
                                        block,
                                        RoundTrip.nanos(ntp(nowNanos).middle(), block),
                                        nowNanos));
            }
        }
    }

    /** What the peer last said about our stream. */
    public Optional<PeerReport> heardByPeer() {
        return heardByPeer;
    }

    /** True once the peer has said BYE for a source. */
    public boolean saidGoodbye(int ssrc) {
        return find(ssrc).map(ReportedSource::saidGoodbye).orElse(false);
    }

    private Optional<ReportedSource> find(int ssrc) {
        return sources.stream().filter(source -> source.ssrc() == ssrc).findFirst();
    }

    private NtpTime ntp(long nowNanos) {
        return NtpTime.of(wallClock.plusNanos(nowNanos - startNanos));
    }

    /** "uniformly distributed between 0.5 and 1.5 times the calculated interval" (§6.3.1). */
    private long spread(long intervalNanos) {
        return (long) (intervalNanos * random.nextDouble(0.5, 1.5) / COMPENSATION);
    }
}
