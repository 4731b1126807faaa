package io.jackfield.contactcenter.queue;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What happened in a queue today.
 *
 * @param all what is not there is 0
 */
public record Counts(Map<Count, Long> all) {
    public static final Counts NONE = new Counts(Map.of());

    /** What is counted. */
    public enum Count {
        /** Callers who came; those who wait at midnight come again. */
        ENTERED,
        ANSWERED,
        /** Of those, within the threshold of the service level. */
        ANSWERED_IN_TIME,
        ABANDONED,
        /** Of those, so soon that they do not count against the service level. */
        ABANDONED_SHORT,
        OVERFLOWED,
        CALLED_BACK,
        CALLBACKS_PROMISED,
        CALLBACKS_REACHED,
        CALLBACKS_FAILED,
        OFFERS_MISSED,
        /** Added up over the callers answered. */
        WAITED_MILLIS,
        /** Callers answered after we called them: they are no part of the service level. */
        ANSWERED_CALLBACKS
    }

    public Counts {
        Map<Count, Long> copy = new EnumMap<>(Count.class);
        copy.putAll(all);
        all = Collections.unmodifiableMap(copy);
    }

    public long of(Count count) {
        return all.getOrDefault(count, 0L);
    }

    public Counts plus(Count count, long more) {
        Map<Count, Long> next = new EnumMap<>(Count.class);
        next.putAll(all);
        next.merge(count, more, Long::sum);
        return new Counts(next);
    }

    /**
     * Service level in percent: callers answered in time, of those answered and of those who hung
     * up after the short-abandon threshold. Empty while there is none of them.
     */
    public OptionalInt serviceLevel() {
        long served = of(Count.ANSWERED) - of(Count.ANSWERED_CALLBACKS);
        long lost = of(Count.ABANDONED) - of(Count.ABANDONED_SHORT);
        long all = served + lost;
        return all == 0
                ? OptionalInt.empty()
                : OptionalInt.of((int) (of(Count.ANSWERED_IN_TIME) * 100 / all));
    }
}
