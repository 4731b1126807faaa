package io.jackfield.media.codec;

import java.nio.ByteBuffer;

/** {@link G711} as a codec: frames of any length, one byte a sample, 8 kHz. */
public final class G711Encoder implements AudioEncoder {
    private final G711.Law law;

    public G711Encoder(G711.Law law) {
        this.law = law;
    }

    @Override
    public int sampleRate() {
        return G711Decoder.RATE;
    }

    @Override
    public int rtpClockRate() {
        return G711Decoder.RATE;
    }

    @Override
    public int bytesMax(int samples) {
        return samples;
    }

    @Override
    public int encode(short[] pcm, int offset, int samples, ByteBuffer out) {
        for (int i = offset; i < offset + samples; i++) {
            out.put(law.compress(pcm[i]));
        }
        return samples;
    }
}
