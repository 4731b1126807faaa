package io.jackfield.media.audio;

import io.jackfield.media.codec.AudioDecoder;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A codec whose payload is a number, and whose sound is that number all along: what is heard tells
 * which packet it came from. Concealment is 0, recovery the negative number.
 */
final class NumberDecoder implements AudioDecoder {
    private final int sampleRate;
    private final int frameSamples;

    NumberDecoder(int sampleRate, int frameMillis) {
        this.sampleRate = sampleRate;
        this.frameSamples = sampleRate * frameMillis / 1_000;
    }

    static ByteBuffer payload(int number) {
        return ByteBuffer.allocate(2).putShort((short) number).flip();
    }

    @Override
    public int sampleRate() {
        return sampleRate;
    }

    @Override
    public int rtpClockRate() {
        return 48_000;
    }

    @Override
    public int decode(ByteBuffer payload, short[] pcm, int offset) {
        Arrays.fill(pcm, offset, offset + frameSamples, payload.getShort(payload.position()));
        return frameSamples;
    }

    @Override
    public void conceal(short[] pcm, int offset, int samples) {
        Arrays.fill(pcm, offset, offset + samples, (short) 0);
    }

    @Override
    public void recover(ByteBuffer next, short[] pcm, int offset, int samples) {
        short number = (short) (1 - next.getShort(next.position()));
        Arrays.fill(pcm, offset, offset + samples, number);
    }

    @Override
    public long brokenPayloads() {
        return 0;
    }
}
