package io.jackfield.media.prompt;

import java.util.Arrays;

/** Sounds made here, so that nothing needs a file: tones, and a short melody that may go round. */
public final class Music {
    /** A sixteenth at 100 beats a minute. */
    private static final int STEP = Prompt.RATE * 60 / 100 / 4;

    /** -14 dBov: as loud as speech, and chords of three stay below full scale. */
    private static final double PEAK = 32_767 * 0.2;

    private static final double ATTACK_SECONDS = 0.008;
    private static final double DECAY_SECONDS = 0.45;

    /** Overtones of a soft bell: multiples of the pitch and their strength. */
    private static final double[][] PARTIALS = {{1, 1.0}, {2, 0.35}, {3, 0.12}};

    /** A broken chord a bar, in semitones above A3: Am, F, C, G with the seventh. */
    private static final int[][] BARS = {
        {0, 3, 7, 12, 15, 12, 7, 3},
        {-4, 0, 3, 8, 12, 8, 3, 0},
        {3, 7, 10, 15, 19, 15, 10, 7},
        {-2, 2, 5, 8, 14, 8, 5, 2},
    };

    private static final double A3_HZ = 220;

    private Music() {}

    /**
     * A steady tone.
     *
     * @param hertz 20 to 3,800
     * @param level peak as a share of full scale, above 0, at most 1
     * @param millis 20 to 600,000
     */
    public static Prompt tone(double hertz, double level, int millis) {
        if (hertz < 20 || hertz > 3_800 || !(level > 0) || level > 1) {
            throw new IllegalArgumentException("no such tone: " + hertz + " Hz at " + level);
        }
        short[] samples = new short[Math.multiplyExact(millis, Prompt.RATE / 1_000)];
        for (int i = 0; i < samples.length; i++) {
            double phase = 2 * Math.PI * hertz * i / Prompt.RATE;
            samples[i] = (short) Math.round(32_767 * level * Math.sin(phase));
        }
        return new Prompt(samples);
    }

    /** One second of 425 Hz and four of silence, as most of Europe rings (ITU-T E.180). */
    public static Prompt ringback() {
        short[] tone = tone(425, 0.1, 1_000).samples();
        return new Prompt(Arrays.copyOf(tone, 5 * Prompt.RATE));
    }

    /** Ten seconds of broken chords; its end fits its beginning. */
    public static Prompt melody() {
        int notes = BARS.length * BARS[0].length;
        double[] mix = new double[notes * STEP * 2];
        for (int note = 0; note < notes; note++) {
            int[] bar = BARS[note / BARS[0].length];
            double hertz = A3_HZ * Math.pow(2, bar[note % bar.length] / 12.0);
            ring(mix, note * STEP * 2, hertz);
        }
        short[] samples = new short[mix.length];
        for (int i = 0; i < mix.length; i++) {
            samples[i] = (short) Math.round(Math.clamp(mix[i], -32_767.0, 32_767.0));
        }
        return new Prompt(samples);
    }

    /** One note, which rings on over the next ones and around the end. */
    private static void ring(double[] mix, int from, double hertz) {
        int length = (int) (Prompt.RATE * DECAY_SECONDS * 5);
        for (int i = 0; i < length; i++) {
            double seconds = (double) i / Prompt.RATE;
            double envelope =
                    Math.min(1, seconds / ATTACK_SECONDS) * Math.exp(-seconds / DECAY_SECONDS);
            double sum = 0;
            for (double[] partial : PARTIALS) {
                sum += partial[1] * Math.sin(2 * Math.PI * hertz * partial[0] * seconds);
            }
            mix[(from + i) % mix.length] += PEAK * envelope * sum;
        }
    }
}
