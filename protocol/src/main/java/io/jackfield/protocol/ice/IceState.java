package io.jackfield.protocol.ice;

import java.util.List;
import java.util.Optional;

/**
 * What another node needs to go on as this agent: no more than it takes to answer the next check.
 *
 * @param local our credentials, those of the newest generation
 * @param remote the peer's; empty while its answer is still to come
 * @param previousLocal the generation before an ICE restart, while it is still good
 * @param pairs the pairs with a valid check, at most {@link IceLiteAgent#PAIRS_MAX}
 * @param selected the nominated pair
 */
public record IceState(
        IceCredentials local,
        Optional<IceCredentials> remote,
        Optional<IceCredentials> previousLocal,
        List<CheckedPair> pairs,
        Optional<IcePair> selected) {

    public IceState {
        pairs = List.copyOf(pairs);
        if (pairs.size() > IceLiteAgent.PAIRS_MAX) {
            throw new IllegalArgumentException("more than " + IceLiteAgent.PAIRS_MAX + " pairs");
        }
        List<IcePair> known = pairs.stream().map(CheckedPair::pair).toList();
        if (selected.isPresent() && !known.contains(selected.get())) {
            throw new IllegalArgumentException("the selected pair has no check");
        }
    }

    /**
     * A pair and how long ago its last check was.
     *
     * @param sinceCheckNanos not negative; an age, since monotonic clocks of two nodes differ
     */
    public record CheckedPair(IcePair pair, long sinceCheckNanos) {
        public CheckedPair {
            if (sinceCheckNanos < 0) {
                throw new IllegalArgumentException("negative age: " + sinceCheckNanos);
            }
        }
    }
}
