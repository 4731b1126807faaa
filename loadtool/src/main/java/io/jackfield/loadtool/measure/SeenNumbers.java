package io.jackfield.loadtool.measure;

import java.util.Arrays;

/** Which of the last 1,024 numbers of a stream were seen: 20 s of frames. One thread. */
final class SeenNumbers {
    static final int SIZE = 1_024;

    private final long[] bits = new long[SIZE / Long.SIZE];
    private int highest = -1;

    /**
     * Takes a number, 0 or above.
     *
     * @return false where it was seen before, or is too old to know
     */
    boolean add(int number) {
        if (number <= highest - SIZE) {
            return false;
        }
        if (number - highest >= SIZE) {
            Arrays.fill(bits, 0);
        } else {
            for (int i = highest + 1; i < number; i++) {
                bits[word(i)] &= ~(1L << i);
            }
        }
        boolean fresh = number > highest || (bits[word(number)] & 1L << number) == 0;
        highest = Math.max(highest, number);
        bits[word(number)] |= 1L << number;
        return fresh;
    }

    private static int word(int number) {
        return (number % SIZE) / Long.SIZE;
    }
}
