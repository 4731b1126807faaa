package io.jackfield.media.codec;

import java.util.Objects;

/**
 * Stands in for lost frames by repeating the last pitch periods: the method of ITU-T G.711 Appendix
 * I, for any rate.
 *
 * <p>One period is repeated at first, two after 10 ms, three after 20 ms, so that it does not buzz.
 * After 10 ms it fades by a fifth every 10 ms and is silent after 60. What comes after the loss is
 * faded in over a quarter of the period, and 4 ms more for each 10 ms that were lost, 10 ms at
 * most.
 *
 * <p>Appendix I holds everything back by 3.75 ms to blend into the loss; here nothing waits: the
 * step at the joint is spread over the first quarter period instead.
 */
final class PitchConcealer {
    /** 66 Hz to 200 Hz; a higher voice is met at a multiple of its period. */
    private static final double LAG_MIN_SECONDS = 0.005;

    private static final double LAG_MAX_SECONDS = 0.015;

    /** How much of the last sound is compared with what was before it. */
    private static final double WINDOW_SECONDS = 0.020;

    private static final double STEP_SECONDS = 0.010;
    private static final float FADE_A_STEP = 0.2f;
    private static final double BLEND_A_STEP_SECONDS = 0.004;
    private static final double BLEND_MAX_SECONDS = 0.010;
    private static final int PERIODS_MAX = 3;

    /** Every second lag and sample first, then all lags beside the best. */
    private static final int COARSE = 2;

    private final int lagMin;
    private final int lagMax;
    private final int window;
    private final int step;
    private final int blendAStep;
    private final int blendMax;

    /** The last that was heard or made, oldest first: three periods and a quarter. */
    private final short[] history;

    /** History as it was when the loss began. */
    private final short[] frozen;

    private int lag;
    private int quarter;
    private int periods;

    /** Where in the loop of {@code periods} the next sample comes from. */
    private int position;

    /** Where in the shorter loop, while it blends into the longer. */
    private int blendPosition;

    private int blendLeft;

    /** Samples made since the last that was heard; 0 when nothing is missing. */
    private int made;

    /** How far the last sample heard lies above where the loop would have begun. */
    private int jointStep;

    PitchConcealer(int rate) {
        lagMin = (int) Math.round(rate * LAG_MIN_SECONDS);
        lagMax = (int) Math.round(rate * LAG_MAX_SECONDS);
        window = (int) Math.round(rate * WINDOW_SECONDS);
        step = (int) Math.round(rate * STEP_SECONDS);
        blendAStep = (int) Math.round(rate * BLEND_A_STEP_SECONDS);
        blendMax = (int) Math.round(rate * BLEND_MAX_SECONDS);
        history = new short[PERIODS_MAX * lagMax + lagMax / 4 + 1];
        frozen = new short[history.length];
    }

    /** Takes a frame as it was decoded, and changes its beginning after a loss. */
    void heard(short[] pcm, int offset, int samples) {
        if (made > 0) {
            blendIn(pcm, offset, samples);
            made = 0;
        }
        remember(pcm, offset, samples);
    }

    /** Makes a frame up. */
    void conceal(short[] pcm, int offset, int samples) {
        Objects.checkFromIndexSize(offset, samples, pcm.length);
        if (made == 0 && samples > 0) {
            begin();
        }
        for (int i = offset; i < offset + samples; i++) {
            pcm[i] = next();
        }
        remember(pcm, offset, samples);
    }

    private void blendIn(short[] pcm, int offset, int samples) {
        int steps = (made - 1) / step;
        int blend = Math.min(Math.min(quarter + blendAStep * steps, blendMax), samples);
        for (int i = 0; i < blend; i++) {
            float in = (i + 1f) / (blend + 1);
            pcm[offset + i] = (short) Math.round(in * pcm[offset + i] + (1 - in) * next());
        }
    }

    private void remember(short[] pcm, int offset, int samples) {
        int added = Math.min(samples, history.length);
        int kept = history.length - added;
        System.arraycopy(history, added, history, 0, kept);
        System.arraycopy(pcm, offset + samples - added, history, kept, added);
    }

    private void begin() {
        System.arraycopy(history, 0, frozen, 0, history.length);
        lag = pitch();
        quarter = lag / 4;
        periods = 1;
        position = 0;
        blendLeft = 0;
        int end = frozen.length;
        jointStep = frozen[end - 1] - frozen[end - 1 - lag];
    }

    private short next() {
        if (made == step || made == 2 * step) {
            lengthenLoop();
        }
        float sample = loop(position, periods);
        position = position + 1 == periods * lag ? 0 : position + 1;
        if (blendLeft > 0) {
            sample += (loop(blendPosition, periods - 1) - sample) * blendLeft / (quarter + 1);
            blendPosition = blendPosition + 1 == (periods - 1) * lag ? 0 : blendPosition + 1;
            blendLeft--;
        }
        if (made < quarter) {
            sample += jointStep * (1 - (made + 1f) / (quarter + 1));
        }
        float faded = sample * gain();
        made++;
        return (short) Math.clamp(Math.round(faded), Short.MIN_VALUE, Short.MAX_VALUE);
    }

    /** One period further back, at the same place within the period. */
    private void lengthenLoop() {
        blendPosition = position;
        blendLeft = quarter;
        position %= lag;
        periods++;
    }

    /** The last {@code count} periods as a ring: their end leads to what was before their start. */
    private float loop(int at, int count) {
        int length = count * lag;
        int end = frozen.length;
        float sample = frozen[end - length + at];
        int intoBlend = at - (length - quarter);
        if (intoBlend < 0) {
            return sample;
        }
        float before = frozen[end - 2 * length + at];
        return sample + (before - sample) * (intoBlend + 1f) / (quarter + 1);
    }

    private float gain() {
        return made < step ? 1 : Math.max(0, 1 - FADE_A_STEP * (made - step) / step);
    }

    /** The lag at which the last sound is most like itself (normalised cross-correlation). */
    private int pitch() {
        int best = lagMin;
        float bestLikeness = Float.NEGATIVE_INFINITY;
        for (int candidate = lagMin; candidate <= lagMax; candidate += COARSE) {
            float likeness = likeness(candidate, COARSE);
            if (likeness > bestLikeness) {
                bestLikeness = likeness;
                best = candidate;
            }
        }
        int from = Math.max(lagMin, best - COARSE + 1);
        int to = Math.min(lagMax, best + COARSE - 1);
        bestLikeness = Float.NEGATIVE_INFINITY;
        for (int candidate = from; candidate <= to; candidate++) {
            float likeness = likeness(candidate, 1);
            if (likeness > bestLikeness) {
                bestLikeness = likeness;
                best = candidate;
            }
        }
        return best;
    }

    private float likeness(int candidate, int stride) {
        int end = frozen.length;
        long product = 0;
        long energy = 1;
        for (int i = end - window; i < end; i += stride) {
            int earlier = frozen[i - candidate];
            product += (long) frozen[i] * earlier;
            energy += (long) earlier * earlier;
        }
        return (float) (product / Math.sqrt((double) energy));
    }
}
