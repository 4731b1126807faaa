package io.jackfield.media.audio;

import io.jackfield.protocol.dtmf.DtmfDigit;
import java.util.Optional;

/**
 * Hears DTMF in sound, for a line without telephone-event (ITU-T Q.23, Q.24).
 *
 * <p>Blocks of 13 ms are looked at by Goertzel's sum at the eight frequencies. A block has a digit
 * when one frequency of each group stands out from its group, both together have most of the
 * block's power, and neither is far stronger than the other (high up to 8 dB, low up to 6 dB). A
 * digit is pressed when two blocks in a row have it, and over after two without: tones of 40 ms and
 * pauses of 40 ms will do. Thread: one at a time.
 */
public final class DtmfDetector {
    private static final double BLOCK_SECONDS = 102.0 / 8_000;

    /** -36 dBov as mean square. */
    private static final double POWER_MIN = Math.pow(Decibels.OVERLOAD * Decibels.ratio(-36), 2);

    /** Of the block's power in both frequencies; a voice spreads more. */
    private static final double SHARE_MIN = 0.75;

    /** The strongest of a group has this many times the power of each other one. */
    private static final double STANDS_OUT = 5;

    private static final double HIGH_STRONGER_MAX = Math.pow(10, 0.8);
    private static final double LOW_STRONGER_MAX = Math.pow(10, 0.6);
    private static final int BLOCKS_MIN = 2;
    private static final int NONE = -1;

    private final Goertzel[] low;
    private final Goertzel[] high;
    private final double[] lowPowers = new double[DtmfTones.LOW.length];
    private final double[] highPowers = new double[DtmfTones.HIGH.length];
    private final int blockSamples;
    private double energy;
    private int inBlock;

    /** What the last blocks had, as 4 times the low group's place plus the high one's. */
    private int candidate = NONE;

    private int blocks;
    private int pressed = NONE;
    private int justPressed = NONE;

    public DtmfDetector(int sampleRate) {
        blockSamples = (int) Math.round(sampleRate * BLOCK_SECONDS);
        low = bins(sampleRate, DtmfTones.LOW);
        high = bins(sampleRate, DtmfTones.HIGH);
    }

    private static Goertzel[] bins(int sampleRate, double[] hertz) {
        Goertzel[] bins = new Goertzel[hertz.length];
        for (int i = 0; i < bins.length; i++) {
            bins[i] = new Goertzel(sampleRate, hertz[i]);
        }
        return bins;
    }

    /**
     * Takes a frame of at most 50 ms.
     *
     * @return the digit whose press began in it
     */
    public Optional<DtmfDigit> hear(short[] pcm, int offset, int samples) {
        justPressed = NONE;
        for (int i = offset; i < offset + samples; i++) {
            int sample = pcm[i];
            energy += sample * sample;
            for (int bin = 0; bin < low.length; bin++) {
                low[bin].hear(sample);
                high[bin].hear(sample);
            }
            if (++inBlock == blockSamples) {
                endBlock();
            }
        }
        return digit(justPressed);
    }

    /** The digit that is being pressed. */
    public Optional<DtmfDigit> pressed() {
        return digit(pressed);
    }

    private static Optional<DtmfDigit> digit(int place) {
        return place == NONE
                ? Optional.empty()
                : Optional.of(DtmfTones.digit(place / 4, place % 4));
    }

    private void endBlock() {
        int found = found(energy / blockSamples);
        energy = 0;
        inBlock = 0;
        blocks = found == candidate ? blocks + 1 : 1;
        candidate = found;
        if (blocks >= BLOCKS_MIN && candidate != pressed) {
            pressed = candidate;
            justPressed = candidate == NONE ? justPressed : candidate;
        }
    }

    private int found(double power) {
        int strongestLow = strongest(low, lowPowers);
        int strongestHigh = strongest(high, highPowers);
        double lowPower = lowPowers[strongestLow];
        double highPower = highPowers[strongestHigh];
        boolean digit =
                power > POWER_MIN
                        && lowPower + highPower > SHARE_MIN * power
                        && highPower < HIGH_STRONGER_MAX * lowPower
                        && lowPower < LOW_STRONGER_MAX * highPower
                        && standsOut(lowPowers, strongestLow)
                        && standsOut(highPowers, strongestHigh);
        return digit ? strongestLow * 4 + strongestHigh : NONE;
    }

    private static int strongest(Goertzel[] bins, double[] powers) {
        int strongest = 0;
        for (int i = 0; i < bins.length; i++) {
            powers[i] = bins[i].takePower();
            if (powers[i] > powers[strongest]) {
                strongest = i;
            }
        }
        return strongest;
    }

    private static boolean standsOut(double[] powers, int strongest) {
        for (int i = 0; i < powers.length; i++) {
            if (i != strongest && powers[i] * STANDS_OUT > powers[strongest]) {
                return false;
            }
        }
        return true;
    }
}
