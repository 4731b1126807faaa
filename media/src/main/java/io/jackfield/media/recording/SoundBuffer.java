package io.jackfield.media.recording;

import java.util.Arrays;

/**
 * The last seconds of both channels, in which tracks still write. What nobody wrote is silent.
 * Positions are in samples since the recording began. Thread: the writer's.
 */
final class SoundBuffer {
    private static final int CHANNELS = 2;

    /** Above {@link VoiceTrack#HOLD_NANOS}, the margin for late packets, and the longest packet. */
    private static final int SECONDS = 4;

    private final short[] ring;
    private final int frames;
    private long flushed;

    SoundBuffer(int rate) {
        frames = rate * SECONDS;
        ring = new short[frames * CHANNELS];
    }

    /** Takes frames of two samples in order. */
    @FunctionalInterface
    interface Sink {
        void write(short[] interleaved, int offset, int frames, long position)
                throws java.io.IOException;
    }

    /** Writes what lies within the buffer; the rest is cut off. */
    void put(int channel, long position, short[] samples, int count) {
        int first = Math.clamp(flushed - position, 0, count);
        int last = Math.clamp(flushed + frames - position, 0, count);
        for (int i = first; i < last; i++) {
            ring[(int) ((position + i) % frames) * CHANNELS + channel] = samples[i];
        }
    }

    /** Gives away everything before that position. */
    void flush(long until, Sink sink) throws java.io.IOException {
        while (flushed < until) {
            int at = (int) (flushed % frames);
            int count = (int) Math.min(until - flushed, frames - at);
            sink.write(ring, at * CHANNELS, count, flushed);
            Arrays.fill(ring, at * CHANNELS, (at + count) * CHANNELS, (short) 0);
            flushed += count;
        }
    }

    long flushed() {
        return flushed;
    }
}
