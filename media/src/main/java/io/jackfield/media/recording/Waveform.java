package io.jackfield.media.recording;

import io.jackfield.media.codec.AudioDecoder;
import io.jackfield.media.codec.Opus;
import io.jackfield.media.ogg.OggReader;
import io.jackfield.media.ogg.OpusHead;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Optional;

/**
 * What a recording looks like: the highest peak of each of a number of equal parts.
 *
 * @param left 0 to 32,768 each
 * @param right as many
 */
public record Waveform(Duration length, Peaks left, Peaks right) {
    private static final int FRAME_BYTES = WavHeader.FRAME_BYTES;
    private static final int PIECE_MILLIS = 20;
    private static final int OPUS_RATE = 8_000;

    /** Peaks of one channel, of which there may be more at any time. */
    public static final class Peaks {
        private short[] values = new short[1_024];
        private int count;

        void add(int peak) {
            if (count == values.length) {
                values = java.util.Arrays.copyOf(values, count * 2);
            }
            values[count++] = (short) Math.min(peak, Short.MAX_VALUE);
        }

        /** The highest of each of so many parts; fewer where there are not so many. */
        public int[] parts(int wanted) {
            int[] parts = new int[Math.min(wanted, count)];
            for (int i = 0; i < count; i++) {
                int part = (int) ((long) i * parts.length / count);
                parts[part] = Math.max(parts[part], values[i]);
            }
            return parts;
        }
    }

    /** Reads all of it. */
    public static Waveform of(RecordedFile file, RecordingOrder.Format format, Opus opus)
            throws IOException {
        try (InputStream in = new BufferedInputStream(file.stream(), 1 << 16)) {
            return switch (format) {
                case WAV -> ofWav(in);
                case OPUS -> ofOgg(in, opus);
            };
        }
    }

    private static Waveform ofWav(InputStream in) throws IOException {
        int rate = WavHeader.rate(ByteBuffer.wrap(in.readNBytes(WavHeader.BYTES)));
        if (rate == 0) {
            throw new UnreadableRecording("the recording has no head");
        }
        int piece = rate * PIECE_MILLIS / 1_000;
        Peaks left = new Peaks();
        Peaks right = new Peaks();
        long frames = 0;
        byte[] bytes = in.readNBytes(piece * FRAME_BYTES);
        for (; bytes.length > 0; bytes = in.readNBytes(piece * FRAME_BYTES)) {
            ByteBuffer samples = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            int count = bytes.length / FRAME_BYTES;
            int highLeft = 0;
            int highRight = 0;
            for (int i = 0; i < count; i++) {
                highLeft = Math.max(highLeft, Math.abs(samples.getShort(i * FRAME_BYTES)));
                highRight = Math.max(highRight, Math.abs(samples.getShort(i * FRAME_BYTES + 2)));
            }
            left.add(highLeft);
            right.add(highRight);
            frames += count;
        }
        return new Waveform(Duration.ofMillis(frames * 1_000 / rate), left, right);
    }

    private static Waveform ofOgg(InputStream in, Opus opus) throws IOException {
        OggReader reader = new OggReader(in);
        int preSkip =
                reader.packet()
                        .flatMap(OpusHead::read)
                        .orElseThrow(() -> new UnreadableRecording("the recording has no head"))
                        .preSkip();
        Optional<byte[]> _ = reader.packet();
        Peaks left = new Peaks();
        Peaks right = new Peaks();
        short[] samples = new short[OPUS_RATE];
        try (AudioDecoder one = opus.decoder(OPUS_RATE);
                AudioDecoder other = opus.decoder(OPUS_RATE)) {
            Optional<byte[]> packet = reader.packet();
            for (; packet.isPresent(); packet = reader.packet()) {
                ByteBuffer both = ByteBuffer.wrap(packet.get());
                left.add(
                        peak(samples, one.decode(OpusPackets.takeSelfDelimited(both), samples, 0)));
                right.add(peak(samples, other.decode(both, samples, 0)));
            }
        }
        long units = Math.max(0, reader.granule() - preSkip);
        return new Waveform(Duration.ofMillis(units * 1_000 / Opus.RTP_CLOCK_RATE), left, right);
    }

    private static int peak(short[] samples, int count) {
        int peak = 0;
        for (int i = 0; i < count; i++) {
            peak = Math.max(peak, Math.abs(samples[i]));
        }
        return peak;
    }
}
