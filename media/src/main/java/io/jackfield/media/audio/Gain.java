package io.jackfield.media.audio;

/**
 * Makes a stream louder or quieter. Changes are spread over 10 ms, so that they do not click; what
 * would overflow stays at the end of the range. Thread: one at a time.
 */
public final class Gain {
    /** Beyond this a setting is a mistake. */
    public static final double DECIBELS_MAX = 40;

    private static final int RAMP_MILLIS = 10;

    /** Gains are counted in 2^-14, so that sums stay whole numbers. */
    private static final int UNITY_SHIFT = 14;

    private static final int UNITY = 1 << UNITY_SHIFT;
    private static final int HALF = UNITY / 2;

    private final int rampSamples;
    private int target = UNITY;
    private int start = UNITY;
    private int rampLeft;

    public Gain(int sampleRate) {
        rampSamples = sampleRate * RAMP_MILLIS / 1_000;
    }

    /**
     * From the next sample on, over 10 ms.
     *
     * @param decibels -infinity (mute) to {@link #DECIBELS_MAX}
     */
    public void set(double decibels) {
        if (!(decibels <= DECIBELS_MAX)) {
            throw new IllegalArgumentException("a gain of " + decibels + " dB");
        }
        start = current();
        target = (int) Math.round(UNITY * Decibels.ratio(decibels));
        rampLeft = start == target ? 0 : rampSamples;
    }

    private int current() {
        return target + (int) ((long) (start - target) * rampLeft / rampSamples);
    }

    /** Whether sound passes unchanged, so that it need not be processed. */
    public boolean isUnity() {
        return target == UNITY && rampLeft == 0;
    }

    /** In place. */
    public void apply(short[] pcm, int offset, int samples) {
        if (isUnity()) {
            return;
        }
        int at = offset;
        int end = offset + samples;
        while (rampLeft > 0 && at < end) {
            rampLeft--;
            pcm[at] = scaled(pcm[at], current());
            at++;
        }
        for (int gain = target; at < end; at++) {
            pcm[at] = scaled(pcm[at], gain);
        }
    }

    /** At most 2^15 times 2^14 times 100: more than an int holds, so gains above 1 need a long. */
    private static short scaled(short sample, int gain) {
        long scaled = (long) sample * gain + HALF >> UNITY_SHIFT;
        return (short) Math.clamp(scaled, Short.MIN_VALUE, Short.MAX_VALUE);
    }
}
