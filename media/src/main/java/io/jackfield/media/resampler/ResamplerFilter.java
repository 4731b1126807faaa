package io.jackfield.media.resampler;

/**
 * The taps of one ratio, as they are summed: by phase of the output, then by plane of the input.
 *
 * <p>The filter is a sinc in a Kaiser window, made once for each ratio of the four rates when the
 * class is loaded. Its sums run along the stream, one tap for all samples of a phase, over arrays
 * of different types: that is what the compiler turns into vectors, two to three times as fast as
 * one sum after the other. Immutable; any thread.
 */
final class ResamplerFilter {
    private static final int[] RATES = {8_000, 16_000, 24_000, 48_000};

    /** Length in samples of the lower rate: 3 ms of delay at 8 kHz. */
    private static final int TAPS = 48;

    /** In the middle between 0.425 and 0.525 of the lower rate. */
    private static final double CUTOFF = 0.475;

    /** Kaiser's shape for 75 dB and more, which is what so many taps and that transition allow. */
    private static final double SHAPE = 7.35;

    private static final ResamplerFilter[][] ALL = makeAll();

    private final int up;
    private final int down;
    private final int history;

    /** By phase and plane, latest sample first. */
    private final float[][][] taps;

    /** By phase and plane: how many cycles back the latest sample lies, 0 or 1. */
    private final int[][] back;

    private ResamplerFilter(int up, int down) {
        this.up = up;
        this.down = down;
        int length = TAPS * Math.max(up, down);
        double[] prototype = prototype(length, Math.max(up, down));
        int tapsAPhase = length / up;
        int tapsAPlane = tapsAPhase / down;
        this.history = tapsAPlane;
        this.taps = new float[up][down][tapsAPlane];
        this.back = new int[up][down];
        for (int phase = 0; phase < up; phase++) {
            spread(prototype, phase);
        }
    }

    private static ResamplerFilter[][] makeAll() {
        ResamplerFilter[][] all = new ResamplerFilter[RATES.length][RATES.length];
        for (int from = 0; from < RATES.length; from++) {
            for (int to = 0; to < RATES.length; to++) {
                int common = commonDivisor(RATES[from], RATES[to]);
                all[from][to] = new ResamplerFilter(RATES[to] / common, RATES[from] / common);
            }
        }
        return all;
    }

    private static int commonDivisor(int a, int b) {
        return b == 0 ? a : commonDivisor(b, a % b);
    }

    static ResamplerFilter of(int from, int to) {
        return ALL[index(from)][index(to)];
    }

    private static int index(int rate) {
        for (int i = 0; i < RATES.length; i++) {
            if (RATES[i] == rate) {
                return i;
            }
        }
        throw new IllegalArgumentException("no resampling of " + rate + " Hz");
    }

    /**
     * At the rate that both rates divide; {@code factor} times the lower one. The first tap is 0,
     * so that the others lie even around a whole sample.
     */
    private static double[] prototype(int length, int factor) {
        double[] prototype = new double[length];
        int middle = length / 2;
        for (int i = 1; i < length; i++) {
            double x = 2 * CUTOFF / factor * (i - middle);
            double sinc = x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
            double place = (i - middle) / (double) middle;
            prototype[i] = sinc * bessel(SHAPE * Math.sqrt(1 - place * place));
        }
        return prototype;
    }

    /** The modified Bessel function of order 0, by its series. */
    private static double bessel(double x) {
        double term = 1;
        double sum = 1;
        for (int k = 1; k < 40; k++) {
            term *= x / (2 * k) * (x / (2 * k));
            sum += term;
        }
        return sum;
    }

    /** Deals a phase's taps out to the planes; each phase passes a constant unchanged. */
    private void spread(double[] prototype, int phase) {
        int offset = phase * down / up;
        int first = phase * down % up;
        int count = prototype.length / up;
        double total = 0;
        for (int k = 0; k < count; k++) {
            total += prototype[k * up + first];
        }
        for (int k = 0; k < count; k++) {
            int plane = Math.floorMod(offset - k, down);
            if (k < down) {
                back[phase][plane] = -Math.floorDiv(offset - k, down);
            }
            taps[phase][plane][k / down] = (float) (prototype[k * up + first] / total);
        }
    }

    /**
     * Sums one phase of all cycles.
     *
     * @param planes input, of which cycle 0 stands at {@link #history}
     */
    void sum(int phase, short[][] planes, int cycles, float[] sums) {
        for (int cycle = 0; cycle < cycles; cycle++) {
            sums[cycle] = 0;
        }
        for (int plane = 0; plane < down; plane++) {
            short[] input = planes[plane];
            float[] h = taps[phase][plane];
            int latest = history - back[phase][plane];
            for (int k = 0; k < h.length; k++) {
                addTap(h[k], input, latest - k, cycles, sums);
            }
        }
    }

    private static void addTap(float h, short[] input, int latest, int cycles, float[] sums) {
        for (int i = 0; i < cycles; i++) {
            sums[i] += h * input[latest + i];
        }
    }

    /** Output samples a cycle. */
    int up() {
        return up;
    }

    /** Input samples a cycle. */
    int down() {
        return down;
    }

    /** Cycles before the present that a sum may reach. */
    int history() {
        return history;
    }
}
