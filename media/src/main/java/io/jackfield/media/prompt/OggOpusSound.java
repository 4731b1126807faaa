package io.jackfield.media.prompt;

import io.jackfield.media.codec.AudioDecoder;
import io.jackfield.media.codec.Opus;
import io.jackfield.media.ogg.OggReader;
import io.jackfield.media.ogg.OpusHead;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** Decodes Ogg Opus (RFC 7845) of one or two channels, cut where it says at both ends. Pure. */
final class OggOpusSound {
    private static final int UNITS = Opus.RTP_CLOCK_RATE / Prompt.RATE;

    private OggOpusSound() {}

    static PromptFile.Sound decode(ByteBuffer file, Opus opus) throws UnusablePrompt {
        byte[] bytes = new byte[file.remaining()];
        file.get(file.position(), bytes);
        try {
            return decode(new OggReader(new ByteArrayInputStream(bytes)), opus);
        } catch (IOException endless) {
            throw new UnusablePrompt("is no Ogg file: " + endless.getMessage());
        }
    }

    private static PromptFile.Sound decode(OggReader reader, Opus opus)
            throws IOException, UnusablePrompt {
        OpusHead head =
                reader.packet()
                        .flatMap(OpusHead::read)
                        .filter(h -> h.streams() == 1 && h.channels() <= 2)
                        .orElseThrow(() ->
                                new UnusablePrompt("is Ogg, but not Opus of one or two channels"));
        if (reader.packet().isEmpty()) {
            throw new UnusablePrompt("is cut off behind its head");
        }
        short[] samples = new short[Prompt.RATE];
        int count = 0;
        try (AudioDecoder decoder = opus.decoder(Prompt.RATE)) {
            Optional<byte[]> packet = reader.packet();
            for (; packet.isPresent(); packet = reader.packet()) {
                if (count + decoder.frameSamplesMax() > samples.length) {
                    samples = Arrays.copyOf(samples, samples.length * 2);
                }
                count += decoder.decode(ByteBuffer.wrap(packet.get()), samples, count);
                PromptFile.checkLength(count - Prompt.RATE, Prompt.RATE);
            }
            if (decoder.brokenPayloads() > 0) {
                throw new UnusablePrompt("is damaged: not every packet is Opus");
            }
        }
        if (!reader.ended()) {
            throw new UnusablePrompt("is cut off: its last page is missing");
        }
        int from = Math.min(head.preSkip() / UNITS, count);
        long until = Math.clamp(reader.granule() / UNITS, from, count);
        float[] sound = new float[(int) until - from];
        for (int i = 0; i < sound.length; i++) {
            sound[i] = samples[from + i] / 32_768f;
        }
        return new PromptFile.Sound(sound, Prompt.RATE);
    }
}
