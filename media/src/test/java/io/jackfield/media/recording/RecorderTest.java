package io.jackfield.media.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jackfield.media.recording.RecordingOrder.Format;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A recording on the disk")
class RecorderTest {
    private static final Optional<RecordingKey> KEY = Optional.of(RecordingKey.of("5a".repeat(32)));
    private static final Optional<RecordingKey> OTHER =
            Optional.of(RecordingKey.of("a5".repeat(32)));

    @TempDir private Path root;

    private RecordingBench bench(Optional<RecordingKey> key) {
        return new RecordingBench(root, key);
    }

    private static void assertTones(short[] left, short[] right, int from, int until) {
        assertThat(power(left, RecordingBench.AGENT_HERTZ, from, until)).isGreaterThan(1e7);
        assertThat(power(left, RecordingBench.CUSTOMER_HERTZ, from, until)).isLessThan(1e4);
        assertThat(power(right, RecordingBench.CUSTOMER_HERTZ, from, until)).isGreaterThan(1e7);
        assertThat(power(right, RecordingBench.AGENT_HERTZ, from, until)).isLessThan(1e4);
    }

    private static double power(short[] samples, double hertz, int from, int until) {
        return Tones.power(samples, RecordingBench.RATE, hertz, from, until);
    }

    @Test
    @DisplayName("holds the agent left and the customer right, and is told when it is ready")
    void holdsAgentLeftAndCustomerRight() throws IOException {
        RecordingBench bench = bench(Optional.empty());
        RecordingBench.Talk talk = bench.new Talk("one", Format.WAV, 10);
        bench.talk(10, talk);
        assertThat(bench.folder.find("one")).isEmpty();
        talk.stop();
        bench.talk(0.1);

        assertThat(bench.events(RecordingEvent.Ready.class))
                .singleElement()
                .satisfies(ready -> {
                    assertThat(ready.length()).isEqualTo(Duration.ofSeconds(10));
                    assertThat(ready.lost()).isZero();
                    assertThat(ready.dropped()).isZero();
                });
        short[] left = bench.wav("one", 0);
        short[] right = bench.wav("one", 1);
        assertThat(left).hasSize(10 * RecordingBench.RATE);
        assertTones(left, right, 8_000, 72_000);
        assertThat(bench.recorder.counters().active()).isZero();
        assertThat(bench.recorder.counters().bytes()).isEqualTo(44 + 320_000);
    }

    @Test
    @DisplayName("keeps nothing of what is said during a pause, which keeps its length")
    void keepsNothingOfAPause() throws IOException {
        RecordingBench bench = bench(Optional.empty());
        RecordingBench.Talk talk = bench.new Talk("paused", Format.WAV, 10);
        bench.talk(4, talk);
        talk.recording.pause(bench.now());
        bench.talk(3, talk);
        talk.recording.resume(bench.now());
        bench.talk(3, talk);
        talk.stop();
        bench.talk(0.1);

        short[] left = bench.wav("paused", 0);
        short[] right = bench.wav("paused", 1);
        assertThat(left).hasSize(80_000);
        for (int i = 32_000; i < 56_000; i++) {
            assertThat((int) left[i]).as("sample %d", i).isZero();
            assertThat((int) right[i]).isZero();
        }
        assertTones(left, right, 8_000, 31_000);
        assertTones(left, right, 57_000, 79_000);
    }

    @Test
    @DisplayName("is good up to the last seconds when its writer is gone, plain and sealed")
    void survivesItsWriter() throws IOException {
        for (Optional<RecordingKey> key : java.util.List.of(Optional.<RecordingKey>empty(), KEY)) {
            String id = key.isPresent() ? "sealed" : "plain";
            RecordingBench gone = bench(key);
            RecordingBench.Talk talk = gone.new Talk(id, Format.WAV, 12);
            gone.talk(12, talk);

            RecordingBench next = bench(key);
            assertThat(next.folder.recover()).isEqualTo(1);
            short[] left = next.wav(id, 0);
            assertThat(left.length).isBetween(72_000, 96_000);
            assertTones(left, next.wav(id, 1), 8_000, 64_000);
            try (RecordedFile file = next.folder.open(next.folder.find(id).orElseThrow())) {
                assertThat(file.complete()).isTrue();
            }
        }
    }

    @Test
    @DisplayName(
            "is sealed where there is a key: nothing of it is in the file, and no change passes")
    void isSealed() throws IOException {
        RecordingBench bench = bench(KEY);
        RecordingBench.Talk talk = bench.new Talk("secret", Format.WAV, 10);
        bench.talk(10, talk);
        talk.stop();
        bench.talk(0.1);
        assertTones(bench.wav("secret", 0), bench.wav("secret", 1), 8_000, 72_000);

        RecordingFolder.Stored stored = bench.folder.find("secret").orElseThrow();
        assertThat(Files.readString(stored.file(), StandardCharsets.ISO_8859_1))
                .doesNotContain("RIFF");
        assertThatThrownBy(() -> bench(OTHER).folder.open(stored))
                .isInstanceOf(UnreadableRecording.class)
                .hasMessageContaining("another key");
        assertThatThrownBy(() -> bench(Optional.empty()).folder.open(stored))
                .isInstanceOf(UnreadableRecording.class)
                .hasMessageContaining("no key");

        long third = SealedChunks.HEAD_BYTES + 2L * SealedChunks.SEALED_BYTES + 100;
        flip(stored.file(), third);
        try (RecordedFile file = bench.folder.open(stored)) {
            assertThat(file.read(40_000 - 16_384, ByteBuffer.allocate(100))).isEqualTo(100);
            assertThatThrownBy(() -> file.read(40_000, ByteBuffer.allocate(100)))
                    .isInstanceOf(UnreadableRecording.class)
                    .hasMessageContaining("damaged");
        }
    }

