package io.jackfield.call.routing;

import java.time.Duration;
import java.util.Optional;

/**
 * How callers and agents come together in a queue.
 *
 * @param ringFor how long an agent is rung for a caller; 1 s to 120 s
 * @param wrapUp how long agents are left alone after a call; 0 s to 1 h
 * @param waitMax how long a caller waits at most; 1 s to 24 h
 * @param lengthMax how many wait at once; 1 to 1,000
 * @param joinEmpty whether callers may come in while no member is there
 * @param overflow the number, of the site's plan, to which those go who cannot come in or have
 *     waited for too long; empty: their call ends
 * @param answerWithin the time that the service level is about; 1 s to 1 h
 */
public record QueueRules(
        Strategy strategy,
        Duration ringFor,
        Duration wrapUp,
        Duration waitMax,
        int lengthMax,
        boolean joinEmpty,
        Optional<String> overflow,
        Duration answerWithin) {
    /** Whom a caller rings. */
    public enum Strategy {
        RING_ALL,
        LONGEST_IDLE,
        ROUND_ROBIN,
        FEWEST_CALLS
    }

    public static final QueueRules DEFAULT =
            new QueueRules(
                    Strategy.RING_ALL,
                    Duration.ofSeconds(20),
                    Duration.ZERO,
                    Duration.ofMinutes(30),
                    100,
                    false,
                    Optional.empty(),
                    Duration.ofSeconds(20));
}
