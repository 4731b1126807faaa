package io.jackfield.protocol.sip.dialog;

import java.util.OptionalLong;
import java.util.stream.Stream;

/** Moments of monotonic time, which compare by difference. */
final class Deadlines {
    /** 64*T1: how long anything is waited for (RFC 3261 §17.1.1.2, §13.3.1.4; RFC 3262 §3). */
    private static final int T1_TIMES = 64;

    private Deadlines() {}

    static boolean due(long deadlineNanos, long nowNanos) {
        return deadlineNanos - nowNanos <= 0;
    }

    static boolean due(OptionalLong deadlineNanos, long nowNanos) {
        return deadlineNanos.isPresent() && due(deadlineNanos.getAsLong(), nowNanos);
    }

    /** The first of them to come; empty when there is none. */
    static OptionalLong earliest(Stream<OptionalLong> deadlines) {
        return deadlines
                .filter(OptionalLong::isPresent)
                .mapToLong(OptionalLong::getAsLong)
                .reduce((one, other) -> one - other <= 0 ? one : other);
    }

    /** 64*T1 in nanoseconds. */
    static long patienceNanos(LegSettings settings) {
        return settings.t1().multipliedBy(T1_TIMES).toNanos();
    }
}
