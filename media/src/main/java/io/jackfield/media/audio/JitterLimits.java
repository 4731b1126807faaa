package io.jackfield.media.audio;

/**
 * Between what a jitter buffer may choose its delay.
 *
 * @param minMillis what the taking thread's own unevenness needs: 0 to 200
 * @param maxMillis packets later than this are given up: {@code minMillis} to 2,000
 */
public record JitterLimits(int minMillis, int maxMillis) {
    /** 10 to 300 ms. */
    public static final JitterLimits USUAL = new JitterLimits(10, 300);

    public JitterLimits {
        if (minMillis < 0 || minMillis > 200 || maxMillis < minMillis || maxMillis > 2_000) {
            throw new IllegalArgumentException(
                    "a delay of " + minMillis + " to " + maxMillis + " ms");
        }
    }
}
