package io.jackfield.media.content;

import java.util.Arrays;

/**
 * How what was heard compares with what was said, both at 8 kHz.
 *
 * @param stoi intelligibility of the speech, 0 to 1 ({@link Stoi})
 * @param decibels how much louder it is
 * @param tone the pitch of the tone, as a share of what it was
 * @param chirp how fast the chirp rises, as a share of what it did
 * @param inOrder share of the seconds that sound most like themselves, of all that was said
 */
public record Verdict(double stoi, double decibels, double tone, double chirp, double inOrder) {
    private static final int RATE = 8_000;
    private static final int ENVELOPE_RATE = 500;
    private static final int ENVELOPE_STEP = RATE / ENVELOPE_RATE;
    private static final int BLOCK = RATE;
    private static final int TONE_WINDOW = 1_024;
    private static final int CHIRP_WINDOW = 256;

    /** A jitter buffer may change its delay by so much in the course of a call. */
    private static final int WANDERS = ENVELOPE_RATE * 3 / 20;

    public static Verdict of(short[] said, short[] heard) {
        double[] x = doubles(said);
        double[] y = doubles(heard);
        double[] ex = envelope(x);
        double[] ey = envelope(y);
        int lag = bestLag(ex, ey, 0, ex.length, 0, ENVELOPE_RATE);
        double[] aligned = aligned(x, y, ex, ey, lag);
        int speechAt = samples(Voice.SPEECH_AT_MILLIS);
        double[] speech = Arrays.copyOfRange(x, speechAt, x.length);
        double[] heardSpeech = Arrays.copyOfRange(aligned, speechAt, x.length);
        return new Verdict(
                Stoi.of(resample(speech), resample(heardSpeech)),
                10 * Math.log10(power(heardSpeech) / power(speech)),
                tone(y, lag * ENVELOPE_STEP),
                chirp(y, lag * ENVELOPE_STEP),
                inOrder(ex, ey, lag));
    }

    private static double[] doubles(short[] samples) {
        double[] out = new double[samples.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = samples[i];
        }
        return out;
    }

    private static double[] envelope(double[] samples) {
        double[] out = new double[samples.length / ENVELOPE_STEP];
        for (int i = 0; i < out.length; i++) {
            for (int k = 0; k < ENVELOPE_STEP; k++) {
                out[i] += Math.abs(samples[i * ENVELOPE_STEP + k]);
            }
        }
        return out;
    }

    private static double power(double[] samples) {
        double sum = 1e-9;
        for (double sample : samples) {
            sum += sample * sample;
        }
        return sum;
    }

    /** By how much the second must be ahead so that it fits the first from there on best. */
    private static int bestLag(double[] x, double[] y, int from, int length, int low, int high) {
        int best = low;
        double most = Double.NEGATIVE_INFINITY;
        for (int lag = low; lag <= high; lag++) {
            double fit = fit(x, y, from, from + lag, length);
            if (fit > most) {
                most = fit;
                best = lag;
            }
        }
        return best;
    }

    /** Correlation coefficient; what lies outside is silent. */
    private static double fit(double[] x, double[] y, int atX, int atY, int length) {
        double sx = 0;
        double sy = 0;
        double xx = 0;
        double yy = 0;
        double xy = 0;
        for (int i = 0; i < length; i++) {
            double a = atX + i < x.length ? x[atX + i] : 0;
            double b = atY + i >= 0 && atY + i < y.length ? y[atY + i] : 0;
            sx += a;
            sy += b;
            xx += a * a;
            yy += b * b;
            xy += a * b;
        }
        double vx = xx - sx * sx / length;
        double vy = yy - sy * sy / length;
        return vx <= 0 || vy <= 0 ? 0 : (xy - sx * sy / length) / Math.sqrt(vx * vy);
    }

