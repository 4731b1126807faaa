package io.jackfield.media.codec;

import java.util.Random;

/** Sounds to test with, and measures of what became of them. */
public final class Signals {
    private Signals() {}

    /** A sine; {@code peak} as a share of full scale. */
    public static short[] sine(int rate, double hertz, double peak, int samples) {
        short[] pcm = new short[samples];
        for (int i = 0; i < samples; i++) {
            pcm[i] = (short) Math.round(32_767 * peak * Math.sin(2 * Math.PI * hertz * i / rate));
        }
        return pcm;
    }

    /** White noise of that root mean square, from a seed. */
    public static short[] noise(int samples, double rms, long seed) {
        Random random = new Random(seed);
        short[] pcm = new short[samples];
        for (int i = 0; i < samples; i++) {
            double value = rms * random.nextGaussian();
            pcm[i] = (short) Math.clamp(Math.round(value), Short.MIN_VALUE, Short.MAX_VALUE);
        }
        return pcm;
    }

    /**
     * Something like a voice: a pulse train whose pitch glides, through two resonances, in
     * syllables of 200 ms with pauses between them.
     */
    public static short[] voice(int rate, int samples, long seed) {
        return voice(rate, samples, seed, 110, 0.2);
    }

    /**
     * @param pauseShare silent part of each quarter of a second; 0 for one long vowel
     */
    public static short[] voice(
            int rate, int samples, long seed, double pitchHertz, double pauseShare) {
        Random random = new Random(seed);
        double[] excitation = new double[samples];
        double phase = 0;
        for (int i = 0; i < samples; i++) {
            double glide = 1 + 0.15 * Math.sin(2 * Math.PI * 0.7 * i / rate);
            phase += pitchHertz * glide / rate;
            double pulse = 0;
            if (phase >= 1) {
                phase -= 1;
                pulse = 1;
            }
            excitation[i] = pulse + 0.002 * random.nextGaussian();
        }
        double[] voiced = resonate(resonate(excitation, rate, 600, 90), rate, 1_400, 120);
        double peak = 0;
        for (double value : voiced) {
            peak = Math.max(peak, Math.abs(value));
        }
        short[] pcm = new short[samples];
        int syllable = rate / 4;
        for (int i = 0; i < samples; i++) {
            double at = (double) (i % syllable) / syllable;
            double envelope = at < 1 - pauseShare ? 1 : 0;
            if (pauseShare > 0) {
                envelope *= Math.sin(Math.PI * Math.min(1, at / (1 - pauseShare)));
            }
            pcm[i] = (short) Math.round(20_000 * envelope * voiced[i] / peak);
        }
        return pcm;
    }

    private static double[] resonate(double[] input, int rate, double hertz, double width) {
        double radius = Math.exp(-Math.PI * width / rate);
        double a1 = 2 * radius * Math.cos(2 * Math.PI * hertz / rate);
        double a2 = -radius * radius;
        double[] out = new double[input.length];
        double y1 = 0;
        double y2 = 0;
        for (int i = 0; i < input.length; i++) {
            double y = input[i] + a1 * y1 + a2 * y2;
            y2 = y1;
            y1 = y;
            out[i] = y;
        }
        return out;
    }

    /** Root mean square. */
    public static double rms(short[] pcm, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += (double) pcm[i] * pcm[i];
        }
        return Math.sqrt(sum / (to - from));
    }

    /** Peak of the sine of that frequency which is in the sound, as a share of full scale. */
    public static double strength(short[] pcm, int from, int to, int rate, double hertz) {
        double real = 0;
        double imaginary = 0;
        double weights = 0;
        for (int i = from; i < to; i++) {
            double window = 0.5 - 0.5 * Math.cos(2 * Math.PI * (i - from + 0.5) / (to - from));
            double phase = 2 * Math.PI * hertz * i / rate;
            real += window * pcm[i] * Math.cos(phase);
            imaginary += window * pcm[i] * Math.sin(phase);
            weights += window;
        }
        return 2 * Math.hypot(real, imaginary) / weights / 32_767;
    }

    /** Signal to error in dB. */
    public static double snr(
            short[] wanted, int wantedFrom, short[] got, int gotFrom, int samples) {
        double signal = 0;
        double error = 0;
        for (int i = 0; i < samples; i++) {
            double difference = wanted[wantedFrom + i] - got[gotFrom + i];
            signal += (double) wanted[wantedFrom + i] * wanted[wantedFrom + i];
            error += difference * difference;
        }
        return 10 * Math.log10(signal / Math.max(error, 1e-9));
    }

    /** The delay of {@code got} after {@code wanted} at which they are most alike. */
    public static int delay(short[] wanted, short[] got, int delayMax) {
        int samples = Math.min(wanted.length, got.length - delayMax);
        int best = 0;
        double bestProduct = Double.NEGATIVE_INFINITY;
        for (int delay = 0; delay <= delayMax; delay++) {
            double product = 0;
            for (int i = 0; i < samples; i++) {
                product += (double) wanted[i] * got[i + delay];
            }
            if (product > bestProduct) {
                bestProduct = product;
                best = delay;
            }
        }
        return best;
    }

    public static double decibels(double ratio) {
        return 20 * Math.log10(ratio);
    }
}
