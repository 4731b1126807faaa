package io.jackfield.media.pipeline;

import io.jackfield.protocol.rtcp.RtcpReporter;
import io.jackfield.protocol.rtp.RtpRewriter;
import io.jackfield.protocol.rtp.SenderStatistics;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * One outgoing SSRC: its numbers, what was sent under them, and the reports.
 *
 * @param clockRate units per second
 * @param beganNanos where media time of what is made here begins
 */
record StreamNumbers(
        int clockRate,
        long beganNanos,
        RtpRewriter rewriter,
        SenderStatistics statistics,
        RtcpReporter reporter) {

    private static final long SECOND_NANOS = 1_000_000_000L;

    /** A new one; sequence numbers begin in the lower half (RFC 3711 §3.3.1). */
    static StreamNumbers random(
            int clockRate, String cname, RandomGenerator random, Instant wallClock, long nowNanos) {
        int ssrc = random.nextInt();
        SenderStatistics statistics = new SenderStatistics(ssrc, clockRate);
        return new StreamNumbers(
                clockRate,
                nowNanos,
                new RtpRewriter(ssrc, clockRate, random.nextInt(0x8000), random.nextInt()),
                statistics,
                new RtcpReporter(statistics, cname, random, wallClock, nowNanos));
    }

    /** Media time, from zero. */
    int mediaTime(long nowNanos) {
        long elapsed = nowNanos - beganNanos;
        long seconds = elapsed / SECOND_NANOS;
        long rest = elapsed % SECOND_NANOS;
        return (int) (seconds * clockRate + rest * clockRate / SECOND_NANOS);
    }
}
