package io.jackfield.media.codec;

import java.util.Optional;

/** Opus by the system's libopus. */
record NativeOpus(LibOpus library) implements Opus {
    static Opus orPureJava(Optional<LibOpus> library) {
        return library.<Opus>map(NativeOpus::new).orElseGet(PureJavaOpus::new);
    }

    @Override
    public String version() {
        return library.version();
    }

    @Override
    public OpusEncoder encoder(int sampleRate, OpusTuning tuning) {
        Opus.checkRate(sampleRate);
        return new NativeOpusEncoder(library, sampleRate, tuning);
    }

    @Override
    public AudioDecoder decoder(int sampleRate) {
        Opus.checkRate(sampleRate);
        return new NativeOpusDecoder(library, sampleRate);
    }
}
