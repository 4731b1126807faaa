package io.jackfield.media.prompt;

import java.time.Duration;
import java.util.Arrays;

/**
 * Something to be heard: 16-bit linear samples, one channel, 8 kHz. Made once, shared by every leg
 * that plays it.
 *
 * <p>Immutable; any thread.
 */
public final class Prompt {
    /** Samples a second. */
    public static final int RATE = 8_000;

    /** Ten minutes, 9.6 MB. */
    public static final int SAMPLES_MAX = 600 * RATE;

    /** -50 dB of full scale. */
    private static final int SILENT = 104;

    private final short[] samples;

    /**
     * Copies the samples.
     *
     * @throws IllegalArgumentException for none, or more than {@link #SAMPLES_MAX}
     */
    public Prompt(short[] samples) {
        if (samples.length == 0 || samples.length > SAMPLES_MAX) {
            throw new IllegalArgumentException("a prompt of " + samples.length + " samples");
        }
        this.samples = samples.clone();
    }

    public int length() {
        return samples.length;
    }

    /** The sample at that place, 0 to {@code length() - 1}. */
    public short sample(int index) {
        return samples[index];
    }

    /** Without the silence at both ends: words that are said one after the other have none. */
    public Prompt trimmed() {
        int from = 0;
        int to = samples.length;
        while (from < to && Math.abs(samples[from]) < SILENT) {
            from++;
        }
        while (to > from && Math.abs(samples[to - 1]) < SILENT) {
            to--;
        }
        return from == to ? this : new Prompt(Arrays.copyOfRange(samples, from, to));
    }

    public Duration duration() {
        return Duration.ofMillis(samples.length * 1_000L / RATE);
    }

    /** A copy. */
    public short[] samples() {
        return Arrays.copyOf(samples, samples.length);
    }
}
