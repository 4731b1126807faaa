package io.jackfield.media.codec;

/**
 * The quantizers of G.722: 6 bits below 4 kHz, of which the upper 4 steer the prediction, and 2
 * bits above (ITU-T G.722 tables 14 to 21, blocks 2 and 3).
 */
final class G722Quantizer {
    /** Decision levels of the 60 steps used, in units of the scale (Q6). */
    private static final int[] DECISIONS = {
        35, 72, 110, 150, 190, 233, 276, 323, 370, 422, 473, 530, 587, 650, 714, 786, 858, 940,
        1023, 1121, 1219, 1339, 1458, 1612, 1765, 1980, 2195, 2557, 2919
    };

    /** The one decision level of each sign above 4 kHz (Q2). */
    private static final int HIGH_DECISION = 564;

    /** Magnitudes of the 6-bit codes, quietest first (QQ6); the first also for codes not used. */
    private static final int[] FINE = {
        136, 432, 728, 1040, 1360, 1688, 2032, 2400, 2776, 3168, 3576, 4008, 4464, 4944, 5456, 6000,
        6576, 7192, 7856, 8576, 9360, 10_232, 11_192, 12_280, 13_512, 14_984, 16_704, 19_008,
        21_904, 24_808
    };

    /** Magnitudes of the 4-bit codes, quietest first (QQ4). */
    private static final int[] COARSE = {0, 1200, 2584, 4240, 6288, 8968, 12_896, 20_456};

    /** What each of those magnitudes adds to the logarithm of the scale (WL). */
    private static final int[] COARSE_LOG_STEPS = {-60, -30, 58, 172, 334, 538, 1198, 3042};

    /** By 2-bit code (QQ2, WH). */
    private static final int[] HIGH = {-7408, -1616, 7408, 1616};

    private static final int[] HIGH_LOG_STEPS = {798, -214, 798, -214};

    /** By 6-bit code, with its sign. */
    private static final int[] FINE_BY_CODE = new int[64];

    /** By 4-bit code, with its sign. */
    private static final int[] COARSE_BY_CODE = new int[16];

    private static final int[] COARSE_LOG_STEP_BY_CODE = new int[16];

    static {
        fillFine();
        fillCoarse();
    }

    private G722Quantizer() {}

    /** Positive 61 down to 32; negative 63, 62, then 31 down to 4; the other four are not used. */
    private static void fillFine() {
        for (int code = 0; code < 4; code++) {
            FINE_BY_CODE[code] = -FINE[0];
        }
        for (int step = 0; step < FINE.length; step++) {
            FINE_BY_CODE[positiveCode(step)] = FINE[step];
            FINE_BY_CODE[negativeCode(step)] = -FINE[step];
        }
    }

    /** Positive 14 down to 8; negative 7 down to 1; 15 and 0 are zero. */
    private static void fillCoarse() {
        for (int step = 1; step < COARSE.length; step++) {
            int positive = 15 - step;
            int negative = 8 - step;
            COARSE_BY_CODE[positive] = COARSE[step];
            COARSE_BY_CODE[negative] = -COARSE[step];
            COARSE_LOG_STEP_BY_CODE[positive] = COARSE_LOG_STEPS[step];
            COARSE_LOG_STEP_BY_CODE[negative] = COARSE_LOG_STEPS[step];
        }
        COARSE_LOG_STEP_BY_CODE[15] = COARSE_LOG_STEPS[0];
        COARSE_LOG_STEP_BY_CODE[0] = COARSE_LOG_STEPS[0];
    }

    private static int positiveCode(int step) {
        return 61 - step;
    }

    private static int negativeCode(int step) {
        return step < 2 ? 63 - step : 33 - step;
    }

    /** The 6-bit code of a difference (QUANTL). */
    static int lowCode(int difference, int scale) {
        int magnitude = difference < 0 ? ~difference : difference;
        int step = 0;
        while (step < DECISIONS.length && magnitude >= DECISIONS[step] * scale >> 12) {
            step++;
        }
        return difference < 0 ? negativeCode(step) : positiveCode(step);
    }

    /** The 2-bit code of a difference (QUANTH). */
    static int highCode(int difference, int scale) {
        int magnitude = difference < 0 ? ~difference : difference;
        boolean loud = magnitude >= HIGH_DECISION * scale >> 12;
        int quietCode = difference < 0 ? 1 : 3;
        return loud ? quietCode - 1 : quietCode;
    }

    /** The difference that a 6-bit code stands for (INVQBL). */
    static int lowDifference(int code, int scale) {
        return scale * FINE_BY_CODE[code] >> 15;
    }

    /** The difference that its upper 4 bits stand for, which the prediction goes by (INVQAL). */
    static int lowSteeringDifference(int code, int scale) {
        return scale * COARSE_BY_CODE[code >> 2] >> 15;
    }

    static int lowLogStep(int code) {
        return COARSE_LOG_STEP_BY_CODE[code >> 2];
    }

    /** The difference that a 2-bit code stands for (INVQAH). */
    static int highDifference(int code, int scale) {
        return scale * HIGH[code] >> 15;
    }

    static int highLogStep(int code) {
        return HIGH_LOG_STEPS[code];
    }
}
