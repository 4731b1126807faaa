package io.jackfield.media.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.media.codec.AudioDecoder;
import io.jackfield.media.codec.Opus;
import io.jackfield.media.ogg.OggReader;
import io.jackfield.media.ogg.OpusHead;
import io.jackfield.media.recording.RecordingOrder.Format;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A recording as Ogg Opus (RFC 7845)")
class OggOpusFileTest {
    private static final int RATE = 8_000;

    @TempDir private Path root;

    @Test
    @DisplayName("has the agent in one stream, the customer in the other, and says its length")
    void holdsBothStreams() throws IOException {
        RecordingBench bench = new RecordingBench(root, Optional.empty());
        RecordingBench.Talk talk = bench.new Talk("ogg", Format.OPUS, 10);
        bench.talk(10, talk);
        talk.stop();
        bench.talk(0.1);

        Path file = bench.folder.find("ogg").orElseThrow().file();
        short[][] channels = decode(file, 10 * 48_000 + 312);
        assertThat(power(channels[0], RecordingBench.AGENT_HERTZ)).isGreaterThan(5e6);
        assertThat(power(channels[0], RecordingBench.CUSTOMER_HERTZ)).isLessThan(5e4);
        assertThat(power(channels[1], RecordingBench.CUSTOMER_HERTZ)).isGreaterThan(5e6);
        assertThat(power(channels[1], RecordingBench.AGENT_HERTZ)).isLessThan(5e4);
    }

    @Test
    @DisplayName("is made whole after its writer is gone: torn pages are cut off")
    void isMadeWhole() throws IOException {
        RecordingBench gone = new RecordingBench(root, Optional.empty());
        RecordingBench.Talk talk = gone.new Talk("torn", Format.OPUS, 10);
        gone.talk(10, talk);
        Path part = root.resolve("2026/11/23/torn.opus.part");
        try (RandomAccessFile file = new RandomAccessFile(part.toFile(), "rw")) {
            file.setLength(file.length() - 7);
        }

        RecordingBench next = new RecordingBench(root, Optional.empty());
        assertThat(next.folder.recover()).isEqualTo(1);
        Path file = next.folder.find("torn").orElseThrow().file();
        short[][] channels = decode(file, 6 * 48_000 + 312);
        assertThat(channels[0]).hasSize(6 * RATE);
    }

    private static double power(short[] samples, double hertz) {
        return Tones.power(samples, RATE, hertz, 8_000, samples.length - 8_000);
    }

    private static short[][] decode(Path path, long granule) throws IOException {
        OggReader reader = new OggReader(Files.newInputStream(path));
        OpusHead head = OpusHead.read(reader.packet().orElseThrow()).orElseThrow();
        assertThat(head).isEqualTo(new OpusHead(2, 312, RATE, 2));
        assertThat(
                        new String(
                                reader.packet().orElseThrow(),
                                0,
                                8,
                                java.nio.charset.StandardCharsets.US_ASCII))
                .isEqualTo("OpusTags");
        short[][] channels = new short[2][20 * RATE];
        int at = 0;
        try (AudioDecoder left = Opus.best().decoder(RATE);
                AudioDecoder right = Opus.best().decoder(RATE)) {
            Optional<byte[]> packet = reader.packet();
            for (; packet.isPresent(); packet = reader.packet()) {
                byte[] both = packet.get();
                int length = both[1] & 0xFF;
                int from = 2;
                if (length >= 252) {
                    length += 4 * (both[2] & 0xFF);
                    from = 3;
                }
                byte[] first = new byte[length + 1];
                first[0] = both[0];
                System.arraycopy(both, from, first, 1, length);
                int count = left.decode(ByteBuffer.wrap(first), channels[0], at);
                ByteBuffer second =
                        ByteBuffer.wrap(both, from + length, both.length - from - length);
                assertThat(right.decode(second, channels[1], at)).isEqualTo(count);
                at += count;
            }
            assertThat(left.brokenPayloads() + right.brokenPayloads()).isZero();
        }
        assertThat(reader.granule()).isEqualTo(granule);
        return new short[][] {Arrays.copyOf(channels[0], at), Arrays.copyOf(channels[1], at)};
    }
}
