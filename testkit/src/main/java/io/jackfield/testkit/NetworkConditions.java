package io.jackfield.testkit;

import java.time.Duration;

/**
 * How bad a network is, in one direction.
 *
 * @param delay what every message takes at least
 * @param jitter what it takes more, evenly spread from nothing to this; jitter larger than the
 *     distance between messages reorders them
 * @param loss share of messages that never arrive; 0 to 1
 * @param duplicate share of messages that arrive twice, the second with a delay of its own; 0 to 1
 * @param reorder share of messages that are held back by {@code reorderBy} more; 0 to 1
 */
public record NetworkConditions(
        Duration delay,
        Duration jitter,
        double loss,
        double duplicate,
        double reorder,
        Duration reorderBy) {
    /** Everything arrives at once and in order. */
    public static final NetworkConditions PERFECT =
            new NetworkConditions(Duration.ZERO, Duration.ZERO, 0, 0, 0, Duration.ZERO);

    /** Nothing arrives. */
    public static final NetworkConditions CUT = PERFECT.withLoss(1);

    public NetworkConditions {
        if (delay.isNegative() || jitter.isNegative() || reorderBy.isNegative()) {
            throw new IllegalArgumentException("a message does not arrive before it was sent");
        }
        share(loss);
        share(duplicate);
        share(reorder);
    }

    public NetworkConditions withDelay(Duration next) {
        return new NetworkConditions(next, jitter, loss, duplicate, reorder, reorderBy);
    }

    public NetworkConditions withJitter(Duration next) {
        return new NetworkConditions(delay, next, loss, duplicate, reorder, reorderBy);
    }

    public NetworkConditions withLoss(double next) {
        return new NetworkConditions(delay, jitter, next, duplicate, reorder, reorderBy);
    }

    public NetworkConditions withDuplicate(double next) {
        return new NetworkConditions(delay, jitter, loss, next, reorder, reorderBy);
    }

    public NetworkConditions withReorder(double next, Duration by) {
        return new NetworkConditions(delay, jitter, loss, duplicate, next, by);
    }

    private static void share(double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("a share outside 0 to 1: " + value);
        }
    }
}
