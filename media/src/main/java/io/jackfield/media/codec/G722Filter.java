package io.jackfield.media.codec;

/**
 * The quadrature mirror filters of G.722: 16 kHz to two bands of 8 kHz and back (ITU-T G.722 §3.1,
 * §4.4). 24 taps, symmetrical; what each half of the polyphase filter takes is the other's mirror.
 */
final class G722Filter {
    private static final int HALF = 12;

    /** Every second coefficient, in units of 2^-13; the others are the same backwards. */
    private static final int[] TAPS = {
        3, -11, 12, 32, -210, 951, 3876, -805, 362, -156, 53, -11,
    };

    /** The last 12 of each kind, written twice so that a window of 12 never wraps. */
    private final int[] first = new int[2 * HALF];

    private final int[] second = new int[2 * HALF];
    private int oldest;

    /** The halves: their sum and difference are the bands, or they are the two samples. */
    private int firstSum;

    private int secondSum;

    /** Takes one pair: two samples of 16 kHz, or the sum and the difference of the two bands. */
    void push(int one, int other) {
        first[oldest] = one;
        first[oldest + HALF] = one;
        second[oldest] = other;
        second[oldest + HALF] = other;
        oldest = oldest + 1 == HALF ? 0 : oldest + 1;
        int sum = 0;
        int mirrored = 0;
        for (int i = 0; i < HALF; i++) {
            sum += first[oldest + i] * TAPS[i];
            mirrored += second[oldest + i] * TAPS[HALF - 1 - i];
        }
        firstSum = sum;
        secondSum = mirrored;
    }

    int firstSum() {
        return firstSum;
    }

    int secondSum() {
        return secondSum;
    }
}
