package io.jackfield.contactcenter.site;

import java.time.Duration;

/**
 * How agents are rung.
 *
 * @param ringFor then the offer is withdrawn and counts as missed; 1 s to 120 s
 * @param importantFrom calls of this importance or more go to agents with a good network first; 1
 *     to 9, or 10 for none
 * @param networkWait how long such a call waits for an agent whose network is not poor, while only
 *     others are free; others then go to agents with a poor network first. 0 to 5 minutes; 0: not
 *     at all
 */
public record OfferSettings(
        Strategy strategy, Duration ringFor, int importantFrom, Duration networkWait) {
    public static final OfferSettings DEFAULT =
            new OfferSettings(Strategy.LONGEST_IDLE, Duration.ofSeconds(20), 5, Duration.ZERO);

    /** Without waiting for a good network. */
    public OfferSettings(Strategy strategy, Duration ringFor, int importantFrom) {
        this(strategy, ringFor, importantFrom, Duration.ZERO);
    }

    /** Whether a good network matters to that call. */
    public boolean isImportant(Need need) {
        return need.importance() >= importantFrom;
    }
}
