package io.jackfield.media.codec;

/**
 * One band of G.722: adaptive differential PCM with a predictor of two poles and six zeros (ITU-T
 * G.722 §3 and §4, blocks 3 and 4 of §6.2). Encoder and decoder step the same machine, so that both
 * have the same prediction.
 *
 * <p>All arithmetic is the standard's: 16-bit words that saturate. Names in parentheses are its.
 */
final class G722SubBand {
    private static final int ZEROS = 6;

    /** Scale factor as a function of the logarithm's fraction (ILB). */
    private static final int[] SCALE = {
        2048, 2093, 2139, 2186, 2233, 2282, 2332, 2383, 2435, 2489, 2543, 2599, 2656, 2714, 2774,
        2834, 2896, 2960, 3025, 3091, 3158, 3228, 3298, 3371, 3444, 3520, 3597, 3676, 3756, 3838,
        3922, 4008
    };

    private final int[] zeros = new int[ZEROS];

    /** The last differences, newest first (DLT, DHT). */
    private final int[] differences = new int[ZEROS];

    private final int logScaleMax;
    private final int scaleShift;
    private int pole1;
    private int pole2;
    private int reconstructed1;
    private int reconstructed2;

    /** Signs of the last two partial reconstructions (PLT, PHT), as 0 or -1. */
    private int partialSign1;

    private int partialSign2;
    private int zeroPrediction;
    private int prediction;
    private int logScale;
    private int scale;

    private G722SubBand(int logScaleMax, int scaleShift, int scale) {
        this.logScaleMax = logScaleMax;
        this.scaleShift = scaleShift;
        this.scale = scale;
    }

    static G722SubBand low() {
        return new G722SubBand(18_432, 8, 32);
    }

    static G722SubBand high() {
        return new G722SubBand(22_528, 10, 8);
    }

    /** What the next sample is expected to be (SL, SH). */
    int prediction() {
        return prediction;
    }

    /** The quantizer's present unit (DETL, DETH). */
    int scale() {
        return scale;
    }

    /**
     * Takes what was sent for this sample.
     *
     * @param difference the quantized difference, dequantized
     * @param logStep how much louder or quieter it makes the unit (WL, WH)
     */
    void adapt(int difference, int logStep) {
        adaptScale(logStep);
        adaptPredictor(difference);
    }

    private void adaptScale(int logStep) {
        logScale = Math.clamp((logScale * 127 >> 7) + logStep, 0, logScaleMax);
        int shift = scaleShift - (logScale >> 11);
        int mantissa = SCALE[logScale >> 6 & 31];
        scale = (shift < 0 ? mantissa << -shift : mantissa >> shift) << 2;
    }

    private void adaptPredictor(int difference) {
        int reconstructed = saturate(prediction + difference);
        int partialSign = saturate(zeroPrediction + difference) >> 31;
        int newPole2 = adaptedPole2(partialSign);
        pole1 = adaptedPole1(partialSign, newPole2);
        pole2 = newPole2;
        adaptZeros(difference);
        partialSign2 = partialSign1;
        partialSign1 = partialSign;
        reconstructed2 = reconstructed1;
        reconstructed1 = reconstructed;
        zeroPrediction = predictFromZeros();
        prediction = saturate(predictFromPoles() + zeroPrediction);
    }

    /** UPPOL2. */
    private int adaptedPole2(int partialSign) {
        int fourfold = saturate(pole1 << 2);
        int towards = partialSign == partialSign1 ? saturate(-fourfold) : fourfold;
        int sum = (towards >> 7) + (partialSign == partialSign2 ? 128 : -128);
        return Math.clamp(sum + (pole2 * 32_512 >> 15), -12_288, 12_288);
    }

    /** UPPOL1. */
    private int adaptedPole1(int partialSign, int newPole2) {
        int leaked = pole1 * 32_640 >> 15;
        int sum = saturate(leaked + (partialSign == partialSign1 ? 192 : -192));
        int bound = saturate(15_360 - newPole2);
        return Math.clamp(sum, -bound, bound);
    }

    /** UPZERO, and the delay line behind it. */
    private void adaptZeros(int difference) {
        int gain = difference == 0 ? 0 : 128;
        int sign = difference >> 31;
        for (int i = ZEROS - 1; i >= 0; i--) {
            int towards = sign == differences[i] >> 31 ? gain : -gain;
            zeros[i] = saturate(towards + (zeros[i] * 32_640 >> 15));
        }
        System.arraycopy(differences, 0, differences, 1, ZEROS - 1);
        differences[0] = difference;
    }

    /** FILTEZ. */
    private int predictFromZeros() {
        int sum = 0;
        for (int i = 0; i < ZEROS; i++) {
            sum = saturate(sum + (saturate(2 * differences[i]) * zeros[i] >> 15));
        }
        return sum;
    }

    /** FILTEP. */
    private int predictFromPoles() {
        int first = pole1 * saturate(2 * reconstructed1) >> 15;
        int second = pole2 * saturate(2 * reconstructed2) >> 15;
        return saturate(first + second);
    }

    static int saturate(int value) {
        return Math.clamp(value, Short.MIN_VALUE, Short.MAX_VALUE);
    }
}
