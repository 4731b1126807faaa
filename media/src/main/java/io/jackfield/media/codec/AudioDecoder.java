package io.jackfield.media.codec;

import java.nio.ByteBuffer;

/**
 * Turns the payloads of one stream into 16-bit samples of one channel, and fills in for those that
 * did not come.
 *
 * <p>Whatever a payload holds, it never throws: a broken one is counted, and concealed like a lost
 * one. Samples go into the caller's array. Thread: one at a time.
 */
public interface AudioDecoder extends AutoCloseable {
    /** "A receiver SHOULD accept packets representing between 0 and 200 ms" (RFC 3551 §4.2). */
    int FRAME_MILLIS_MAX = 200;

    /** What is concealed for a broken payload before any good one has told its length. */
    int FRAME_MILLIS_USUAL = 20;

    /** Samples a second that it gives. */
    int sampleRate();

    /** Units a second of the RTP timestamp; not always the sample rate. */
    int rtpClockRate();

    /** No payload gives more samples than this. */
    default int frameSamplesMax() {
        return sampleRate() * FRAME_MILLIS_MAX / 1_000;
    }

    /**
     * Decodes the next payload.
     *
     * @param payload from position to limit, both of which stay
     * @param pcm with room for {@link #frameSamplesMax()} after {@code offset}, however short the
     *     payload
     * @return samples written, at least 1; for a broken payload as many as for the one before it
     */
    int decode(ByteBuffer payload, short[] pcm, int offset);

    /**
     * Goes on for a frame that is missing.
     *
     * @param samples at least 0
     */
    void conceal(short[] pcm, int offset, int samples);

    /**
     * The same for the frame just before {@code next}, which may carry a copy of it (Opus' in-band
     * FEC, RFC 6716 §2.1.7). {@code next} is still to be decoded afterwards.
     */
    default void recover(ByteBuffer next, short[] pcm, int offset, int samples) {
        conceal(pcm, offset, samples);
    }

    /** Payloads that could not be decoded. */
    long brokenPayloads();

    /** Frees what lies outside the heap; twice is once. */
    @Override
    default void close() {}
}
