package io.jackfield.call.b2bua;

import java.util.OptionalLong;

/** Moments that may be absent, on the monotonic clock; compared by difference. */
final class Deadlines {
    private Deadlines() {}

    static boolean due(OptionalLong deadline, long nowNanos) {
        return deadline.isPresent() && deadline.getAsLong() - nowNanos <= 0;
    }

    static OptionalLong earlier(OptionalLong one, OptionalLong other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.isEmpty() ? other : one;
        }
        return one.getAsLong() - other.getAsLong() <= 0 ? one : other;
    }
}
