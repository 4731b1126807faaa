package io.jackfield.testkit;

import java.time.Duration;

/**
 * Monotonic time that moves only when a test says so.
 *
 * <p>It begins ten seconds before {@code Long.MAX_VALUE}, as {@link System#nanoTime} may: a machine
 * that compares deadlines by {@code <} instead of by difference fails in its first longer test and
 * not after years.
 */
public final class VirtualClock {
    private static final long START = Long.MAX_VALUE - Duration.ofSeconds(10).toNanos();

    private long nanos = START;

    /** Now; nanoseconds since an arbitrary moment, may be negative. */
    public long nanos() {
        return nanos;
    }

    /** Time since the clock was made. */
    public Duration elapsed() {
        return Duration.ofNanos(nanos - START);
    }

    /** Moves on; zero is allowed, back is not. */
    public void advance(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("time does not go back: " + by);
        }
        nanos += by.toNanos();
    }

    /** Moves on to that moment; stays when it is past already. */
    public void advanceTo(long momentNanos) {
        nanos += Math.max(0, momentNanos - nanos);
    }
}
