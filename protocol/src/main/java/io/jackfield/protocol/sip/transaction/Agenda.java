package io.jackfield.protocol.sip.transaction;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * Which transaction wants to be woken next. Each has one place, that of its earliest timer, so the
 * agenda is never longer than the table; every operation takes logarithmic time.
 *
 * @param <F> the flow
 */
final class Agenda<F extends TransactionFlow> {
    /** A timer that is due. */
    record Due<F extends TransactionFlow>(Entry<F> entry, Timer timer) {}

    /**
     * @param number tells places of the same moment apart: first come, first served
     */
    private record Place<F extends TransactionFlow>(
            long atNanos, long number, Entry<F> entry, Timer timer)
            implements Comparable<Place<F>> {
        @Override
        public int compareTo(Place<F> other) {
            long byTime = atNanos - other.atNanos;
            return Long.signum(byTime == 0 ? number - other.number : byTime);
        }
    }

    private final TreeSet<Place<F>> places = new TreeSet<>();
    private final Map<Entry<F>, Place<F>> placeOf = new HashMap<>();
    private long number;

    /** Gives an entry the place that its timers ask for. */
    void place(Entry<F> entry) {
        remove(entry);
        entry.next()
                .ifPresent(next -> {
                    Place<F> place = new Place<>(next.getValue(), number++, entry, next.getKey());
                    places.add(place);
                    placeOf.put(entry, place);
                });
    }

    void remove(Entry<F> entry) {
        Place<F> old = placeOf.remove(entry);
        if (old != null) {
            places.remove(old);
        }
    }

    /** Takes the earliest timer that is due; the entry must be placed again afterwards. */
    Optional<Due<F>> takeDue(long nowNanos) {
        if (places.isEmpty() || places.first().atNanos - nowNanos > 0) {
            return Optional.empty();
        }
        Place<F> first = places.first();
        remove(first.entry);
        first.entry.stop(first.timer);
        return Optional.of(new Due<>(first.entry, first.timer));
    }

    int size() {
        return places.size() + placeOf.size();
    }

    OptionalLong deadlineNanos() {
        return places.isEmpty() ? OptionalLong.empty() : OptionalLong.of(places.first().atNanos);
    }
}
