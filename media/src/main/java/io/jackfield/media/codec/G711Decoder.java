package io.jackfield.media.codec;

import java.nio.ByteBuffer;
import java.util.Objects;

/** {@link G711} as a codec, with {@link PitchConcealer} for what is lost. */
public final class G711Decoder implements AudioDecoder {
    static final int RATE = 8_000;

    private final G711.Law law;
    private final PitchConcealer concealer = new PitchConcealer(RATE);
    private int lastSamples = RATE * FRAME_MILLIS_USUAL / 1_000;
    private long broken;

    public G711Decoder(G711.Law law) {
        this.law = law;
    }

    @Override
    public int sampleRate() {
        return RATE;
    }

    @Override
    public int rtpClockRate() {
        return RATE;
    }

    @Override
    public int decode(ByteBuffer payload, short[] pcm, int offset) {
        Objects.checkFromIndexSize(offset, frameSamplesMax(), pcm.length);
        int samples = payload.remaining();
        if (samples == 0 || samples > frameSamplesMax()) {
            broken++;
            concealer.conceal(pcm, offset, lastSamples);
            return lastSamples;
        }
        int from = payload.position();
        for (int i = 0; i < samples; i++) {
            pcm[offset + i] = law.expand(payload.get(from + i));
        }
        concealer.heard(pcm, offset, samples);
        lastSamples = samples;
        return samples;
    }

    @Override
    public void conceal(short[] pcm, int offset, int samples) {
        concealer.conceal(pcm, offset, samples);
    }

    @Override
    public long brokenPayloads() {
        return broken;
    }
}
