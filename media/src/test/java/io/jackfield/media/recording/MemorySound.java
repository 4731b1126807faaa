package io.jackfield.media.recording;

import java.util.Arrays;

/** Keeps what is written, in memory. */
final class MemorySound implements SoundFile {
    private short[] samples = new short[1 << 20];
    private int count;

    @Override
    public void write(short[] interleaved, int offset, int frames) {
        int more = frames * 2;
        if (count + more > samples.length) {
            samples = Arrays.copyOf(samples, samples.length * 2);
        }
        System.arraycopy(interleaved, offset, samples, count, more);
        count += more;
    }

    /** One channel: 0 left, 1 right. */
    short[] channel(int channel) {
        short[] one = new short[count / 2];
        for (int i = 0; i < one.length; i++) {
            one[i] = samples[i * 2 + channel];
        }
        return one;
    }

    @Override
    public void checkpoint() {}

    @Override
    public long bytes() {
        return count * 2L;
    }

    @Override
    public boolean full() {
        return false;
    }

    @Override
    public void finish() {}

    @Override
    public void abandon() {}
}
