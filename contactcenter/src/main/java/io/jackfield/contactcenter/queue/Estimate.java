package io.jackfield.contactcenter.queue;

import java.time.Duration;
import java.util.Optional;

/**
 * The estimated wait: how many rounds of the agents' usual time per call lie before a place.
 *
 * <p>The usual time moves by a tenth towards each call that ends.
 */
public final class Estimate {
    private static final int SLOWNESS = 10;

    private Estimate() {}

    /**
     * @param usualMillis so far; 0 for none
     * @param lastMillis of the call that ended
     */
    public static long usual(long usualMillis, long lastMillis) {
        return usualMillis == 0 ? lastMillis : usualMillis + (lastMillis - usualMillis) / SLOWNESS;
    }

    /**
     * Empty while nothing is known, and with nobody there.
     *
     * @param position from 1
     * @param agents who work in the queue, busy or not
     * @param usualMillis for one call
     */
    public static Optional<Duration> wait(int position, int agents, long usualMillis) {
        return agents == 0 || usualMillis == 0
                ? Optional.empty()
                : Optional.of(Duration.ofMillis(position * usualMillis / agents));
    }
}
