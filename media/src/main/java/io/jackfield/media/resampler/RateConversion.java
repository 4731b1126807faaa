package io.jackfield.media.resampler;

/**
 * Changes the rate of a whole sound between any two rates, such as 44.1 and 8 kHz, by a polyphase
 * FIR filter. For files that are read once; a stream takes {@link Resampler}.
 *
 * <p>The filter is that of {@link Resampler}, a sinc in a Kaiser window of 48 samples of the lower
 * rate, without its delay: the first sample out is where the first sample in is. Pure; any thread.
 */
public final class RateConversion {
    private static final int HALF_TAPS = 24;
    private static final double CUTOFF = 0.475;
    private static final double SHAPE = 7.35;

    private RateConversion() {}

    /**
     * @param from samples a second, above 0
     * @param to likewise
     * @return a new array, or {@code in} where the rates are the same
     */
    public static float[] convert(float[] in, int from, int to) {
        if (from == to) {
            return in;
        }
        int common = commonDivisor(from, to);
        int up = to / common;
        int down = from / common;
        float[][] taps = taps(up, down);
        float[] out = new float[Math.toIntExact(((long) in.length * up + down - 1) / down)];
        for (int i = 0; i < out.length; i++) {
            long at = (long) i * down;
            out[i] = sum(in, (int) (at / up), taps[(int) (at % up)]);
        }
        return out;
    }

    /** The samples around a place, each by its tap. */
    private static float sum(float[] in, int middle, float[] taps) {
        int first = middle - taps.length / 2 + 1;
        int from = Math.max(0, -first);
        int until = Math.min(taps.length, in.length - first);
        float sum = 0;
        for (int i = from; i < until; i++) {
            sum += in[first + i] * taps[i];
        }
        return sum;
    }

    /** By phase: how much each input sample around the place counts. */
    private static float[][] taps(int up, int down) {
        double lower = Math.min(1.0, (double) up / down);
        int half = (int) Math.ceil(HALF_TAPS / lower);
        float[][] taps = new float[up][2 * half];
        for (int phase = 0; phase < up; phase++) {
            double total = 0;
            for (int i = 0; i < 2 * half; i++) {
                double distance = i - half + 1 - (double) phase / up;
                double tap = sinc(2 * CUTOFF * lower * distance) * window(distance / half);
                taps[phase][i] = (float) tap;
                total += tap;
            }
            for (int i = 0; i < 2 * half; i++) {
                taps[phase][i] /= (float) total;
            }
        }
        return taps;
    }

    private static double sinc(double x) {
        return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
    }

    /** Kaiser's, from -1 to 1. */
    private static double window(double x) {
        return Math.abs(x) >= 1 ? 0 : bessel(SHAPE * Math.sqrt(1 - x * x)) / bessel(SHAPE);
    }

    private static double bessel(double x) {
        double term = 1;
        double sum = 1;
        for (int k = 1; term > sum * 1e-12; k++) {
            term *= x / 2 / k * (x / 2 / k);
            sum += term;
        }
        return sum;
    }

    private static int commonDivisor(int a, int b) {
        return b == 0 ? a : commonDivisor(b, a % b);
    }
}
