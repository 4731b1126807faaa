package io.jackfield.protocol.rtcp;

import java.time.Instant;

/**
 * NTP's 64-bit timestamp: seconds since 1900 and a binary fraction (RFC 3550 §4).
 *
 * @param bits seconds in the high 32 bits, fraction in the low; it wraps in 2036 and is compared by
 *     difference
 */
public record NtpTime(long bits) {
    /** Seconds from 1900 to 1970. */
    private static final long EPOCH_SECONDS = 2_208_988_800L;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** The NTP time of a moment. */
    public static NtpTime of(Instant wallClock) {
        long seconds = wallClock.getEpochSecond() + EPOCH_SECONDS;
        long fraction = ((long) wallClock.getNano() << 32) / NANOS_PER_SECOND;
        return new NtpTime((seconds << 32) | fraction);
    }

    /** The middle 32 bits, units of 1/65536 s, as reports carry them (§6.4.1). */
    public int middle() {
        return (int) (bits >>> 16);
    }

    /** A span in units of 1/65536 s, modulo 2^32. */
    static int units(long nanos) {
        long seconds = nanos / NANOS_PER_SECOND;
        long fraction = ((nanos % NANOS_PER_SECOND) << 16) / NANOS_PER_SECOND;
        return (int) ((seconds << 16) + fraction);
    }
}
