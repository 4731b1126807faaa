package io.jackfield.protocol.rtcp;

import java.util.OptionalLong;

/** Round-trip time from a report block (RFC 3550 §6.4.1, figure 2). */
final class RoundTrip {
    /** What a call can have; above it, the peer's numbers are not to be believed. */
    private static final long UNITS_MAX = 60L << 16;

    /** The peer's clock may run a little fast: this much below zero is zero. */
    private static final long UNITS_BELOW_ZERO_MAX = 1L << 14;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private RoundTrip() {}

    /**
     * "A - LSR - DLSR", in units of 1/65536 s.
     *
     * @param arrival middle of the NTP time at which the block came in
     */
    static OptionalLong nanos(int arrival, ReportBlock block) {
        if (block.lastSenderReport() == 0) {
            return OptionalLong.empty();
        }
        int units = arrival - block.lastSenderReport() - block.delaySinceLastSenderReport();
        if (units > UNITS_MAX || units < -UNITS_BELOW_ZERO_MAX) {
            return OptionalLong.empty();
        }
        return OptionalLong.of((Math.max(0, units) * NANOS_PER_SECOND) >> 16);
    }
}