    @Test
    @DisplayName("says so when the end of a sealed one was cut off")
    void tellsOfAMissingEnd() throws IOException {
        RecordingBench bench = bench(KEY);
        RecordingBench.Talk talk = bench.new Talk("cut", Format.WAV, 10);
        bench.talk(10, talk);
        talk.stop();
        bench.talk(0.1);
        RecordingFolder.Stored stored = bench.folder.find("cut").orElseThrow();
        try (RandomAccessFile file = new RandomAccessFile(stored.file().toFile(), "rw")) {
            file.setLength(SealedChunks.HEAD_BYTES + 5L * SealedChunks.SEALED_BYTES);
        }
        try (RecordedFile file = bench.folder.open(stored)) {
            assertThat(file.complete()).isFalse();
            assertThat(file.size()).isEqualTo(5L * SealedChunks.CHUNK_BYTES);
        }
    }

    @Test
    @DisplayName("is deleted when its days are over, and not before")
    void isDeletedInTime() throws IOException {
        RecordingBench bench = bench(Optional.empty());
        RecordingBench.Talk talk = bench.new Talk("old", Format.WAV, 1);
        bench.talk(1, talk);
        talk.stop();
        bench.talk(0.1);
        assertThat(bench.folder.sweep(LocalDate.of(2026, 11, 23)).deleted()).isZero();
        assertThat(bench.folder.latest(10)).hasSize(1);
        assertThat(bench.folder.sweep(LocalDate.of(2026, 11, 24)).deleted()).isEqualTo(1);
        assertThat(bench.folder.latest(10)).isEmpty();
        assertThat(root.resolve("2026/11/23")).doesNotExist();
    }

    @Test
    @DisplayName("is deleted alone: what others left beside it stays, unlisted and unchanged")
    void isDeletedAlone() throws IOException {
        Path day = Files.createDirectories(root.resolve("2026/11/23"));
        Files.createDirectories(day.resolve("folder.wav"));
        Files.writeString(day.resolve("notes.txt"), "theirs");
        Files.writeString(day.resolve("notes.txt.part"), "theirs");
        Files.writeString(day.resolve("no id.wav"), "theirs");
        RecordingBench bench = bench(Optional.empty());
        RecordingBench.Talk talk = bench.new Talk("old", Format.WAV, 1);
        bench.talk(1, talk);
        talk.stop();
        bench.talk(0.1);
        Files.writeString(day.resolve("part.wav.part"), "ours, of which nothing came");

        assertThat(bench.folder.latest(10))
                .extracting(RecordingFolder.Stored::id)
                .containsExactly("old");
        assertThat(bench.folder.recover()).isZero();
        assertThat(day.resolve("part.wav.part")).doesNotExist();
        RecordingFolder.Swept swept = bench.folder.sweep(LocalDate.of(2026, 11, 24));
        assertThat(swept.deleted()).isEqualTo(1);
        assertThat(swept.failures()).isEmpty();
        assertThat(day).isDirectoryContaining("glob:**/folder.wav");
        for (String theirs : List.of("notes.txt", "notes.txt.part", "no id.wav")) {
            assertThat(day.resolve(theirs)).hasContent("theirs");
        }
    }

    @Test
    @DisplayName("is never waited for: what its writer is too slow for is counted, and silent")
    void countsWhatItIsTooSlowFor() throws IOException {
        RecordingBench bench = bench(Optional.empty());
        RecordingBench.Talk talk = bench.new Talk("slow", Format.WAV, 30);
        bench.talk(2, talk);
        bench.stall(15, talk);
        bench.talk(13, talk);
        talk.stop();
        bench.talk(0.1);

        RecordingEvent.Ready ready = bench.events(RecordingEvent.Ready.class).getFirst();
        assertThat(ready.dropped()).isBetween(500L, 1_100L);
        short[] left = bench.wav("slow", 0);
        assertThat(left).hasSize(30 * RecordingBench.RATE);
        assertTones(left, bench.wav("slow", 1), 16_000, 60_000);
        assertThat(power(left, RecordingBench.AGENT_HERTZ, 100_000, 130_000)).isZero();
        assertTones(left, bench.wav("slow", 1), 140_000, 230_000);
    }

    private static void flip(Path path, long at) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.seek(at);
            int old = file.read();
            file.seek(at);
            file.write(old ^ 1);
        }
    }
}
