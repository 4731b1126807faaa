package io.jackfield.loadtool.measure;

import java.nio.ByteBuffer;

/**
 * A payload that says whose and which it is and when it was sent, filled up with bytes that follow
 * from that, so that whoever hears it can tell each bit that was changed. It stands for any codec
 * that is passed through; to a decoder it is noise.
 *
 * <p>A flyweight: one object serves all frames of a thread, one after another.
 */
public final class NumberedFrame {
    /** The least that a frame can have. */
    public static final int BYTES_MIN = 24;

    private static final int MAGIC = 0x4A46_4C44;

    private int talker;
    private int number;
    private long sentNanos;

    /**
     * Writes a frame.
     *
     * @param run tells this run's frames from others'
     * @param length at least {@link #BYTES_MIN}
     */
    public static void write(
            ByteBuffer out,
            int offset,
            int length,
            int run,
            int talker,
            int number,
            long sentNanos) {
        out.putInt(offset, MAGIC ^ run);
        out.putInt(offset + 4, talker);
        out.putInt(offset + 8, number);
        out.putInt(offset + 12, length);
        out.putLong(offset + 16, sentNanos);
        long seed = seed(talker, number, sentNanos);
        int words = offset + length - (length & 7);
        for (int at = offset + BYTES_MIN; at < words; at += Long.BYTES) {
            out.putLong(at, mixed(seed + at - offset));
        }
        for (int at = words; at < offset + length; at++) {
            out.put(at, (byte) seed);
        }
    }

    /**
     * Reads a frame.
     *
     * @return false where it is none of this run's, or not as it was sent
     */
    public boolean read(ByteBuffer from, int offset, int length, int run) {
        if (length < BYTES_MIN
                || from.getInt(offset) != (MAGIC ^ run)
                || from.getInt(offset + 12) != length) {
            return false;
        }
        talker = from.getInt(offset + 4);
        number = from.getInt(offset + 8);
        sentNanos = from.getLong(offset + 16);
        return filled(from, offset, length);
    }

    private boolean filled(ByteBuffer from, int offset, int length) {
        long seed = seed(talker, number, sentNanos);
        int words = offset + length - (length & 7);
        boolean intact = true;
        for (int at = offset + BYTES_MIN; at < words; at += Long.BYTES) {
            intact &= from.getLong(at) == mixed(seed + at - offset);
        }
        for (int at = words; at < offset + length; at++) {
            intact &= from.get(at) == (byte) seed;
        }
        return intact;
    }

    public int talker() {
        return talker;
    }

    public int number() {
        return number;
    }

    public long sentNanos() {
        return sentNanos;
    }

    /** Each field counts in full: whichever of their bits is changed, the rest does not fit. */
    private static long seed(int talker, int number, long sentNanos) {
        return mixed(talker + mixed(number + mixed(sentNanos)));
    }

    /** One number for each, with about half of the bits changed when one is (MurmurHash3's end). */
    private static long mixed(long value) {
        long mixed = (value ^ value >>> 33) * 0xFF51_AFD7_ED55_8CCDL;
        mixed = (mixed ^ mixed >>> 33) * 0xC4CE_B9FE_1A85_EC53L;
        return mixed ^ mixed >>> 33;
    }
}
