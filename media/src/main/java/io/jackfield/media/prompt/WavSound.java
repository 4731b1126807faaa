package io.jackfield.media.prompt;

import io.jackfield.media.codec.G711;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Decodes WAV: PCM of 8, 16, 24 and 32 bits, floating point, A-law and µ-law. Pure. */
final class WavSound {
    private static final int WAVE = 0x5741_5645;
    private static final int FORMAT = 0x666D_7420;
    private static final int DATA = 0x6461_7461;
    private static final int PCM = 1;
    private static final int FLOAT = 3;
    private static final int ALAW = 6;
    private static final int ULAW = 7;
    private static final int EXTENSIBLE = 0xFFFE;
    private static final int RATE_MIN = 8_000;
    private static final int RATE_MAX = 48_000;
    private static final int CHANNELS_MAX = 8;

    /**
     * What the format chunk says.
     *
     * @param tag what samples are
     */
    private record Format(int tag, int channels, int rate, int bits) {
        int frameBytes() {
            return channels * bits / 8;
        }
    }

    private WavSound() {}

    static PromptFile.Sound decode(ByteBuffer file) throws UnusablePrompt {
        ByteBuffer bytes = file.slice();
        if (bytes.remaining() < 12 || bytes.getInt(8) != WAVE) {
            throw new UnusablePrompt("is RIFF, but not WAVE");
        }
        Format format = format(chunk(bytes, FORMAT, "fmt"));
        ByteBuffer data = chunk(bytes, DATA, "data").order(ByteOrder.LITTLE_ENDIAN);
        int frames = data.remaining() / format.frameBytes();
        PromptFile.checkLength(frames, format.rate());
        float[] samples = new float[frames];
        for (int i = 0; i < frames; i++) {
            float sum = 0;
            for (int channel = 0; channel < format.channels(); channel++) {
                int at = (i * format.channels() + channel) * (format.bits() / 8);
                sum += sample(format, data, at);
            }
            samples[i] = sum / format.channels();
        }
        return new PromptFile.Sound(samples, format.rate());
    }

    private static ByteBuffer chunk(ByteBuffer bytes, int wanted, String name)
            throws UnusablePrompt {
        int at = 12;
        while (at + 8 <= bytes.limit()) {
            long length = Integer.toUnsignedLong(Integer.reverseBytes(bytes.getInt(at + 4)));
            if (bytes.getInt(at) == wanted) {
                // Programs that write to a pipe cannot know the length.
                boolean open = wanted == DATA && length >= 0xFFFF_FF00L;
                if (at + 8 + length > bytes.limit() && !open) {
                    throw new UnusablePrompt("is cut off: its " + name + " chunk is not whole");
                }
                return bytes.slice(at + 8, (int) Math.min(length, bytes.limit() - at - 8));
            }
            long next = at + 8 + length + (length & 1);
            at = (int) Math.min(next, Integer.MAX_VALUE - 8);
        }
        throw new UnusablePrompt("has no " + name + " chunk");
    }

    private static Format format(ByteBuffer chunk) throws UnusablePrompt {
        if (chunk.remaining() < 16) {
            throw new UnusablePrompt("has a format chunk that is too short");
        }
        ByteBuffer little = chunk.order(ByteOrder.LITTLE_ENDIAN);
        int tag = little.getShort(0) & 0xFFFF;
        if (tag == EXTENSIBLE && chunk.remaining() >= 26) {
            tag = little.getShort(24) & 0xFFFF;
        }
        Format format =
                new Format(
                        tag,
                        little.getShort(2) & 0xFFFF,
                        little.getInt(4),
                        little.getShort(14) & 0xFFFF);
        check(format);
        return format;
    }

    private static void check(Format format) throws UnusablePrompt {
        if (format.rate() < RATE_MIN || format.rate() > RATE_MAX) {
            throw new UnusablePrompt(
                    "has "
                            + Integer.toUnsignedString(format.rate())
                            + " samples a second, not "
                            + RATE_MIN
                            + " to "
                            + RATE_MAX);
        }
        if (format.channels() < 1 || format.channels() > CHANNELS_MAX) {
            throw new UnusablePrompt("has " + format.channels() + " channels");
        }
        int bits = format.bits();
        boolean known =
                switch (format.tag()) {
                    case PCM -> bits == 8 || bits == 16 || bits == 24 || bits == 32;
                    case FLOAT -> bits == 32 || bits == 64;
                    case ALAW, ULAW -> bits == 8;
                    default -> false;
                };
        if (!known) {
            throw new UnusablePrompt(
                    "holds format "
                            + format.tag()
                            + " of "
                            + bits
                            + " bits; save it as 16-bit PCM");
        }
    }

    private static float sample(Format format, ByteBuffer data, int at) {
        return switch (format.tag()) {
            case ALAW -> G711.fromAlaw(data.get(at)) / 32_768f;
            case ULAW -> G711.fromUlaw(data.get(at)) / 32_768f;
            case FLOAT -> finite(format.bits() == 32 ? data.getFloat(at) : data.getDouble(at));
            default -> integer(format.bits(), data, at);
        };
    }

    private static float integer(int bits, ByteBuffer data, int at) {
        return switch (bits) {
            case 8 -> ((data.get(at) & 0xFF) - 128) / 128f;
            case 16 -> data.getShort(at) / 32_768f;
            case 24 ->
                    (data.get(at + 2) << 16 | (data.get(at + 1) & 0xFF) << 8 | data.get(at) & 0xFF)
                            / 8_388_608f;
            default -> data.getInt(at) / 0x1p31f;
        };
    }

    private static float finite(double value) {
        return Double.isFinite(value) ? (float) Math.clamp(value, -1.0, 1.0) : 0;
    }
}