    /** Each quarter of a second where it fits best: first by its envelope, then to the sample. */
    private static double[] aligned(double[] x, double[] y, double[] ex, double[] ey, int lag) {
        double[] out = new double[x.length];
        int hop = BLOCK / 4;
        for (int at = 0; at + hop <= x.length; at += hop) {
            int from = Math.max(0, at - hop);
            int length = Math.min(3 * hop, x.length - from);
            int coarse =
                    bestLag(
                            ex,
                            ey,
                            from / ENVELOPE_STEP,
                            length / ENVELOPE_STEP,
                            lag - WANDERS,
                            lag + WANDERS);
            int around = coarse * ENVELOPE_STEP;
            int fine = bestLag(x, y, from, length, around - 24, around + 24);
            for (int i = 0; i < hop; i++) {
                int j = at + i + fine;
                out[at + i] = j >= 0 && j < y.length ? y[j] : 0;
            }
        }
        return out;
    }

    private static int samples(int millis) {
        return RATE / 1_000 * millis;
    }

    /** The median over what is surely tone, however the delay wandered. */
    private static double tone(double[] heard, int lag) {
        int from = lag + samples(Voice.TONE_AT_MILLIS);
        double[] pitches = pitches(heard, from, from + samples(Voice.TONE_MILLIS), TONE_WINDOW);
        Arrays.sort(pitches);
        return pitches[pitches.length / 2] / Voice.TONE_HERTZ;
    }

    /** The median of the slopes between any two moments (Theil and Sen). */
    private static double chirp(double[] heard, int lag) {
        int from = lag + samples(Voice.CHIRP_AT_MILLIS);
        double[] pitches = pitches(heard, from, from + samples(Voice.CHIRP_MILLIS), CHIRP_WINDOW);
        double[] slopes = new double[pitches.length * (pitches.length - 1) / 2];
        int count = 0;
        for (int a = 0; a < pitches.length; a++) {
            for (int b = a + 1; b < pitches.length; b++) {
                double seconds = (double) (b - a) * CHIRP_WINDOW / RATE;
                slopes[count++] = (pitches[b] - pitches[a]) / seconds;
            }
        }
        Arrays.sort(slopes);
        return slopes[count / 2] / Voice.CHIRP_HERTZ_PER_SECOND;
    }

    private static double[] pitches(double[] heard, int from, int to, int window) {
        double[] pitches = new double[Math.max(1, (Math.min(to, heard.length) - from) / window)];
        for (int i = 0; i < pitches.length; i++) {
            pitches[i] = Fourier.peakHertz(heard, from + i * window, window, RATE);
        }
        return pitches;
    }

    private static double inOrder(double[] ex, double[] ey, int lag) {
        int block = ENVELOPE_RATE;
        int blocks = ex.length / block;
        int right = 0;
        for (int n = 0; n < blocks; n++) {
            int best = 0;
            double most = Double.NEGATIVE_INFINITY;
            for (int other = 0; other < blocks; other++) {
                int low = (other - n) * block + lag - WANDERS;
                int at = bestLag(ex, ey, n * block, block, low, low + 2 * WANDERS);
                double fit = fit(ex, ey, n * block, n * block + at, block);
                if (fit > most) {
                    most = fit;
                    best = other;
                }
            }
            right += best == n ? 1 : 0;
        }
        return (double) right / blocks;
    }

    /** From 8 to 10 kHz, by a windowed sinc. */
    private static double[] resample(double[] in) {
        double[] out = new double[(int) ((long) in.length * Stoi.RATE / RATE)];
        int reach = 24;
        for (int i = 0; i < out.length; i++) {
            double at = (double) i * RATE / Stoi.RATE;
            int centre = (int) at;
            for (int k = Math.max(0, centre - reach);
                    k < Math.min(in.length, centre + reach);
                    k++) {
                double d = at - k;
                double sinc = d == 0 ? 1 : Math.sin(Math.PI * d) / (Math.PI * d);
                out[i] += in[k] * sinc * (0.5 + 0.5 * Math.cos(Math.PI * d / (reach + 1)));
            }
        }
        return out;
    }
}
