package io.jackfield.media.recording;

import io.jackfield.media.codec.AudioDecoder;
import io.jackfield.media.codec.Opus;
import io.jackfield.media.resampler.Resampler;
import java.util.Arrays;

/** Payloads of one codec to samples at the recording's rate. Thread: the writer's. */
final class VoiceDecoder implements AutoCloseable {
    /** {@link Resampler}'s, in samples of the lower rate. */
    private static final int RESAMPLER_DELAY = 24;

    /** 6.5 ms, which libopus' encoder needs for voice, in samples of 48 kHz. */
    private static final int OPUS_DELAY = 312;

    private final VoiceCodec codec;
    private final AudioDecoder decoder;
    private final int rate;
    private final short[] decoded;
    private final short[] samples;
    private Resampler resampler;

    VoiceDecoder(VoiceCodec codec, Opus opus, int rate) {
        this.codec = codec;
        this.rate = rate;
        decoder = codec.decoder(opus, rate);
        decoded = new short[decoder.frameSamplesMax()];
        resampler = new Resampler(decoder.sampleRate(), rate);
        samples = new short[resampler.outputMax(decoded.length) + 1];
    }

    VoiceCodec codec() {
        return codec;
    }

    /** Where {@link #decode} and the others leave what they made. */
    short[] samples() {
        return samples;
    }

    /** By how many samples what comes out is later than what went into the encoder. */
    int delaySamples() {
        int from = decoder.sampleRate();
        int resampling = from == rate ? 0 : RESAMPLER_DELAY * rate / Math.min(from, rate);
        return codec == VoiceCodec.OPUS ? rate * OPUS_DELAY / Opus.RTP_CLOCK_RATE : resampling;
    }

    /** The number of samples. */
    int decode(VoicePacket packet) {
        return resample(decoder.decode(packet.payload(), decoded, 0));
    }

    /** Fills in for lost packets of about so many samples; {@code next} may hold a copy. */
    int conceal(VoicePacket next, int wanted, boolean one) {
        int count = Math.min((int) ((long) wanted * decoder.sampleRate() / rate), decoded.length);
        if (one) {
            decoder.recover(next.payload(), decoded, 0, count);
        } else {
            decoder.conceal(decoded, 0, count);
        }
        return resample(count);
    }

    private int resample(int count) {
        return resampler.process(decoded, 0, count, samples, 0);
    }

    /** Sound begins anew: nothing of what was before hangs over. */
    void pause() {
        resampler = new Resampler(decoder.sampleRate(), rate);
        Arrays.fill(samples, (short) 0);
    }

    long brokenPayloads() {
        return decoder.brokenPayloads();
    }

    @Override
    public void close() {
        decoder.close();
    }
}
