package io.jackfield.loadtool.media;

import io.jackfield.media.codec.AudioEncoder;
import io.jackfield.media.codec.G711;
import io.jackfield.media.codec.G711Encoder;
import io.jackfield.media.codec.Opus;
import io.jackfield.media.codec.OpusTuning;
import io.jackfield.protocol.sdp.Codec;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/**
 * A second of a voice, again and again, encoded beforehand: soft, and loud at its beginning. From
 * where the loud part is heard follows which frame is which, whatever a PBX did to the bytes.
 *
 * <p>Immutable; any thread.
 */
final class MarkedSound {
    /** Frames from one mark to the next. */
    static final int PERIOD = 50;

    /** Loud frames of a mark. */
    static final int LOUD = 5;

    /** Between soft and loud; root mean square of 16-bit samples, −20 dB of full scale. */
    static final double THRESHOLD = 3_277;

    private static final double LOUD_PEAK = 20_000;
    private static final double SOFT_PEAK = 1_200;
    private static final int OPUS_RATE = 48_000;
    private static final int G711_RATE = 8_000;
    private static final int FRAMES_PER_SECOND = 50;

    /** A man's voice. */
    private static final double PITCH_HERTZ = 130;

    private static final double HARMONIC_HERTZ_MAX = 3_400;
    private static final double BREATH = 0.1;
    private static final int BITS_PER_SECOND = 32_000;

    /** Encoders remember: what is sent again and again is what follows itself. */
    private static final int PERIODS_BEFORE = 2;

    private final Map<Codec, byte[][]> frames = new HashMap<>();

    MarkedSound() {
        frames.put(Codec.PCMU, encoded(new G711Encoder(G711.Law.ULAW), G711_RATE));
        frames.put(Codec.PCMA, encoded(new G711Encoder(G711.Law.ALAW), G711_RATE));
        OpusTuning tuning = OpusTuning.VOICE.withBitsPerSecond(BITS_PER_SECOND);
        frames.put(Codec.OPUS, encoded(Opus.best().encoder(OPUS_RATE, tuning), OPUS_RATE));
    }

    private static byte[][] encoded(AudioEncoder encoder, int rate) {
        short[] pcm = voice(rate);
        int samples = rate / FRAMES_PER_SECOND;
        ByteBuffer out = ByteBuffer.allocate(encoder.bytesMax(samples));
        byte[][] encoded = new byte[PERIOD][];
        try (encoder) {
            for (int i = 0; i < (PERIODS_BEFORE + 1) * PERIOD; i++) {
                int place = i % PERIOD;
                out.clear();
                int length = encoder.encode(pcm, place * samples, samples, out);
                encoded[place] = new byte[length];
                out.get(0, encoded[place]);
            }
        }
        return encoded;
    }

    /** A whole number of pitch periods fits into the second, so that it can go round. */
    private static short[] voice(int rate) {
        Random breath = new Random(1);
        short[] pcm = new short[rate / FRAMES_PER_SECOND * PERIOD];
        for (int i = 0; i < pcm.length; i++) {
            int frame = i / (rate / FRAMES_PER_SECOND);
            double peak = frame < LOUD ? LOUD_PEAK : SOFT_PEAK;
            double value = 0;
            double all = 0;
            for (int n = 1; n * PITCH_HERTZ < HARMONIC_HERTZ_MAX; n++) {
                // The ear does not mind the phase, a peak does.
                value += Math.sin(2 * Math.PI * n * PITCH_HERTZ * i / rate + n * n) / n;
                all += 1.0 / n;
            }
            double noise = BREATH * (2 * breath.nextDouble() - 1);
            pcm[i] = (short) (peak * (value / all * 2 + noise) / (1 + BREATH));
        }
        return pcm;
    }

    /** The frame of that number; silence for a codec that is not there would help nobody. */
    byte[] frame(Codec codec, int number) {
        byte[][] all = frames.get(codec);
        if (all == null) {
            throw new IllegalArgumentException("no sound in " + codec);
        }
        return all[number % PERIOD];
    }
}
