package io.jackfield.media.codec;

import io.github.jaredmdobson.concentus.CodecHelpers;

/** Opus by Concentus, for systems without libopus. Slower, and its frames make garbage. */
record PureJavaOpus() implements Opus {
    @Override
    public String version() {
        return CodecHelpers.GetVersionString()
                + ", pure Java, several times as slow as libopus (Debian: libopus0)";
    }

    @Override
    public OpusEncoder encoder(int sampleRate, OpusTuning tuning) {
        Opus.checkRate(sampleRate);
        return new PureJavaOpusEncoder(sampleRate, tuning);
    }

    @Override
    public AudioDecoder decoder(int sampleRate) {
        Opus.checkRate(sampleRate);
        return new PureJavaOpusDecoder(sampleRate);
    }
}
