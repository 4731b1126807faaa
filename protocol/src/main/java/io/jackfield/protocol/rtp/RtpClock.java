package io.jackfield.protocol.rtp;

/** Time in clock-rate units. */
final class RtpClock {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private RtpClock() {}

    /** Does not overflow within a century; rounds towards zero. */
    static long units(long nanos, int clockRate) {
        return nanos / NANOS_PER_SECOND * clockRate
                + nanos % NANOS_PER_SECOND * clockRate / NANOS_PER_SECOND;
    }

    static int checked(int clockRate) {
        if (clockRate < 1 || clockRate > 192_000) {
            throw new IllegalArgumentException("clock rate outside 1 to 192000: " + clockRate);
        }
        return clockRate;
    }
}
