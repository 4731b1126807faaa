package io.jackfield.media.codec;

import java.nio.ByteBuffer;
import java.util.Objects;

/** What {@link G722Encoder} encodes, with {@link PitchConcealer} for what is lost. */
public final class G722Decoder implements AudioDecoder {
    static final int RATE = 16_000;
    static final int RTP_CLOCK_RATE = 8_000;

    /** Filter gain less the two bits by which a band's interpolation is quieter. */
    private static final int SAMPLE_SHIFT = 11;

    private static final int BAND_MAX = 16_383;

    private final G722Filter filter = new G722Filter();
    private final G722SubBand low = G722SubBand.low();
    private final G722SubBand high = G722SubBand.high();
    private final PitchConcealer concealer = new PitchConcealer(RATE);
    private int lastSamples = RATE * FRAME_MILLIS_USUAL / 1_000;
    private long broken;

    @Override
    public int sampleRate() {
        return RATE;
    }

    @Override
    public int rtpClockRate() {
        return RTP_CLOCK_RATE;
    }

    @Override
    public int decode(ByteBuffer payload, short[] pcm, int offset) {
        Objects.checkFromIndexSize(offset, frameSamplesMax(), pcm.length);
        int samples = payload.remaining() * 2;
        if (samples == 0 || samples > frameSamplesMax()) {
            broken++;
            concealer.conceal(pcm, offset, lastSamples);
            return lastSamples;
        }
        int at = offset;
        for (int i = payload.position(); i < payload.limit(); i++) {
            int code = payload.get(i) & 0xFF;
            int lowSample = decodeLow(code & 0x3F);
            int highSample = decodeHigh(code >> 6);
            filter.push(lowSample + highSample, lowSample - highSample);
            pcm[at++] = (short) G722SubBand.saturate(filter.secondSum() >> SAMPLE_SHIFT);
            pcm[at++] = (short) G722SubBand.saturate(filter.firstSum() >> SAMPLE_SHIFT);
        }
        concealer.heard(pcm, offset, samples);
        lastSamples = samples;
        return samples;
    }

    private int decodeLow(int code) {
        int scale = low.scale();
        int sample = low.prediction() + G722Quantizer.lowDifference(code, scale);
        int steering = G722Quantizer.lowSteeringDifference(code, scale);
        low.adapt(steering, G722Quantizer.lowLogStep(code));
        return Math.clamp(sample, -BAND_MAX - 1, BAND_MAX);
    }

    private int decodeHigh(int code) {
        int difference = G722Quantizer.highDifference(code, high.scale());
        int sample = high.prediction() + difference;
        high.adapt(difference, G722Quantizer.highLogStep(code));
        return Math.clamp(sample, -BAND_MAX - 1, BAND_MAX);
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
