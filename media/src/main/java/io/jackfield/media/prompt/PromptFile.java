package io.jackfield.media.prompt;

import io.jackfield.media.codec.Opus;
import io.jackfield.media.resampler.RateConversion;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Reads prompts from files: WAV of the usual kinds, and Ogg Opus. What cannot be decoded whole is
 * refused with the reason. Any thread; waits for the disk.
 */
public final class PromptFile {
    /** Ten minutes of 32-bit stereo at 48 kHz have 230 MB; nobody means that for a prompt. */
    private static final long BYTES_MAX = 64 << 20;

    private static final int RIFF = 0x5249_4646;
    private static final int OGG = 0x4F67_6753;

    /** What was decoded, still at its own rate: one channel, between -1 and 1. */
    static final class Sound {
        private final float[] samples;
        private final int rate;

        Sound(float[] samples, int rate) {
            this.samples = samples;
            this.rate = rate;
        }
    }

    private PromptFile() {}

    /**
     * @throws UnusablePrompt where it is missing, cannot be decoded, or is too long
     */
    public static Prompt read(Path file, Opus opus) throws UnusablePrompt {
        try {
            if (Files.size(file) > BYTES_MAX) {
                throw new UnusablePrompt("is larger than " + (BYTES_MAX >> 20) + " MiB");
            }
            return decode(ByteBuffer.wrap(Files.readAllBytes(file)), opus);
        } catch (NoSuchFileException missing) {
            throw new UnusablePrompt("does not exist");
        } catch (IOException unreadable) {
            throw new UnusablePrompt("cannot be read: " + unreadable.getMessage());
        }
    }

    /** The same from memory. */
    public static Prompt decode(ByteBuffer file, Opus opus) throws UnusablePrompt {
        int magic = file.remaining() < 4 ? 0 : file.getInt(file.position());
        return switch (magic) {
            case RIFF -> prompt(WavSound.decode(file));
            case OGG -> prompt(OggOpusSound.decode(file, opus));
            default ->
                    throw new UnusablePrompt(
                            "is neither WAV nor Ogg Opus; it begins with \""
                                    + printable(file)
                                    + "\"");
        };
    }

    private static Prompt prompt(Sound sound) throws UnusablePrompt {
        if (sound.samples.length == 0) {
            throw new UnusablePrompt("holds no sound");
        }
        checkLength(sound.samples.length, sound.rate);
        float[] converted = RateConversion.convert(sound.samples, sound.rate, Prompt.RATE);
        short[] samples = new short[Math.min(converted.length, Prompt.SAMPLES_MAX)];
        for (int i = 0; i < samples.length; i++) {
            float limited = Math.clamp(converted[i], -1f, 1f);
            samples[i] = (short) Math.round(limited * Short.MAX_VALUE);
        }
        return new Prompt(samples);
    }

    static void checkLength(long samples, int rate) throws UnusablePrompt {
        if (samples > (long) Prompt.SAMPLES_MAX / Prompt.RATE * rate) {
            throw new UnusablePrompt(
                    "is longer than " + Prompt.SAMPLES_MAX / Prompt.RATE / 60 + " minutes");
        }
    }

    private static String printable(ByteBuffer file) {
        byte[] first = new byte[Math.min(4, file.remaining())];
        file.get(file.position(), first);
        return new String(first, StandardCharsets.ISO_8859_1).replaceAll("[^ -~]", "?");
    }
}
