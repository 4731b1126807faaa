package io.jackfield.media.audio;

/**
 * Tells whether a given tone is there: a fax' call (1,100 Hz), its answer (2,100 Hz), a busy or
 * dial tone of one or two frequencies.
 *
 * <p>Sound is looked at in blocks of 30 ms by Goertzel's sum. A block has the tone when it is
 * louder than -42 dBov, at least {@link #SHARE_MIN} of its power is in the tone's frequencies, and
 * none of them has less than a tenth of the strongest. The tone is there after as many such blocks
 * as were asked for, and gone after two without. Thread: one at a time.
 */
public final class ToneDetector {
    /** A voice seldom has so much of its power in so few frequencies for so long. */
    static final double SHARE_MIN = 0.75;

    private static final int BLOCK_MILLIS = 30;
    private static final double WEAKEST_SHARE = 0.1;
    private static final int MISSES_MAX = 2;

    /** -42 dBov as mean square. */
    private static final double POWER_MIN = Math.pow(Decibels.OVERLOAD * Decibels.ratio(-42), 2);

    private final Goertzel[] bins;
    private final int blockSamples;
    private final int blocksMin;
    private double energy;
    private int inBlock;
    private int hits;
    private int misses;
    private boolean present;

    /**
     * @param lengthMinMillis how long the tone has to last before it is believed
     * @param hertz its frequencies, one or more
     */
    public ToneDetector(int sampleRate, int lengthMinMillis, double... hertz) {
        blockSamples = sampleRate * BLOCK_MILLIS / 1_000;
        blocksMin = Math.max(1, lengthMinMillis / BLOCK_MILLIS);
        bins = new Goertzel[hertz.length];
        for (int i = 0; i < hertz.length; i++) {
            bins[i] = new Goertzel(sampleRate, hertz[i]);
        }
    }

    /** Takes a frame; whether the tone is there at its end. */
    public boolean hear(short[] pcm, int offset, int samples) {
        for (int i = offset; i < offset + samples; i++) {
            int sample = pcm[i];
            energy += sample * sample;
            for (Goertzel bin : bins) {
                bin.hear(sample);
            }
            if (++inBlock == blockSamples) {
                endBlock();
            }
        }
        return present;
    }

    private void endBlock() {
        double sum = 0;
        double weakest = Double.POSITIVE_INFINITY;
        double strongest = 0;
        for (Goertzel bin : bins) {
            double power = bin.takePower();
            sum += power;
            weakest = Math.min(weakest, power);
            strongest = Math.max(strongest, power);
        }
        double power = energy / blockSamples;
        boolean hit =
                power > POWER_MIN && sum > SHARE_MIN * power && weakest > WEAKEST_SHARE * strongest;
        count(hit);
        energy = 0;
        inBlock = 0;
    }

    private void count(boolean hit) {
        hits = hit ? hits + 1 : 0;
        misses = hit ? 0 : misses + 1;
        if (hits >= blocksMin) {
            present = true;
        } else if (misses >= MISSES_MAX) {
            present = false;
        }
    }

    /** Whether the tone is there. */
    public boolean isPresent() {
        return present;
    }
}
