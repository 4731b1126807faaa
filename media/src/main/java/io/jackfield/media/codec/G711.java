package io.jackfield.media.codec;

/**
 * G.711: 16-bit linear samples to and from 8 bits, by µ-law (PCMU) and A-law (PCMA).
 *
 * <p>Samples are scaled as usual in software: the 14 bits of µ-law and the 13 of A-law stand at the
 * top of 16. Pure; any thread; table look-ups.
 */
public final class G711 {
    /** The code of zero, what a silent line sends. */
    public static final byte ULAW_SILENCE = (byte) 0xFF;

    /** Likewise; A-law has no zero, this is its smallest positive step. */
    public static final byte ALAW_SILENCE = (byte) 0xD5;

    /** Added before µ-law's logarithm, in units of its 14 bits. */
    private static final int ULAW_BIAS = 33;

    /** Beyond this µ-law has no more steps (ITU-T G.711 table 2: virtual decision value 8159). */
    private static final int ULAW_CLIP = 8158;

    /** A-law sends every second bit inverted (§3.2, "even bits"). */
    private static final int ALAW_MASK = 0x55;

    private static final byte[] TO_ULAW = new byte[1 << 16];
    private static final byte[] TO_ALAW = new byte[1 << 16];
    private static final short[] FROM_ULAW = new short[1 << 8];
    private static final short[] FROM_ALAW = new short[1 << 8];

    static {
        for (int code = 0; code < FROM_ULAW.length; code++) {
            FROM_ULAW[code] = (short) expandUlaw(code);
            FROM_ALAW[code] = (short) expandAlaw(code);
        }
        for (int sample = Short.MIN_VALUE; sample <= Short.MAX_VALUE; sample++) {
            TO_ULAW[sample & 0xFFFF] = (byte) compressUlaw(sample);
            TO_ALAW[sample & 0xFFFF] = (byte) compressAlaw(sample);
        }
    }

    /** The two laws of the standard. */
    public enum Law {
        /** North America and Japan: PCMU. */
        ULAW,
        /** Everywhere else: PCMA. */
        ALAW;

        /** The code of a silent line. */
        public byte silence() {
            return this == ULAW ? ULAW_SILENCE : ALAW_SILENCE;
        }

        public byte compress(short sample) {
            return this == ULAW ? toUlaw(sample) : toAlaw(sample);
        }

        public short expand(byte code) {
            return this == ULAW ? fromUlaw(code) : fromAlaw(code);
        }
    }

    private G711() {}

    public static byte toUlaw(short sample) {
        return TO_ULAW[sample & 0xFFFF];
    }

    public static byte toAlaw(short sample) {
        return TO_ALAW[sample & 0xFFFF];
    }

    public static short fromUlaw(byte code) {
        return FROM_ULAW[code & 0xFF];
    }

    public static short fromAlaw(byte code) {
        return FROM_ALAW[code & 0xFF];
    }

    /** What lies on a decision value belongs to the step above it, for negative values as well. */
    private static int magnitude(int sample) {
        return sample < 0 ? ~sample : sample;
    }

    private static int compressUlaw(int sample) {
        int biased = Math.min(magnitude(sample) >> 2, ULAW_CLIP) + ULAW_BIAS;
        int segment = log2(biased) - 5;
        int step = biased >> (segment + 1) & 0x0F;
        int sign = sample < 0 ? 0x80 : 0;
        return ~(sign | segment << 4 | step) & 0xFF;
    }

    private static int expandUlaw(int code) {
        int bits = ~code & 0xFF;
        int segment = bits >> 4 & 0x07;
        int magnitude = (((bits & 0x0F) << 1) + ULAW_BIAS << segment) - ULAW_BIAS << 2;
        return (bits & 0x80) == 0 ? magnitude : -magnitude;
    }

    /** The lowest two segments are one straight line, so the first of them has no logarithm. */
    private static int compressAlaw(int sample) {
        int magnitude = magnitude(sample) >> 4;
        int segment = magnitude < 16 ? 0 : log2(magnitude) - 3;
        int step = segment == 0 ? magnitude : magnitude >> (segment - 1) & 0x0F;
        int sign = sample < 0 ? 0 : 0x80;
        return (sign | segment << 4 | step) ^ ALAW_MASK;
    }

    private static int log2(int value) {
        return 31 - Integer.numberOfLeadingZeros(value);
    }

    private static int expandAlaw(int code) {
        int bits = code ^ ALAW_MASK;
        int segment = bits >> 4 & 0x07;
        int step = bits & 0x0F;
        int magnitude = segment == 0 ? (step << 4) + 8 : (step << 4) + 0x108 << (segment - 1);
        return (bits & 0x80) == 0 ? -magnitude : magnitude;
    }
}
