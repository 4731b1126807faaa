package io.jackfield.media.audio;

/**
 * How loud a stream is: root mean square, peak, and how often it clips, since the last {@link
 * #reset}. Thread: one at a time.
 */
public final class LevelMeter {
    /** Least level that is told apart, as in RFC 6464. */
    public static final int LEVEL_MAX = 127;

    private long samples;
    private double energy;
    private int peak;
    private long clipped;

    public void hear(short[] pcm, int offset, int count) {
        long sum = 0;
        int highest = 0;
        int ends = 0;
        for (int i = offset; i < offset + count; i++) {
            int sample = pcm[i];
            int magnitude = Math.abs(sample);
            sum += (long) sample * sample;
            highest = Math.max(highest, magnitude);
            ends += magnitude >= Short.MAX_VALUE ? 1 : 0;
        }
        samples += count;
        energy += sum;
        peak = Math.max(peak, highest);
        clipped += ends;
    }

    /** In dBov, 0 or less; minus infinity for silence and for nothing heard. */
    public double rmsDecibels() {
        return samples == 0
                ? Double.NEGATIVE_INFINITY
                : Decibels.of(Math.sqrt(energy / samples) / Decibels.OVERLOAD);
    }

    /** The same as in RFC 6464: dB below overload, 0 to 127; 127 is silence. */
    public int level() {
        return Math.clamp(Math.round(-rmsDecibels()), 0, LEVEL_MAX);
    }

    /** The largest magnitude in dBov; minus infinity for silence. */
    public double peakDecibels() {
        return Decibels.of(peak / Decibels.OVERLOAD);
    }

    /** Samples at either end of the range. */
    public long clippedSamples() {
        return clipped;
    }

    public long samples() {
        return samples;
    }

    public void reset() {
        samples = 0;
        energy = 0;
        peak = 0;
        clipped = 0;
    }
}
