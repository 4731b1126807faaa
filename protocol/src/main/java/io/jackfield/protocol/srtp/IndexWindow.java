package io.jackfield.protocol.srtp;

/**
 * Which of the last 128 indexes of one SSRC have been used (RFC 3711 §3.3.2: "at least 64").
 *
 * <p>Whatever is older counts as used. So does, after a takeover, all up to the highest known.
 */
final class IndexWindow {
    private static final int SIZE = 128;

    final int ssrc;
    private long highest;

    /** Bit n of {@code near} is the index n below the highest; {@code far} goes on from 64. */
    private long near;

    private long far;
    private boolean takenOver;

    /** When it was last used, in packets of the whole table. */
    long lastUse;

    private IndexWindow(int ssrc, long highest, boolean takenOver) {
        this.ssrc = ssrc;
        this.highest = highest;
        this.takenOver = takenOver;
        this.near = takenOver ? -1 : 1;
        this.far = takenOver ? -1 : 0;
    }

    /** A window whose first index has just been used. */
    static IndexWindow startingAt(int ssrc, long index) {
        return new IndexWindow(ssrc, index, false);
    }

    /** A window of another node: all up to {@code highest} may have been used. */
    static IndexWindow after(int ssrc, long highest) {
        return new IndexWindow(ssrc, highest, true);
    }

    long highest() {
        return highest;
    }

    /** True until the first index is used after a takeover. */
    boolean takenOver() {
        return takenOver;
    }

    boolean isFresh(long index) {
        long age = highest - index;
        if (age < 0) {
            return true;
        }
        if (age >= SIZE || index < 0) {
            return false;
        }
        long word = age < Long.SIZE ? near : far;
        return (word & 1L << age) == 0;
    }

    /** Marks a fresh index as used. */
    void use(long index) {
        takenOver = false;
        if (index > highest) {
            advance(index - highest);
            highest = index;
            return;
        }
        long age = highest - index;
        if (age < Long.SIZE) {
            near |= 1L << age;
        } else {
            far |= 1L << age;
        }
    }

    private void advance(long by) {
        if (by >= SIZE) {
            far = 0;
            near = 1;
        } else if (by >= Long.SIZE) {
            far = near << (by - Long.SIZE);
            near = 1;
        } else {
            far = far << by | near >>> (Long.SIZE - by);
            near = near << by | 1;
        }
    }
}
