package io.jackfield.media.engine;

import io.jackfield.media.Outcome;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A counter for each outcome.
 *
 * <p>Thread-safety: one thread counts, any thread reads.
 */
final class OutcomeCounters {
    private static final Outcome[] OUTCOMES = Outcome.values();

    private final AtomicLongArray counts = new AtomicLongArray(OUTCOMES.length);

    void count(Outcome outcome) {
        add(outcome, 1);
    }

    @SuppressWarnings("EnumOrdinal") // An index for this run only, on the way of every packet.
    void add(Outcome outcome, long packets) {
        int index = outcome.ordinal();
        counts.setOpaque(index, counts.getPlain(index) + packets);
    }

    Map<Outcome, Long> all() {
        Map<Outcome, Long> all = new EnumMap<>(Outcome.class);
        for (int index = 0; index < OUTCOMES.length; index++) {
            all.put(OUTCOMES[index], counts.getOpaque(index));
        }
        return all;
    }
}
