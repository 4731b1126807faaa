package io.jackfield.media.codec;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Describes background noise as a comfort noise payload (RFC 3389): level, and reflection
 * coefficients by Levinson's and Durbin's recursion.
 *
 * <p>Which frames are background is the caller's to say; each counts for a tenth against those
 * before it. Thread: one at a time.
 */
public final class ComfortNoiseAnalyzer {
    private static final double NEW_FRAME_SHARE = 0.1;

    /** A floor 40 dB below the noise, so that pure tones stay a stable model. */
    private static final double WHITE_SHARE = 1e-4;

    private final int order;

    /** Autocorrelation of one sample on average, lags 0 to order. */
    private final double[] correlation;

    private final double[] coefficients;
    private final double[] predictor;
    private final double[] previous;
    private boolean heard;

    /**
     * @param order coefficients to send, 0 to 12; 10 is usual
     */
    public ComfortNoiseAnalyzer(int order) {
        if (order < 0 || order > ComfortNoise.ORDER_MAX) {
            throw new IllegalArgumentException("order " + order);
        }
        this.order = order;
        correlation = new double[order + 1];
        coefficients = new double[order];
        predictor = new double[order + 1];
        previous = new double[order + 1];
    }

    /** Takes a frame of background, of more samples than {@code order}. */
    public void hear(short[] pcm, int offset, int samples) {
        double share = heard ? NEW_FRAME_SHARE : 1;
        heard = true;
        for (int lag = 0; lag <= order; lag++) {
            double one = sum(pcm, offset, samples, lag) / samples;
            correlation[lag] += share * (one - correlation[lag]);
        }
    }

    private static double sum(short[] pcm, int offset, int samples, int lag) {
        long sum = 0;
        for (int i = offset + lag; i < offset + samples; i++) {
            sum += pcm[i] * pcm[i - lag];
        }
        return sum;
    }

    /** Writes the payload at the position: 1 byte, and one for each coefficient. */
    public void write(ByteBuffer out) {
        findCoefficients();
        out.put((byte) ComfortNoise.level(Math.sqrt(correlation[0])));
        for (double coefficient : coefficients) {
            out.put(ComfortNoise.code(coefficient));
        }
    }

    private void findCoefficients() {
        Arrays.fill(predictor, 0);
        predictor[0] = 1;
        double error = correlation[0] * (1 + WHITE_SHARE);
        for (int i = 1; i <= order; i++) {
            double missing = 0;
            for (int j = 0; j < i; j++) {
                missing += predictor[j] * correlation[i - j];
            }
            double coefficient = error > 0 ? -missing / error : 0;
            coefficients[i - 1] = coefficient;
            System.arraycopy(predictor, 0, previous, 0, i);
            for (int j = 1; j < i; j++) {
                predictor[j] += coefficient * previous[i - j];
            }
            predictor[i] = coefficient;
            error *= 1 - coefficient * coefficient;
        }
    }
}
