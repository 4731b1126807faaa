package io.jackfield.media.codec;

/**
 * Where Opus codecs come from: the system's libopus, or, where there is none, Concentus, which is
 * pure Java and takes several times as long.
 *
 * <p>Any of the rates 8, 12, 16, 24 and 48 kHz will do on both sides; the RTP clock is always 48
 * kHz (RFC 7587 §4.1). Towards G.711 use 8 kHz: no resampler is needed and little is computed. Any
 * thread.
 */
public sealed interface Opus permits NativeOpus, PureJavaOpus {
    /** The RTP clock, whatever the sample rate (RFC 7587 §4.1). */
    int RTP_CLOCK_RATE = 48_000;

    /** The longest packet (RFC 6716 §3.1). */
    int FRAME_MILLIS_MAX = 120;

    /** What is running, for people: {@code libopus 1.3.1}, or why it is not that. */
    String version();

    /**
     * @param sampleRate 8,000, 16,000, 24,000 or 48,000
     */
    OpusEncoder encoder(int sampleRate, OpusTuning tuning);

    /**
     * @param sampleRate as for the encoder; it need not be the sender's
     */
    AudioDecoder decoder(int sampleRate);

    /** libopus if this machine has it, else Concentus, whose version says so. */
    static Opus best() {
        return NativeOpus.orPureJava(LibOpus.find());
    }

    /** Concentus, whatever the machine has. */
    static Opus pureJava() {
        return new PureJavaOpus();
    }

    /** Refuses a rate that Opus does not have. */
    static void checkRate(int sampleRate) {
        switch (sampleRate) {
            case 8_000, 16_000, 24_000, 48_000 -> {}
            default -> throw new IllegalArgumentException("Opus at " + sampleRate + " Hz");
        }
    }

    /** Refuses a frame that Opus does not have: 2.5, 5, 10, 20, 40 or 60 ms (RFC 6716 §2.1.4). */
    static void checkFrame(int samples, int sampleRate) {
        int units = samples * 400 / sampleRate;
        boolean whole = units * sampleRate == samples * 400;
        boolean length = units == 24 || units == 16 || units > 0 && units <= 8 && pow2(units);
        if (!whole || !length) {
            throw new IllegalArgumentException("an Opus frame of " + samples + " samples");
        }
    }

    private static boolean pow2(int value) {
        return Integer.bitCount(value) == 1;
    }
}
