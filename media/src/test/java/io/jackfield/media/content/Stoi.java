package io.jackfield.media.content;

import java.util.ArrayList;
import java.util.List;

/**
 * Short-time objective intelligibility: how much of speech can still be understood, by comparison
 * with what was said. 1 is all of it; from about 0.75 on people understand nearly every sentence.
 *
 * <p>After C. H. Taal, R. C. Hendriks, R. Heusdens, J. Jensen, "An Algorithm for Intelligibility
 * Prediction of Time–Frequency Weighted Noisy Speech", IEEE Transactions on Audio, Speech, and
 * Language Processing 19(7), 2011: section and equation numbers are that paper's.
 */
final class Stoi {
    /** "a sample-rate of 10000 Hz" (§II). */
    static final int RATE = 10_000;

    private static final int FRAME = 256;
    private static final int HOP = FRAME / 2;
    private static final int FFT = 512;
    private static final int BANDS = 15;
    private static final double LOWEST_HERTZ = 150;

    /** Frames in a segment: 384 ms. */
    private static final int SEGMENT = 30;

    /** Below the loudest frame: nobody speaks. */
    private static final double SILENT_DECIBELS = 40;

    /** The lower bound of the signal-to-distortion ratio (3). */
    private static final double CLIP = 1 + Math.pow(10, 15 / 20.0);

    private static final double[] WINDOW = hann();

    private Stoi() {}

    /**
     * @param said at {@link #RATE}
     * @param heard the same, in step with it
     */
    static double of(double[] said, double[] heard) {
        List<Integer> spoken = spokenFrames(said);
        double[][] x = bands(compact(said, spoken));
        double[][] y = bands(compact(heard, spoken));
        double sum = 0;
        int count = 0;
        for (int end = SEGMENT; end <= x.length; end++) {
            for (int band = 0; band < BANDS; band++) {
                sum += correlation(x, y, band, end - SEGMENT);
                count++;
            }
        }
        return sum / count;
    }

    private static double[] hann() {
        double[] window = new double[FRAME];
        for (int i = 0; i < FRAME; i++) {
            window[i] = 0.5 - 0.5 * Math.cos(2 * Math.PI * (i + 1) / (FRAME + 1));
        }
        return window;
    }

    private static List<Integer> spokenFrames(double[] said) {
        List<Double> levels = new ArrayList<>();
        double loudest = Double.NEGATIVE_INFINITY;
        for (int at = 0; at + FRAME <= said.length; at += HOP) {
            double energy = 1e-12;
            for (int i = 0; i < FRAME; i++) {
                energy += Math.pow(said[at + i] * WINDOW[i], 2);
            }
            levels.add(10 * Math.log10(energy));
            loudest = Math.max(loudest, levels.getLast());
        }
        List<Integer> spoken = new ArrayList<>();
        for (int frame = 0; frame < levels.size(); frame++) {
            if (levels.get(frame) > loudest - SILENT_DECIBELS) {
                spoken.add(frame * HOP);
            }
        }
        return spoken;
    }

    /** The spoken frames alone, one after the other, overlapping as before. */
    private static double[] compact(double[] samples, List<Integer> frames) {
        double[] out = new double[frames.size() * HOP + HOP];
        for (int n = 0; n < frames.size(); n++) {
            for (int i = 0; i < FRAME; i++) {
                out[n * HOP + i] += samples[frames.get(n) + i] * WINDOW[i];
            }
        }
        return out;
    }

    /** The norm of each third-octave band of each frame (1). */
    private static double[][] bands(double[] samples) {
        int frames = Math.max(0, (samples.length - FRAME) / HOP + 1);
        double[][] bands = new double[frames][BANDS];
        double[] re = new double[FFT];
        double[] im = new double[FFT];
        for (int frame = 0; frame < frames; frame++) {
            for (int i = 0; i < FFT; i++) {
                re[i] = i < FRAME ? samples[frame * HOP + i] * WINDOW[i] : 0;
                im[i] = 0;
            }
            Fourier.transform(re, im);
            for (int band = 0; band < BANDS; band++) {
                double centre = LOWEST_HERTZ * Math.pow(2, band / 3.0);
                int from = bin(centre * Math.pow(2, -1 / 6.0));
                int to = bin(centre * Math.pow(2, 1 / 6.0));
                double sum = 0;
                for (int k = from; k < to; k++) {
                    sum += re[k] * re[k] + im[k] * im[k];
                }
                bands[frame][band] = Math.sqrt(sum);
            }
        }
        return bands;
    }

    private static int bin(double hertz) {
        return (int) Math.round(hertz * FFT / RATE);
    }

    /** Of one band over one segment, heard at the level of what was said and clipped (2)–(5). */
    private static double correlation(double[][] x, double[][] y, int band, int begin) {
        double xx = 1e-12;
        double yy = 1e-12;
        for (int m = begin; m < begin + SEGMENT; m++) {
            xx += x[m][band] * x[m][band];
            yy += y[m][band] * y[m][band];
        }
        double scale = Math.sqrt(xx / yy);
        double[] a = new double[SEGMENT];
        double[] b = new double[SEGMENT];
        double meanA = 0;
        double meanB = 0;
        for (int i = 0; i < SEGMENT; i++) {
            a[i] = x[begin + i][band];
            b[i] = Math.min(scale * y[begin + i][band], a[i] * CLIP);
            meanA += a[i] / SEGMENT;
            meanB += b[i] / SEGMENT;
        }
        double ab = 0;
        double aa = 1e-12;
        double bb = 1e-12;
        for (int i = 0; i < SEGMENT; i++) {
            ab += (a[i] - meanA) * (b[i] - meanB);
            aa += Math.pow(a[i] - meanA, 2);
            bb += Math.pow(b[i] - meanB, 2);
        }
        return ab / Math.sqrt(aa * bb);
    }
}
