package io.jackfield.protocol.rtp;

import java.util.Optional;

/**
 * What a receiver counts about one source (RFC 3550 §6.4.1, A.3, A.8).
 *
 * <p>One thread.
 */
public final class ReceiverStatistics {
    /** A jump in transit time beyond this is a new timeline (hold, restart), not jitter. */
    private static final int TRANSIT_JUMP_SECONDS_MAX = 5;

    private final int ssrc;
    private final int clockRate;
    private final SequenceTracker sequence = new SequenceTracker();
    private boolean transitKnown;
    private long firstArrivalNanos;
    private int lastRtpTimestamp;
    private int lastTransit;
    private long jitterTimes16;
    private long lastArrivalNanos;
    private long longestGapNanos;
    private int baseTransit;
    private int leastTransit;
    private long transitSum;
    private int transits;
    private long expectedBefore;
    private long receivedBefore;

    /**
     * @param clockRate units per second: 8000 for G.711, 48000 for Opus
     */
    public ReceiverStatistics(int ssrc, int clockRate) {
        this.ssrc = ssrc;
        this.clockRate = RtpClock.checked(clockRate);
    }

    /**
     * Counts one packet.
     *
     * @param sequenceNumber 0 to 65535
     * @param nowNanos when it arrived
     */
    public SequenceOutcome receive(int sequenceNumber, int rtpTimestamp, long nowNanos) {
        SequenceOutcome outcome = sequence.receive(sequenceNumber);
        if (transitKnown) {
            longestGapNanos = Math.max(longestGapNanos, nowNanos - lastArrivalNanos);
        }
        lastArrivalNanos = nowNanos;
        switch (outcome) {
            case FIRST, RESTARTED -> startTransit(rtpTimestamp, nowNanos);
            case NEXT, AFTER_GAP -> measureTransit(rtpTimestamp, nowNanos);
            case LATE -> noteTransit(transit(rtpTimestamp, nowNanos));
            case DUPLICATE, FAR_OFF -> {}
        }
        return outcome;
    }

    private void startTransit(int rtpTimestamp, long nowNanos) {
        if (!transitKnown) {
            firstArrivalNanos = nowNanos;
            transitKnown = true;
        }
        lastRtpTimestamp = rtpTimestamp;
        lastTransit = transit(rtpTimestamp, nowNanos);
        rebase();
    }

    /** Another timeline: what was under way for how long is told from here on. */
    private void rebase() {
        baseTransit = lastTransit;
        transits = 0;
        transitSum = 0;
    }

    private void noteTransit(int transit) {
        int since = transit - baseTransit;
        leastTransit = transits == 0 ? since : Math.min(leastTransit, since);
        transitSum += since;
        transits++;
    }

    /**
     * A.8. Packets that share a timestamp (RFC 4733 events) were not sampled at different times, so
     * only the first of them tells something.
     */
    private void measureTransit(int rtpTimestamp, long nowNanos) {
        if (rtpTimestamp == lastRtpTimestamp) {
            return;
        }
        int transit = transit(rtpTimestamp, nowNanos);
        long difference = Math.abs((long) (transit - lastTransit));
        lastRtpTimestamp = rtpTimestamp;
        lastTransit = transit;
        if (difference < (long) TRANSIT_JUMP_SECONDS_MAX * clockRate) {
            jitterTimes16 += difference - ((jitterTimes16 + 8) >> 4);
            noteTransit(transit);
        } else {
            rebase();
        }
    }

    /** The longest time between two packets since last asked, that since the last included. */
    public long takeLongestGapNanos(long nowNanos) {
        long longest = transitKnown ? Math.max(longestGapNanos, nowNanos - lastArrivalNanos) : 0;
        longestGapNanos = 0;
        return longest;
    }

    /**
     * How long packets were under way, by their timestamps.
     *
     * @param leastMillis of the quickest, against the first packet of all
     * @param variationMillis how much longer the others took, on average
     */
    public record Delays(double leastMillis, double variationMillis) {}

    /** Of the packets since last asked; empty where none came, or a new timeline began. */
    public Optional<Delays> takeDelays() {
        if (transits == 0) {
            return Optional.empty();
        }
        double unitsPerMilli = clockRate / 1_000.0;
        Delays delays =
                new Delays(
                        leastTransit / unitsPerMilli,
                        ((double) transitSum / transits - leastTransit) / unitsPerMilli);
        transits = 0;
        transitSum = 0;
        return Optional.of(delays);
    }

    private int transit(int rtpTimestamp, long nowNanos) {
        return (int) RtpClock.units(nowNanos - firstArrivalNanos, clockRate) - rtpTimestamp;
    }

    public int ssrc() {
        return ssrc;
    }

    /** Units per second. */
    public int clockRate() {
        return clockRate;
    }

    /** Packets, loss, order. */
    public SequenceTracker sequence() {
        return sequence;
    }

    /** Interarrival jitter in clock-rate units (A.8). */
    public long jitterRtpUnits() {
        return jitterTimes16 >> 4;
    }

    public double jitterMillis() {
        return jitterTimes16 / 16.0 * 1_000 / clockRate;
    }

    /**
     * Loss since the last call of this method (A.3), for a report.
     *
     * @return in 256ths, 0 to 255; 255 also stands for a total loss
     */
    public int takeFractionLost() {
        long expected = sequence.expected() - expectedBefore;
        long lost = expected - (sequence.received() - receivedBefore);
        expectedBefore = sequence.expected();
        receivedBefore = sequence.received();
        return expected <= 0 || lost <= 0 ? 0 : (int) Math.min(255, (lost << 8) / expected);
    }
}
