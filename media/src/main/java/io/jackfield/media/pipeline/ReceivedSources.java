package io.jackfield.media.pipeline;

import io.jackfield.media.LegStatistics;
import io.jackfield.media.LinkWindow;
import io.jackfield.protocol.rtcp.RtcpReporter;
import io.jackfield.protocol.rtp.ReceiverStatistics;
import io.jackfield.protocol.rtp.SequenceOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What a leg's sources sent, counted for each and together. A browser has one, and a new one with a
 * change of device; a re-INVITE at a trunk may bring another.
 *
 * <p>Thread: the media loop's.
 */
final class ReceivedSources {
    /** As many as reports are written about. */
    private static final int SOURCES_MAX = RtcpReporter.SOURCES_MAX;

    private final List<ReceiverStatistics> sources = new ArrayList<>();
    private @Nullable ReceiverStatistics current;
    private long payloadBytes;
    private double jitterMaxMillis;
    private LegStatistics.Received before =
            new LegStatistics.Received(
                    0, 0, 0, 0, 0, OptionalDouble.empty(), OptionalDouble.empty(), List.of());

    /**
     * Counts one packet.
     *
     * @return where it stands in its stream; empty-handed (null) where the leg has had too many
     *     sources to take another
     */
    @Nullable SequenceOutcome count(
            int ssrc,
            int clockRate,
            int sequenceNumber,
            int rtpTimestamp,
            int payloadLength,
            RtcpReporter reporter,
            long nowNanos) {
        ReceiverStatistics source = find(ssrc, clockRate, reporter);
        if (source == null) {
            return null;
        }
        SequenceOutcome outcome = source.receive(sequenceNumber, rtpTimestamp, nowNanos);
        if (outcome != SequenceOutcome.DUPLICATE) {
            payloadBytes += payloadLength;
            jitterMaxMillis = Math.max(jitterMaxMillis, source.jitterMillis());
        }
        return outcome;
    }

    private @Nullable ReceiverStatistics find(int ssrc, int clockRate, RtcpReporter reporter) {
        if (current != null && current.ssrc() == ssrc) {
            return current;
        }
        for (ReceiverStatistics known : sources) {
            if (known.ssrc() == ssrc) {
                current = known;
                return known;
            }
        }
        if (sources.size() == SOURCES_MAX) {
            return null;
        }
        ReceiverStatistics added = new ReceiverStatistics(ssrc, clockRate);
        sources.add(added);
        boolean _ = reporter.source(added);
        current = added;
        return added;
    }

    /** Tells another reporter of all sources. */
    void reportTo(RtcpReporter reporter) {
        sources.forEach(reporter::source);
    }

    /** What came since last asked. */
    LinkWindow.Incoming takeWindow(boolean expected, long nowNanos) {
        LegStatistics.Received now = statistics();
        long gapNanos = 0;
        for (ReceiverStatistics source : sources) {
            long gap = source.takeLongestGapNanos(nowNanos);
            gapNanos = source == current ? gap : gapNanos;
        }
        LinkWindow.Incoming window =
                new LinkWindow.Incoming(
                        expected,
                        now.packets() - before.packets(),
                        now.lost() - before.lost(),
                        now.late() - before.late(),
                        now.duplicates() - before.duplicates(),
                        now.jitterMillis(),
                        Duration.ofNanos(gapNanos),
                        current == null ? Optional.empty() : current.takeDelays());
        before = now;
        return window;
    }

    LegStatistics.Received statistics() {
        long packets = 0;
        long lost = 0;
        long duplicates = 0;
        long late = 0;
        for (ReceiverStatistics source : sources) {
            packets += source.sequence().received();
            lost += source.sequence().lost();
            duplicates += source.sequence().duplicates();
            late += source.sequence().late();
        }
        boolean measured = current != null && packets > 1;
        return new LegStatistics.Received(
                packets,
                payloadBytes,
                lost,
                duplicates,
                late,
                measured && current != null
                        ? OptionalDouble.of(current.jitterMillis())
                        : OptionalDouble.empty(),
                measured ? OptionalDouble.of(jitterMaxMillis) : OptionalDouble.empty(),
                sources.stream().map(ReceiverStatistics::ssrc).toList());
    }
}
