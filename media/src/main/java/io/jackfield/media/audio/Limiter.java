package io.jackfield.media.audio;

/**
 * Fits sums into 16 bits by turning them down, rather than by cutting their peaks off.
 *
 * <p>A peak beyond -1 dBov turns the whole down at once, so that no sample ever passes that
 * ceiling, and within 100 ms the level is back. What stays below passes unchanged, to the bit.
 * There is no delay. Thread: one at a time.
 */
public final class Limiter {
    /** -1 dBov. */
    public static final int CEILING = 29_204;

    private static final double RELEASE_SECONDS = 0.100;

    /** Nearer than this to unity is unity. */
    private static final float UNITY = 0.9999f;

    /** By how much the gain rises each sample. */
    private final float release;

    private float gain = 1;

    public Limiter(int sampleRate) {
        release = (float) (1 / (sampleRate * RELEASE_SECONDS));
    }

    /** Takes sums and gives samples. */
    public void limit(int[] sums, int sumsOffset, int samples, short[] out, int outOffset) {
        if (gain == 1 && peak(sums, sumsOffset, samples) <= CEILING) {
            for (int i = 0; i < samples; i++) {
                out[outOffset + i] = (short) sums[sumsOffset + i];
            }
            return;
        }
        for (int i = 0; i < samples; i++) {
            out[outOffset + i] = limited(sums[sumsOffset + i]);
        }
    }

    private static int peak(int[] sums, int offset, int samples) {
        int peak = 0;
        for (int i = offset; i < offset + samples; i++) {
            peak = Math.max(peak, Math.abs(sums[i]));
        }
        return peak;
    }

    private short limited(int sum) {
        float magnitude = Math.abs((float) sum);
        if (magnitude * gain > CEILING) {
            gain = CEILING / magnitude;
        }
        // Cut, not rounded: rounding up might pass the ceiling.
        short sample = (short) (sum * gain);
        gain = gain + release >= UNITY ? 1 : gain + release;
        return sample;
    }

    /** How far the sound is turned down now: 0 or less. */
    public double gainDecibels() {
        return Decibels.of(gain);
    }
}
