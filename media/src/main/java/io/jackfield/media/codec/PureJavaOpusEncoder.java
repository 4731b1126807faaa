package io.jackfield.media.codec;

import io.github.jaredmdobson.concentus.OpusApplication;
import io.github.jaredmdobson.concentus.OpusException;
import io.github.jaredmdobson.concentus.OpusSignal;
import java.nio.ByteBuffer;

/** One encoder of Concentus. */
final class PureJavaOpusEncoder implements OpusEncoder {
    private final int sampleRate;
    private final io.github.jaredmdobson.concentus.OpusEncoder encoder;
    private final byte[] output = new byte[BYTES_MAX];
    private boolean dtx;

    PureJavaOpusEncoder(int sampleRate, OpusTuning tuning) {
        this.sampleRate = sampleRate;
        try {
            encoder =
                    new io.github.jaredmdobson.concentus.OpusEncoder(
                            sampleRate, 1, OpusApplication.OPUS_APPLICATION_VOIP);
        } catch (OpusException e) {
            throw new IllegalStateException("Concentus refused an encoder", e);
        }
        encoder.setSignalType(OpusSignal.OPUS_SIGNAL_VOICE);
        encoder.setUseVBR(true);
        tune(tuning);
    }

    @Override
    public void tune(OpusTuning tuning) {
        encoder.setBitrate(tuning.bitsPerSecond());
        encoder.setComplexity(tuning.complexity());
        encoder.setUseInbandFEC(tuning.fec());
        encoder.setPacketLossPercent(tuning.lossPercent());
        encoder.setUseDTX(tuning.dtx());
        dtx = tuning.dtx();
    }

    @Override
    public int sampleRate() {
        return sampleRate;
    }

    @Override
    public int encode(short[] pcm, int offset, int samples, ByteBuffer out) {
        Opus.checkFrame(samples, sampleRate);
        int bytes = encode(pcm, offset, samples);
        if (dtx && bytes <= DTX_BYTES_MAX) {
            return 0;
        }
        out.put(output, 0, bytes);
        return bytes;
    }

    private int encode(short[] pcm, int offset, int samples) {
        try {
            return encoder.encode(pcm, offset, samples, output, 0, output.length);
        } catch (OpusException e) {
            throw new IllegalStateException("Concentus could not encode", e);
        }
    }
}
