package io.jackfield.contactcenter.runner;

import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The floor's time: an {@link Instant}, since a stored floor must mean the same in another process,
 * but one that never goes back and never jumps.
 *
 * <p>It begins with the wall clock and goes on with the monotonic one; towards a wall clock that
 * was corrected it moves by at most a thousandth of the time that passes. Confined to the floor's
 * thread.
 */
final class FloorClock {
    private static final int SLEW_DIVISOR = 1_000;

    private final LongSupplier nanoTime;
    private final Supplier<Instant> wallClock;
    private Instant last;
    private long lastNanos;

    /**
     * @param notBefore when the floor was left, by the clock of that time
     */
    FloorClock(LongSupplier nanoTime, Supplier<Instant> wallClock, Instant notBefore) {
        this.nanoTime = nanoTime;
        this.wallClock = wallClock;
        Instant wall = wallClock.get();
        last = wall.isBefore(notBefore) ? notBefore : wall;
        lastNanos = nanoTime.getAsLong();
    }

    Instant now() {
        long nanos = nanoTime.getAsLong();
        Duration passed = Duration.ofNanos(nanos - lastNanos);
        Instant steady = last.plus(passed);
        lastNanos = nanos;
        last = steady.plus(correction(steady, passed.dividedBy(SLEW_DIVISOR)));
        return last;
    }

    private Duration correction(Instant steady, Duration most) {
        Duration wrong = Duration.between(steady, wallClock.get());
        if (wrong.abs().compareTo(most) <= 0) {
            return wrong;
        }
        return wrong.isNegative() ? most.negated() : most;
    }
}
