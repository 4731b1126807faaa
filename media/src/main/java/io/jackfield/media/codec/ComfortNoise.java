package io.jackfield.media.codec;

/**
 * What comfort noise payloads are made of (RFC 3389 §3): one byte of level, then one byte for each
 * reflection coefficient of an all-pole model.
 */
final class ComfortNoise {
    /** Noise of a room has no finer spectrum; "the decoder may reduce the model order" (§3). */
    static final int ORDER_MAX = 12;

    /** Levels are 0 to 127, in dB below overload (§3.1). */
    static final int LEVEL_MAX = 127;

    /** Coefficient 0 (§3.2). */
    private static final int CODE_OF_ZERO = 127;

    private static final int CODE_MAX = 254;

    /** "k_i(N_i) = 258*(N_i-127)/32768" (§3.2). */
    private static final double UNIT = 258.0 / 32_768;

    private ComfortNoise() {}

    /** 255 has no meaning and would make the model unstable: the nearest that has. */
    static double coefficient(byte code) {
        return (Math.min(code & 0xFF, CODE_MAX) - CODE_OF_ZERO) * UNIT;
    }

    /** The nearest code; {@code coefficient} is above -1 and below 1. */
    static byte code(double coefficient) {
        long code = Math.round(coefficient / UNIT) + CODE_OF_ZERO;
        return (byte) Math.clamp(code, 0, CODE_MAX);
    }

    /** Root mean square of samples at that level; 0 dBov is a full square wave. */
    static double amplitude(int level) {
        return 32_768 * Math.pow(10, -level / 20.0);
    }

    static int level(double amplitude) {
        double below = amplitude > 0 ? -20 * Math.log10(amplitude / 32_768) : LEVEL_MAX;
        return Math.clamp(Math.round(below), 0, LEVEL_MAX);
    }
}
