package io.jackfield.media.codec;

import java.nio.ByteBuffer;

/**
 * Turns 16-bit samples of one channel into the payloads of one stream. Thread: one at a time.
 *
 * <p>What is asked for is our own; a frame of a length that the codec does not have is an {@code
 * IllegalArgumentException}.
 */
public interface AudioEncoder extends AutoCloseable {
    /** Samples a second that it takes. */
    int sampleRate();

    /** Units a second of the RTP timestamp; not always the sample rate. */
    int rtpClockRate();

    /** Bytes that a frame of so many samples may need; {@code encode} wants that much room. */
    int bytesMax(int samples);

    /**
     * Encodes one frame.
     *
     * @param samples 10 or 20 ms, or what else the codec takes
     * @param out written at its position, which moves
     * @return bytes written; 0 when there is nothing that need be sent (DTX)
     */
    int encode(short[] pcm, int offset, int samples, ByteBuffer out);

    /** Frees what lies outside the heap; twice is once. */
    @Override
    default void close() {}
}
