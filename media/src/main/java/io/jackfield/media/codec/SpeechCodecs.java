package io.jackfield.media.codec;

import io.jackfield.protocol.sdp.Codec;

/**
 * Decoders and encoders by the name that session descriptions give a codec.
 *
 * <p>Immutable; any thread. What comes from here is for one stream, and goes back by {@link
 * #discard}.
 */
public final class SpeechCodecs {
    private final Opus opus;

    public SpeechCodecs(Opus opus) {
        this.opus = opus;
    }

    /** With the system's libopus where there is one. */
    public static SpeechCodecs best() {
        return new SpeechCodecs(Opus.best());
    }

    /** Whether that codec can be decoded and encoded here. */
    public static boolean knows(Codec codec) {
        return isG711(codec) || codec.equals(Codec.G722) || codec.equals(Codec.OPUS);
    }

    /** PCMU or PCMA. */
    public static boolean isG711(Codec codec) {
        return codec.equals(Codec.PCMU) || codec.equals(Codec.PCMA);
    }

    /** The law of a codec that is {@link #isG711}. */
    public static G711.Law law(Codec codec) {
        return codec.equals(Codec.PCMU) ? G711.Law.ULAW : G711.Law.ALAW;
    }

    /**
     * The rate at which a codec gives and takes samples.
     *
     * @param wanted what a codec that has the choice, Opus alone, is to use
     */
    public static int sampleRate(Codec codec, int wanted) {
        if (codec.equals(Codec.OPUS)) {
            return wanted;
        }
        return codec.equals(Codec.G722) ? G722Decoder.RATE : G711Decoder.RATE;
    }

    /**
     * @param sampleRate wanted; only Opus has the choice
     * @throws IllegalArgumentException for a codec that is not known
     */
    public AudioDecoder decoder(Codec codec, int sampleRate) {
        check(codec);
        if (codec.equals(Codec.OPUS)) {
            return opus.decoder(sampleRate);
        }
        return codec.equals(Codec.G722) ? new G722Decoder() : new G711Decoder(law(codec));
    }

    /**
     * The same for an encoder.
     *
     * @param tuning of Opus; the others have none
     */
    public AudioEncoder encoder(Codec codec, int sampleRate, OpusTuning tuning) {
        check(codec);
        if (codec.equals(Codec.OPUS)) {
            return opus.encoder(sampleRate, tuning);
        }
        return codec.equals(Codec.G722) ? new G722Encoder() : new G711Encoder(law(codec));
    }

    private static void check(Codec codec) {
        if (!knows(codec)) {
            throw new IllegalArgumentException("no codec for " + codec);
        }
    }

    /**
     * Frees a decoder that nobody uses any more. What lies outside the heap is given back only
     * after all threads have agreed, which takes tens of microseconds: another thread does it.
     */
    public static void discard(AudioDecoder decoder) {
        if (decoder instanceof NativeOpusDecoder) {
            Thread.ofVirtual().name("codec-close").start(decoder::close);
        }
    }

    /** The same for an encoder. */
    public static void discard(AudioEncoder encoder) {
        if (encoder instanceof NativeOpusEncoder) {
            Thread.ofVirtual().name("codec-close").start(encoder::close);
        }
    }
}
