package io.jackfield.media.recording;

import io.jackfield.media.codec.AudioDecoder;
import io.jackfield.media.codec.G711;
import io.jackfield.media.codec.G711Decoder;
import io.jackfield.media.codec.G722Decoder;
import io.jackfield.media.codec.Opus;
import io.jackfield.protocol.sdp.Codec;
import java.nio.ByteBuffer;

/** What a recorded payload is. */
enum VoiceCodec {
    PCMU(0, 8_000),
    PCMA(1, 8_000),
    G722(2, 8_000),
    OPUS(3, 48_000),
    /** Speech in a codec that we cannot decode; its place stays silent. */
    UNKNOWN(4, 8_000),
    /** Keys and comfort noise: not sound of its own. */
    NONE(5, 8_000);

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final VoiceCodec[] VALUES = values();

    private final int code;
    private final int clockRate;

    VoiceCodec(int code, int clockRate) {
        this.code = code;
        this.clockRate = clockRate;
    }

    static VoiceCodec of(Codec codec) {
        if (!codec.isSpeech()) {
            return NONE;
        }
        if (codec.equals(Codec.PCMU)) {
            return PCMU;
        }
        if (codec.equals(Codec.PCMA)) {
            return PCMA;
        }
        if (codec.equals(Codec.G722)) {
            return G722;
        }
        return codec.equals(Codec.OPUS) ? OPUS : UNKNOWN;
    }

    /** The codec that {@link #code} stands for. */
    static VoiceCodec ofCode(int code) {
        return VALUES[code];
    }

    /** A small number for it, which is its place among all. */
    int code() {
        return code;
    }

    /** RTP units a second. */
    int clockRate() {
        return clockRate;
    }

    boolean decodes() {
        return this != UNKNOWN && this != NONE;
    }

    /**
     * @param sampleRate what Opus is decoded at; the others have a rate of their own
     */
    AudioDecoder decoder(Opus opus, int sampleRate) {
        return switch (this) {
            case PCMU -> new G711Decoder(G711.Law.ULAW);
            case PCMA -> new G711Decoder(G711.Law.ALAW);
            case G722 -> new G722Decoder();
            case OPUS -> opus.decoder(sampleRate);
            case UNKNOWN, NONE -> throw new IllegalStateException("nothing decodes " + this);
        };
    }

    /** How long the sound of that payload is, without decoding it; 0 where it says nothing. */
    long nanos(ByteBuffer payload) {
        return switch (this) {
            case PCMU, PCMA, G722 -> payload.remaining() * NANOS_PER_SECOND / 8_000;
            case OPUS -> OpusPackets.samples(payload) * NANOS_PER_SECOND / 48_000;
            case UNKNOWN, NONE -> 0;
        };
    }
}
