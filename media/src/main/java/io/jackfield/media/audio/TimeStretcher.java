package io.jackfield.media.audio;

/**
 * Makes sound shorter or longer by whole periods without changing its pitch: waveform similarity
 * overlap-add.
 *
 * <p>The lag at which a frame is most like itself is looked for between 2.5 and 15 ms, and cut out
 * or repeated with a blend of 5 ms. Unlike sound is left alone; of silence as much as may be is
 * taken.
 */
final class TimeStretcher {
    private static final double LAG_MIN_SECONDS = 0.0025;
    private static final double LAG_MAX_SECONDS = 0.015;
    private static final double BLEND_SECONDS = 0.005;

    /** Lags are searched at this rate first. */
    private static final int COARSE_RATE = 8_000;

    /** -50 dBov as mean square. */
    private static final double SILENT = Math.pow(Decibels.OVERLOAD * Decibels.ratio(-50), 2);

    private final int lagMin;
    private final int lagMax;
    private final int blend;
    private final int stride;
    private final short[] beginning;
    private final short[] ending;
    private double likeness;

    TimeStretcher(int sampleRate) {
        lagMin = (int) Math.round(sampleRate * LAG_MIN_SECONDS);
        lagMax = (int) Math.round(sampleRate * LAG_MAX_SECONDS);
        blend = (int) Math.round(sampleRate * BLEND_SECONDS);
        beginning = new short[blend];
        ending = new short[blend];
        stride = Math.max(1, sampleRate / COARSE_RATE);
    }

    /** The shortest piece that can be cut out or put in. */
    int lagMin() {
        return lagMin;
    }

    /** The longest. */
    int lagMax() {
        return lagMax;
    }

    /**
     * Cuts a piece out.
     *
     * @param removeMax no more than this
     * @param likenessMin how like the joined parts must be: -1 (anything) to 1
     * @return samples cut out; 0 when it would be heard
     */
    int shorten(short[] pcm, int samples, int removeMax, double likenessMin) {
        int lag = bestLag(pcm, samples, removeMax);
        if (lag == 0 || likeness < likenessMin) {
            return 0;
        }
        for (int i = 0; i < blend; i++) {
            pcm[i] = blended(pcm[i], pcm[lag + i], i);
        }
        int rest = lag + blend;
        System.arraycopy(pcm, rest, pcm, blend, samples - rest);
        return lag;
    }

    /**
     * Repeats a piece.
     *
     * @param pcm with room for {@code insertMax} after {@code samples}
     * @return samples put in; 0 when it would be heard
     */
    int lengthen(short[] pcm, int samples, int insertMax, double likenessMin) {
        int lag = bestLag(pcm, samples, insertMax);
        if (lag == 0 || likeness < likenessMin) {
            return 0;
        }
        System.arraycopy(pcm, 0, beginning, 0, blend);
        System.arraycopy(pcm, lag, ending, 0, blend);
        System.arraycopy(pcm, blend, pcm, lag + blend, samples - blend);
        for (int i = 0; i < blend; i++) {
            pcm[lag + i] = blended(ending[i], beginning[i], i);
        }
        return lag;
    }

    private short blended(short from, short to, int at) {
        float share = (at + 1f) / (blend + 1);
        return (short) Math.round(from + share * (to - from));
    }

    private static double power(short[] pcm, int samples) {
        long sum = 0;
        for (int i = 0; i < samples; i++) {
            sum += (long) pcm[i] * pcm[i];
        }
        return (double) sum / samples;
    }

    /** Sets {@link #likeness} as well; 0 where the frame is too short. */
    private int bestLag(short[] pcm, int samples, int most) {
        int to = Math.min(Math.min(lagMax, most), samples - blend);
        if (to >= lagMin && power(pcm, to + blend) < SILENT) {
            likeness = 1;
            return to;
        }
        int best = 0;
        likeness = Double.NEGATIVE_INFINITY;
        for (int lag = lagMin; lag <= to; lag += stride) {
            best = better(pcm, lag, stride, best);
        }
        int from = Math.max(lagMin, best - stride + 1);
        int end = Math.min(to, best + stride - 1);
        likeness = Double.NEGATIVE_INFINITY;
        for (int lag = from; lag <= end; lag++) {
            best = better(pcm, lag, 1, best);
        }
        return best;
    }

    private int better(short[] pcm, int lag, int step, int best) {
        double now = likeness(pcm, lag, step);
        if (now < likeness) {
            return best;
        }
        likeness = now;
        return lag;
    }

    /** Normalised correlation of the two parts that would be blended. */
    private double likeness(short[] pcm, int lag, int step) {
        long product = 0;
        long first = 1;
        long second = 1;
        for (int i = 0; i < blend; i += step) {
            int one = pcm[i];
            int other = pcm[lag + i];
            product += (long) one * other;
            first += (long) one * one;
            second += (long) other * other;
        }
        return product / Math.sqrt((double) first * second);
    }
}
