package io.jackfield.protocol.rtp;

/** Which of the last 128 sequence numbers have been seen, the highest included. */
final class SeenWindow {
    static final int SIZE = 128;

    /** Bit n of {@code near} is the number n below the highest; {@code far} goes on from 64. */
    private long near;

    private long far;

    /** The highest is the only one seen. */
    void startWithNothingBefore() {
        near = 1;
        far = 0;
    }

    /** The highest is seen, and whatever was before it counts as seen. */
    void startWithAllTaken() {
        near = -1;
        far = -1;
    }

    /**
     * The highest moves up and is seen; those between are not.
     *
     * @param by 1 or more
     */
    void advance(int by) {
        if (by >= SIZE) {
            startWithNothingBefore();
        } else if (by >= Long.SIZE) {
            far = near << (by - Long.SIZE);
            near = 1;
        } else {
            far = far << by | near >>> (Long.SIZE - by);
            near = near << by | 1;
        }
    }

    /**
     * Marks a number at or below the highest.
     *
     * @param age how far below: 0 to {@link #SIZE} - 1
     * @return false where it was seen already
     */
    boolean mark(int age) {
        long bit = 1L << age;
        if (age < Long.SIZE) {
            boolean fresh = (near & bit) == 0;
            near |= bit;
            return fresh;
        }
        boolean fresh = (far & bit) == 0;
        far |= bit;
        return fresh;
    }
}
