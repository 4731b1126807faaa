package io.jackfield.media.pipeline;

import io.jackfield.media.LegStatistics;
import io.jackfield.protocol.rtcp.PeerReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** What was sent over all SSRCs of a leg, and the worst the peer reported. */
final class SentTotals {
    private static final double NANOS_PER_MILLI = 1e6;

    private final List<Integer> earlierSsrcs = new ArrayList<>();
    private long earlierPackets;
    private long earlierBytes;
    private OptionalDouble rttMaxMillis = OptionalDouble.empty();

    /** An SSRC is given up. */
    void add(@Nullable StreamNumbers numbers) {
        if (numbers != null) {
            earlierSsrcs.add(numbers.statistics().ssrc());
            earlierPackets += numbers.statistics().packets();
            earlierBytes += numbers.statistics().payloadBytes();
        }
    }

    void heard(Optional<PeerReport> report) {
        OptionalDouble rtt = report.map(SentTotals::rttMillis).orElse(OptionalDouble.empty());
        if (rtt.isPresent()) {
            rttMaxMillis = OptionalDouble.of(Math.max(rttMaxMillis.orElse(0), rtt.getAsDouble()));
        }
    }

    private static OptionalDouble rttMillis(PeerReport report) {
        return report.rttNanos().isPresent()
                ? OptionalDouble.of(report.rttNanos().getAsLong() / NANOS_PER_MILLI)
                : OptionalDouble.empty();
    }

    LegStatistics.Sent sent(@Nullable StreamNumbers numbers) {
        List<Integer> ssrcs = new ArrayList<>(earlierSsrcs);
        long packets = earlierPackets;
        long bytes = earlierBytes;
        if (numbers != null) {
            ssrcs.add(numbers.statistics().ssrc());
            packets += numbers.statistics().packets();
            bytes += numbers.statistics().payloadBytes();
        }
        return new LegStatistics.Sent(packets, bytes, ssrcs);
    }

    Optional<LegStatistics.HeardByPeer> heardByPeer(StreamNumbers numbers, long nowNanos) {
        return numbers.reporter()
                .heardByPeer()
                .map(report ->
                        new LegStatistics.HeardByPeer(
                                report.block().cumulativeLost(),
                                report.block().fractionLost() / 256.0,
                                report.block().jitterRtpUnits() * 1_000.0 / numbers.clockRate(),
                                rttMillis(report),
                                rttMaxMillis,
                                Duration.ofNanos(nowNanos - report.receivedAtNanos())));
    }
}
