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
        for (int i = HEADER_BYTES; i < BYTES; i++) {
            out.put(filler(talker, number, i));
        }
    }

    static Heard read(ByteBuffer from, int offset, int length) {
        if (length != BYTES || from.getInt(offset) != MAGIC) {
            return new Heard(false, 0, 0, 0);
        }
        long talker = from.getLong(offset + 4);
        int number = from.getInt(offset + 12);
        boolean intact = true;
        for (int i = HEADER_BYTES; i < BYTES; i++) {
            intact &= from.get(offset + i) == filler(talker, number, i);
        }
        return new Heard(intact, talker, number, from.getLong(offset + 16));
    }

    private static byte filler(long talker, long number, int index) {
        long mixed = (talker ^ number * 0x9E37_79B9L + index) * 0xBF58_476DL;
        return (byte) (mixed >>> 24);
    }
}
