package io.jackfield.media.audio;

import java.util.Arrays;
import java.util.Optional;

/**
 * Measures what somebody says while something is played to him: how loud he speaks, how loud it is
 * around him, whether it clips, and how much of what is played comes back.
 *
 * <p>Frames of 20 ms, the first minute of them; later ones change nothing but the peak. An echo is
 * looked for in the frames' energies while he listens, at delays up to a second: where what comes
 * back rises and falls with what was played, it is one. Thread: one at a time; a frame allocates
 * nothing.
 */
public final class SoundMeter {
    /** Frames that are kept: a minute. */
    private static final int FRAMES_MAX = 3_000;

    /** The longest way to the ear and back. */
    private static final int LAG_MAX = 50;

    private static final int FRAME_MILLIS = 20;

    /** G.711's loudest steps are below full scale: what is up here is at the end of its range. */
    private static final int CLIPPED_MIN = 32_000;

    /** Speech stands out so far from what is around it. */
    private static final double SPEECH_ABOVE = 10;

    /** Share of frames, the quietest ones, that are taken for the noise floor. */
    private static final double FLOOR_SHARE = 0.1;

    /** Below this there is no telling: half a step of 16 bits. */
    private static final double SILENCE_DECIBELS = -96;

    /** So much alike are the two envelopes where one is the other's echo. */
    private static final double LIKENESS_MIN = 0.6;

    /** What is quieter is not listened for. */
    private static final double PLAYED_DECIBELS = -50;

    /** What comes is quieter than what was played by this, or is his own voice. */
    private static final double LISTENS_BELOW = 3;

    /** An echo is told from the noise around it. */
    private static final double ABOVE_FLOOR = 6;

    /** Less than this, a second and a half, was listened to: too little to judge by. */
    private static final int LISTENED_MIN = 75;

    /**
     * What comes back of what is played.
     *
     * @param lossDecibels how much quieter: 0 or more, usually
     * @param delayMillis after it was sent
     */
    public record Echo(double lossDecibels, int delayMillis) {}

    private final float[] said = new float[FRAMES_MAX];
    private final float[] played = new float[FRAMES_MAX];
    private int frames;
    private int peak;
    private long samples;
    private long clipped;

    /**
     * Takes a frame of what is said, and the one played in the same moment.
     *
     * @param count of samples in both
     */
    public void hear(short[] saying, short[] playing, int count) {
        if (frames < FRAMES_MAX) {
            said[frames] = (float) power(saying, count);
            played[frames] = (float) power(playing, count);
            frames++;
        }
        for (int i = 0; i < count; i++) {
            int magnitude = Math.abs(saying[i]);
            peak = Math.max(peak, magnitude);
            clipped += magnitude >= CLIPPED_MIN ? 1 : 0;
        }
        samples += count;
    }

    private static double power(short[] pcm, int count) {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += (long) pcm[i] * pcm[i];
        }
        return (double) sum / count;
    }

    private static double decibels(double power) {
        double level = Decibels.of(Math.sqrt(power) / Decibels.OVERLOAD);
        return Math.max(level, SILENCE_DECIBELS);
    }

    /** Whole milliseconds heard. */
    public long heardMillis() {
        return (long) frames * FRAME_MILLIS;
    }

    /** How loud it is when nobody speaks, in dBov: -96 or more. */
    public double noiseFloorDecibels() {
        return decibels(floor());
    }

    private double floor() {
        if (frames == 0) {
            return 0;
        }
        float[] sorted = Arrays.copyOf(said, frames);
        Arrays.sort(sorted);
        int quietest = Math.max(1, (int) (frames * FLOOR_SHARE));
        double sum = 0;
        for (int i = 0; i < quietest; i++) {
            sum += sorted[i];
        }
        return sum / quietest;
    }

    /** How loud speech is on average, in dBov; -96 where there was none. */
    public double speechDecibels() {
        double from = noiseFloorDecibels() + SPEECH_ABOVE;
        double sum = 0;
        int count = 0;
        for (int i = 0; i < frames; i++) {
            if (decibels(said[i]) >= from) {
                sum += said[i];
                count++;
            }
        }
        return count == 0 ? SILENCE_DECIBELS : decibels(sum / count);
    }

    /** In dBov; -96 for silence. */
    public double peakDecibels() {
        return decibels((double) peak * peak);
    }

    /** Share of samples at the end of the range: 0 to 1. */
    public double clippedShare() {
        return samples == 0 ? 0 : (double) clipped / samples;
    }

    /** The echo, where one is found; none, too, where too little was played to find one by. */
    public Optional<Echo> echo() {
        float[] out = levels(played);
        float[] in = levels(said);
        int best = 0;
        double bestLikeness = LIKENESS_MIN;
        for (int lag = 0; lag <= LAG_MAX; lag++) {
            double likeness = likeness(out, in, lag);
            if (likeness > bestLikeness) {
                best = lag;
                bestLikeness = likeness;
            }
        }
        return bestLikeness == LIKENESS_MIN
                ? Optional.empty()
                : Optional.of(new Echo(loss(out, in, best), best * FRAME_MILLIS));
    }

    private float[] levels(float[] powers) {
        float[] levels = new float[frames];
        for (int i = 0; i < frames; i++) {
            levels[i] = (float) decibels(powers[i]);
        }
        return levels;
    }

    /** He listens: something is played, and what comes is well below it. */
    private static boolean listens(float out, float in) {
        return out > PLAYED_DECIBELS && in < out - LISTENS_BELOW;
    }

    /**
     * How the two courses of level go together while he listens: -1 to 1. Levels, not energies: a
     * word of his own in between then weighs no more than any other frame.
     */
    private double likeness(float[] out, float[] in, int lag) {
        int count = 0;
        double x = 0;
        double y = 0;
        double xx = 0;
        double yy = 0;
        double xy = 0;
        for (int i = 0; i + lag < frames; i++) {
            if (listens(out[i], in[i + lag])) {
                count++;
                x += out[i];
                y += in[i + lag];
                xx += out[i] * out[i];
                yy += in[i + lag] * in[i + lag];
                xy += out[i] * in[i + lag];
            }
        }
        if (count < LISTENED_MIN) {
            return 0;
        }
        double variances = (xx - x * x / count) * (yy - y * y / count);
        return variances > 0 ? (xy - x * y / count) / Math.sqrt(variances) : 0;
    }

    /**
     * By how much the echo is quieter, in the middle of all frames that stand out from the floor.
     */
    private double loss(float[] out, float[] in, int lag) {
        double floor = noiseFloorDecibels() + ABOVE_FLOOR;
        float[] losses = new float[frames];
        int count = 0;
        for (int i = 0; i + lag < frames; i++) {
            if (listens(out[i], in[i + lag]) && in[i + lag] > floor) {
                losses[count++] = out[i] - in[i + lag];
            }
        }
        Arrays.sort(losses, 0, count);
        return count == 0 ? 0 : losses[count / 2];
    }
}
