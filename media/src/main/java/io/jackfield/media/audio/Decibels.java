package io.jackfield.media.audio;

/** Levels as people say them. */
public final class Decibels {
    /** A full square wave, 0 dBov; a full sine has 3 dB less. */
    public static final double OVERLOAD = 32_768;

    private Decibels() {}

    /** The ratio of amplitudes that so many dB are. */
    public static double ratio(double decibels) {
        return Math.pow(10, decibels / 20);
    }

    /** A ratio of amplitudes in dB; minus infinity for 0. */
    public static double of(double ratio) {
        return 20 * Math.log10(ratio);
    }
}
