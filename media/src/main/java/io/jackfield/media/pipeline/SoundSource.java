package io.jackfield.media.pipeline;

/**
 * Sound as samples, for a leg that encodes it: a prompt, or what others say, decoded.
 *
 * <p>Thread: the media loop's.
 */
public interface SoundSource {
    /** Samples a second, always the same: 8,000, 16,000 or 48,000. */
    int sampleRate();

    /**
     * Gives the next 20 ms.
     *
     * @param pcm filled from its beginning
     * @return false where there is nothing to be heard, now or ever again; {@code pcm} is void then
     */
    boolean take(short[] pcm, int samples, long nowNanos);
}
