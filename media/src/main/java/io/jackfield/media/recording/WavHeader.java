package io.jackfield.media.recording;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The head of a WAV file of ours: 16-bit PCM, two channels. Pure; any thread. */
final class WavHeader {
    static final int BYTES = 44;
    static final int FRAME_BYTES = 4;

    /** Sizes are 32 bits. */
    static final long DATA_BYTES_MAX = 0xFFFF_FFFFL - BYTES;

    private static final int CHANNELS = 2;
    private static final int PCM = 1;

    private WavHeader() {}

    /**
     * @param dataBytes what follows; not more than {@link #DATA_BYTES_MAX}
     */
    static ByteBuffer of(int rate, long dataBytes) {
        ByteBuffer header = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
        header.put(ascii("RIFF")).putInt((int) (dataBytes + BYTES - 8)).put(ascii("WAVE"));
        header.put(ascii("fmt ")).putInt(16).putShort((short) PCM).putShort((short) CHANNELS);
        header.putInt(rate).putInt(rate * FRAME_BYTES);
        header.putShort((short) FRAME_BYTES).putShort((short) 16);
        header.put(ascii("data")).putInt((int) dataBytes);
        return header.flip();
    }

    /** The whole frames in a file of that size. */
    static long dataBytes(long fileBytes) {
        return Math.max(0, fileBytes - BYTES) / FRAME_BYTES * FRAME_BYTES;
    }

    /** The rate that a header of ours says; 0 where it is none. */
    static int rate(ByteBuffer header) {
        if (header.remaining() < BYTES) {
            return 0;
        }
        ByteBuffer little = header.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        int at = header.position();
        byte[] riff = new byte[4];
        little.get(at, riff);
        boolean ours =
                java.util.Arrays.equals(riff, ascii("RIFF"))
                        && little.getShort(at + 20) == PCM
                        && little.getShort(at + 22) == CHANNELS;
        return ours ? little.getInt(at + 24) : 0;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
