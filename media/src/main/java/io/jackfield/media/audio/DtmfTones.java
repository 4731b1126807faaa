package io.jackfield.media.audio;

import io.jackfield.protocol.dtmf.DtmfDigit;

/** The two frequencies of each DTMF digit (ITU-T Q.23). */
final class DtmfTones {
    static final double[] LOW = {697, 770, 852, 941};
    static final double[] HIGH = {1_209, 1_336, 1_477, 1_633};

    /** By low frequency, then by high. */
    private static final DtmfDigit[] KEYS = {
        DtmfDigit.DIGIT_1, DtmfDigit.DIGIT_2, DtmfDigit.DIGIT_3, DtmfDigit.A,
        DtmfDigit.DIGIT_4, DtmfDigit.DIGIT_5, DtmfDigit.DIGIT_6, DtmfDigit.B,
        DtmfDigit.DIGIT_7, DtmfDigit.DIGIT_8, DtmfDigit.DIGIT_9, DtmfDigit.C,
        DtmfDigit.STAR, DtmfDigit.DIGIT_0, DtmfDigit.POUND, DtmfDigit.D
    };

    private DtmfTones() {}

    static DtmfDigit digit(int low, int high) {
        return KEYS[low * HIGH.length + high];
    }

    static double lowHertz(DtmfDigit digit) {
        return LOW[place(digit) / HIGH.length];
    }

    static double highHertz(DtmfDigit digit) {
        return HIGH[place(digit) % HIGH.length];
    }

    private static int place(DtmfDigit digit) {
        for (int i = 0; i < KEYS.length; i++) {
            if (KEYS[i] == digit) {
                return i;
            }
        }
        throw new AssertionError(digit);
    }
}
