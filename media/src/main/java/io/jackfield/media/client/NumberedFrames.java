package io.jackfield.media.client;

import java.nio.ByteBuffer;

/**
 * Payloads that say which they are and when they were sent, filled up with bytes that follow from
 * the number, so that whoever hears them can tell each bit that was changed.
 *
 * <p>They stand for any codec that is passed through: to a decoder they are noise.
 */
final class NumberedFrames {
    /** 20 ms of G.711. */
    static final int BYTES = 160;

    private static final int MAGIC = 0x4A41_434B;
    private static final int HEADER_BYTES = 24;

    private NumberedFrames() {}

    /** What a heard frame says; {@code intact} is false where a byte is not as it was sent. */
    record Heard(boolean intact, long talker, long number, long sentNanos) {}

    /**
     * Writes a frame at the position.
     *
     * @param talker random, tells phones apart
     */
    static void write(ByteBuffer out, long talker, long number, long nowNanos) {
        out.putInt(MAGIC).putLong(talker).putInt((int) number).putLong(nowNanos);
        long seed = seed(talker, (int) number, nowNanos);
        for (int i = HEADER_BYTES; i < BYTES; i += Long.BYTES) {
            out.putLong(mixed(seed + i));
        }
    }

    static Heard read(ByteBuffer from, int offset, int length) {
        if (length != BYTES || from.getInt(offset) != MAGIC) {
            return new Heard(false, 0, 0, 0);
        }
        long talker = from.getLong(offset + 4);
        int number = from.getInt(offset + 12);
        long sentNanos = from.getLong(offset + 16);
        long seed = seed(talker, number, sentNanos);
        boolean intact = true;
        for (int i = HEADER_BYTES; i < BYTES; i += Long.BYTES) {
            intact &= from.getLong(offset + i) == mixed(seed + i);
        }
        return new Heard(intact, talker, number, sentNanos);
    }

    /** Each field counts in full: whichever of their bits is changed, the rest does not fit. */
    private static long seed(long talker, int number, long sentNanos) {
        return mixed(talker + mixed(number + mixed(sentNanos)));
    }

    /** One number for each, with about half of the bits changed when one is (MurmurHash3's end). */
    private static long mixed(long value) {
        long mixed = (value ^ value >>> 33) * 0xFF51_AFD7_ED55_8CCDL;
        mixed = (mixed ^ mixed >>> 33) * 0xC4CE_B9FE_1A85_EC53L;
        return mixed ^ mixed >>> 33;
    }
}
