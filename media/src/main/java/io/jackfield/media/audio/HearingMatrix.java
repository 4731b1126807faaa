package io.jackfield.media.audio;

import java.util.function.IntConsumer;

/**
 * Who hears whom, among participants 0 to 63. Nobody hears himself. Thread: one at a time.
 *
 * <p>Whoever comes anew hears everybody, but for those who speak to some only; and everybody hears
 * him.
 */
final class HearingMatrix {
    static final int PARTICIPANTS_MAX = Long.SIZE;

    /** By listener: a bit for each speaker he hears. */
    private final long[] heard = new long[PARTICIPANTS_MAX];

    private long present;

    /** Speakers whom newcomers do not hear. */
    private long confidential;

    /** The first free place, now taken; -1 when there is none. */
    int join() {
        if (present == -1L) {
            return -1;
        }
        int place = Long.numberOfTrailingZeros(~present);
        long bit = 1L << place;
        heard[place] = present & ~confidential;
        forOthers(place, listener -> heard[listener] |= bit);
        present |= bit;
        return place;
    }

    void leave(int place) {
        long bit = 1L << place;
        present &= ~bit;
        confidential &= ~bit;
        heard[place] = 0;
        forOthers(place, listener -> heard[listener] &= ~bit);
    }

    boolean isPresent(int place) {
        return place >= 0 && place < PARTICIPANTS_MAX && (present & 1L << place) != 0;
    }

    void set(int listener, int speaker, boolean hears) {
        long bit = 1L << speaker;
        if (hears && listener != speaker) {
            heard[listener] |= bit;
        } else {
            heard[listener] &= ~bit;
        }
    }

    /** The supervisor hears all; who hears him is as the mode says, for those to come as well. */
    void supervise(int supervisor, int agent, Supervision mode) {
        long bit = 1L << supervisor;
        confidential = mode == Supervision.BARGE ? confidential & ~bit : confidential | bit;
        forOthers(
                supervisor,
                other -> {
                    set(supervisor, other, true);
                    set(other, supervisor, isHeard(mode, other == agent));
                });
    }

    private static boolean isHeard(Supervision mode, boolean isAgent) {
        return switch (mode) {
            case LISTEN -> false;
            case WHISPER -> isAgent;
            case BARGE -> true;
        };
    }

    private void forOthers(int place, IntConsumer action) {
        for (int other = 0; other < PARTICIPANTS_MAX; other++) {
            if (other != place && (present & 1L << other) != 0) {
                action.accept(other);
            }
        }
    }

    /** A bit for each speaker whom that listener hears. */
    long heardBy(int listener) {
        return heard[listener];
    }
}
