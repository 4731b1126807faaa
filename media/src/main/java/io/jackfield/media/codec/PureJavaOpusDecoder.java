package io.jackfield.media.codec;

import io.github.jaredmdobson.concentus.OpusDecoder;
import io.github.jaredmdobson.concentus.OpusException;
import io.jackfield.media.resampler.Resampler;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;

/**
 * One decoder of Concentus; guarded, since broken payloads make it throw and upset its state.
 *
 * <p>It always decodes at 48 kHz, and what it gives is resampled: at lower rates Concentus makes
 * silence of hybrid frames (RFC 6716 §3.1), which browsers send.
 */
final class PureJavaOpusDecoder implements AudioDecoder {
    private static final int INNER_RATE = 48_000;

    private final int sampleRate;
    private final int samplesMax;
    private final int unit;

    /** Samples of Concentus for one of ours. */
    private final int ratio;

    private final OpusDecoder decoder;
    private final Resampler resampler;
    private final byte[] input = new byte[NativeOpusDecoder.PAYLOAD_MAX];
    private final short[] decoded;
    private final short[] output;
    private int lastSamples;
    private long broken;

    /**
     * @param sampleRate 8,000, 16,000, 24,000 or 48,000
     */
    PureJavaOpusDecoder(int sampleRate) {
        this.sampleRate = sampleRate;
        this.ratio = INNER_RATE / sampleRate;
        this.resampler = new Resampler(INNER_RATE, sampleRate);
        this.samplesMax = sampleRate * Opus.FRAME_MILLIS_MAX / 1_000;
        this.unit = sampleRate / 400;
        this.decoded = new short[samplesMax * ratio];
        this.output = new short[samplesMax];
        this.lastSamples = sampleRate * FRAME_MILLIS_USUAL / 1_000;
        try {
            decoder = new OpusDecoder(INNER_RATE, 1);
        } catch (OpusException e) {
            throw new IllegalStateException("Concentus refused a decoder", e);
        }
    }

    @Override
    public int sampleRate() {
        return sampleRate;
    }

    @Override
    public int rtpClockRate() {
        return Opus.RTP_CLOCK_RATE;
    }

    @Override
    public int decode(ByteBuffer payload, short[] pcm, int offset) {
        Objects.checkFromIndexSize(offset, frameSamplesMax(), pcm.length);
        int samples = decode(payload, samplesMax, false);
        if (samples <= 0) {
            broken++;
            conceal(pcm, offset, lastSamples);
            return lastSamples;
        }
        System.arraycopy(output, 0, pcm, offset, samples);
        lastSamples = samples;
        return samples;
    }

    /** Into {@link #output}; samples, or 0 for a payload that is broken. */
    private int decode(ByteBuffer payload, int samples, boolean fec) {
        int bytes = payload.remaining();
        if (bytes == 0 || bytes > input.length) {
            return 0;
        }
        payload.get(payload.position(), input, 0, bytes);
        try {
            int count = decoder.decode(input, 0, bytes, decoded, 0, samples * ratio, fec);
            return resampler.process(decoded, 0, count, output, 0);
        } catch (OpusException | RuntimeException | AssertionError _) {
            decoder.resetState();
            return 0;
        }
    }

    @Override
    public void conceal(short[] pcm, int offset, int samples) {
        Objects.checkFromIndexSize(offset, samples, pcm.length);
        for (int done = 0; done < samples; ) {
            int wanted = Math.min(samples - done, samplesMax);
            concealNext((wanted + unit - 1) / unit * unit);
            System.arraycopy(output, 0, pcm, offset + done, wanted);
            done += wanted;
        }
    }

    /** Into {@link #output}. */
    private void concealNext(int samples) {
        try {
            decoder.decode(null, 0, 0, decoded, 0, samples * ratio, false);
        } catch (OpusException | RuntimeException | AssertionError _) {
            decoder.resetState();
            Arrays.fill(decoded, 0, samples * ratio, (short) 0);
        }
        int _ = resampler.process(decoded, 0, samples * ratio, output, 0);
    }

    @Override
    public void recover(ByteBuffer next, short[] pcm, int offset, int samples) {
        Objects.checkFromIndexSize(offset, samples, pcm.length);
        boolean possible = samples > 0 && samples <= samplesMax && samples % unit == 0;
        if (possible && decode(next, samples, true) == samples) {
            System.arraycopy(output, 0, pcm, offset, samples);
        } else {
            conceal(pcm, offset, samples);
        }
    }

    @Override
    public long brokenPayloads() {
        return broken;
    }
}
