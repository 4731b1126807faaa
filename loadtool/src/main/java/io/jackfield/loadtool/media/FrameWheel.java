package io.jackfield.loadtool.media;

import java.util.ArrayList;
import java.util.List;

/**
 * Whose turn it is: 80 places on a circle of 20 ms, each with those that have their turn then. One
 * who comes late to a place takes the turns that were missed one after another, as a sound card's
 * buffer does.
 *
 * <p>No clock; one thread.
 */
final class FrameWheel {
    static final int PLACES = 80;
    static final long FRAME_NANOS = 20_000_000L;
    static final long PLACE_NANOS = FRAME_NANOS / PLACES;

    private final List<List<Ticking>> places = new ArrayList<>();
    private final long beginNanos;

    /** Of the places since the beginning, the next to have its turn. */
    private long next;

    FrameWheel(long nowNanos) {
        beginNanos = nowNanos;
        for (int i = 0; i < PLACES; i++) {
            places.add(new ArrayList<>());
        }
    }

    /**
     * @param place 0 to {@link #PLACES} - 1
     */
    void add(Ticking one, int place) {
        places.get(place).add(one);
    }

    /** When the next turn is; a whole circle ahead where there is nobody. */
    long deadlineNanos() {
        for (int ahead = 0; ahead < PLACES; ahead++) {
            if (!places.get((int) ((next + ahead) % PLACES)).isEmpty()) {
                return dueNanos(next + ahead);
            }
        }
        return dueNanos(next + PLACES);
    }

    private long dueNanos(long turn) {
        return beginNanos + turn * PLACE_NANOS;
    }

    /**
     * Gives the next place its turn if that is due.
     *
     * @return false where none is due
     */
    boolean turn(long nowNanos) {
        long dueNanos = dueNanos(next);
        if (dueNanos - nowNanos > 0) {
            return false;
        }
        List<Ticking> place = places.get((int) (next++ % PLACES));
        for (int i = place.size() - 1; i >= 0; i--) {
            if (!place.get(i).tick(dueNanos, nowNanos)) {
                place.set(i, place.getLast());
                place.removeLast();
            }
        }
        return true;
    }
}
