package io.jackfield.protocol.rtcp;

/**
 * What a receiver says about one source (RFC 3550 §6.4.1).
 *
 * @param ssrc the source
 * @param fractionLost since the last report, in 256ths: 0 to 255
 * @param cumulativeLost since the beginning: -2^23 to 2^23 - 1; duplicates can make it negative
 * @param extendedHighest highest sequence number received with cycles: 0 to 2^32 - 1
 * @param jitterRtpUnits interarrival jitter in clock-rate units: 0 to 2^32 - 1
 * @param lastSenderReport middle of the NTP time of the last SR from the source; 0 where none
 * @param delaySinceLastSenderReport since that SR in 1/65536 s, unsigned; 0 where none
 */
public record ReportBlock(
        int ssrc,
        int fractionLost,
        int cumulativeLost,
        long extendedHighest,
        long jitterRtpUnits,
        int lastSenderReport,
        int delaySinceLastSenderReport) {

    private static final int CUMULATIVE_MAX = (1 << 23) - 1;
    private static final int CUMULATIVE_MIN = -(1 << 23);

    public ReportBlock {
        if (fractionLost < 0 || fractionLost > 255) {
            throw new IllegalArgumentException("fraction lost outside 0 to 255: " + fractionLost);
        }
        if (cumulativeLost < CUMULATIVE_MIN || cumulativeLost > CUMULATIVE_MAX) {
            throw new IllegalArgumentException("cumulative loss outside 24 bits");
        }
        if (!isUnsigned32(extendedHighest) || !isUnsigned32(jitterRtpUnits)) {
            throw new IllegalArgumentException("highest sequence or jitter outside 32 bits");
        }
    }

    private static boolean isUnsigned32(long value) {
        return value >= 0 && value <= 0xFFFF_FFFFL;
    }

    /** Clamped into 24 bits, as the field demands (A.3). */
    public static int clampLost(long lost) {
        return Math.clamp(lost, CUMULATIVE_MIN, CUMULATIVE_MAX);
    }
}
