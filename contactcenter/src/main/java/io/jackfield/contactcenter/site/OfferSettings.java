package io.jackfield.contactcenter.site;

import java.time.Duration;

/**
 * How agents are rung.
 *
 * @param ringFor then the offer is withdrawn and counts as missed; 1 s to 120 s
 * @param importantFrom calls of this importance or more go to agents with a good network first; 1
 *     to 9, or 10 for none
 */
public record OfferSettings(Strategy strategy, Duration ringFor, int importantFrom) {
    public static final OfferSettings DEFAULT =
            new OfferSettings(Strategy.LONGEST_IDLE, Duration.ofSeconds(20), 5);
}
