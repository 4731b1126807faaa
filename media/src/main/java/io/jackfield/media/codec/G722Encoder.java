package io.jackfield.media.codec;

import java.nio.ByteBuffer;

/**
 * G.722 at 64 kbit/s (ITU-T G.722): 16 kHz, one byte for two samples, so frames are even. The RTP
 * clock is 8 kHz by an old mistake that stays (RFC 3551 §4.5.2).
 */
public final class G722Encoder implements AudioEncoder {
    /** Filter gain, and the bit by which a band is narrower than the samples. */
    private static final int BAND_SHIFT = 14;

    private final G722Filter filter = new G722Filter();
    private final G722SubBand low = G722SubBand.low();
    private final G722SubBand high = G722SubBand.high();

    @Override
    public int sampleRate() {
        return G722Decoder.RATE;
    }

    @Override
    public int rtpClockRate() {
        return G722Decoder.RTP_CLOCK_RATE;
    }

    @Override
    public int bytesMax(int samples) {
        return samples / 2;
    }

    @Override
    public int encode(short[] pcm, int offset, int samples, ByteBuffer out) {
        if (samples % 2 != 0) {
            throw new IllegalArgumentException("G.722 takes samples in pairs, not " + samples);
        }
        for (int i = offset; i < offset + samples; i += 2) {
            filter.push(pcm[i], pcm[i + 1]);
            int sum = filter.secondSum() + filter.firstSum();
            int difference = filter.secondSum() - filter.firstSum();
            int lowCode = encodeLow(sum >> BAND_SHIFT);
            int highCode = encodeHigh(difference >> BAND_SHIFT);
            out.put((byte) (highCode << 6 | lowCode));
        }
        return samples / 2;
    }

    private int encodeLow(int sample) {
        int difference = G722SubBand.saturate(sample - low.prediction());
        int code = G722Quantizer.lowCode(difference, low.scale());
        int steering = G722Quantizer.lowSteeringDifference(code, low.scale());
        low.adapt(steering, G722Quantizer.lowLogStep(code));
        return code;
    }

    private int encodeHigh(int sample) {
        int difference = G722SubBand.saturate(sample - high.prediction());
        int code = G722Quantizer.highCode(difference, high.scale());
        int quantized = G722Quantizer.highDifference(code, high.scale());
        high.adapt(quantized, G722Quantizer.highLogStep(code));
        return code;
    }
}
