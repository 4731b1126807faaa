package io.jackfield.media.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.media.recording.RecordingOrder.Format;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A disk that fails in the middle of recordings")
class DiskTest {
    private static final Optional<RecordingKey> KEY = Optional.of(RecordingKey.of("5a".repeat(32)));

    @TempDir private Path temporary;

    @Test
    @DisplayName("full: one alarm, good files up to there, and recordings again when there is room")
    void full() throws IOException {
        try (SmallDisk disk = SmallDisk.inMemory(temporary.resolve("full"), "1m")) {
            RecordingBench bench = new RecordingBench(disk.folder(), Optional.empty());
            RecordingBench.Talk one = bench.new Talk("one", Format.WAV, 40);
            RecordingBench.Talk two = bench.new Talk("two", Format.WAV, 40);
            bench.talk(40, one, two);

            assertThat(bench.events(RecordingEvent.StorageFailing.class)).hasSize(1);
            assertThat(bench.events(RecordingEvent.Failed.class))
                    .extracting(RecordingEvent.Failed::recordingId)
                    .containsExactlyInAnyOrder("one", "two");
            for (String id : List.of("one", "two")) {
                assertGood(bench, id);
            }

            Files.delete(bench.folder.find("one").orElseThrow().file());
            RecordingBench.Talk three = bench.new Talk("three", Format.WAV, 5);
            bench.talk(5, three);
            three.stop();
            bench.talk(0.1);
            assertThat(bench.events(RecordingEvent.StorageWell.class)).hasSize(1);
            assertThat(bench.wav("three", 0)).hasSize(5 * RecordingBench.RATE);
        }
    }

    @Test
    @DisplayName("full, and recordings are sealed: what is in whole chunks opens")
    void fullAndSealed() throws IOException {
        try (SmallDisk disk = SmallDisk.inMemory(temporary.resolve("sealed"), "1m")) {
            RecordingBench bench = new RecordingBench(disk.folder(), KEY);
            RecordingBench.Talk one = bench.new Talk("one", Format.WAV, 50);
            bench.talk(50, one);

            assertThat(bench.events(RecordingEvent.StorageFailing.class)).hasSize(1);
            assertGood(bench, "one");
        }
    }

    @Test
    @DisplayName("read-only of a sudden: one alarm, and after the repair all of it is there")
    void readOnly() throws IOException {
        Path folder = temporary.resolve("readonly");
        Path image = temporary.resolve("image");
        try (SmallDisk disk = SmallDisk.inFile(folder, image, 16)) {
            RecordingBench bench = new RecordingBench(disk.folder(), Optional.empty());
            RecordingBench.Talk one = bench.new Talk("one", Format.WAV, 30);
            bench.talk(12, one);
            disk.abort();
            bench.talk(10, one);
            RecordingBench.Talk two = bench.new Talk("two", Format.WAV, 5);
            bench.talk(5, two);

            assertThat(bench.events(RecordingEvent.StorageFailing.class)).hasSize(1);
            assertThat(bench.events(RecordingEvent.Failed.class))
                    .extracting(RecordingEvent.Failed::recordingId)
                    .containsExactly("one", "two");
            assertWavPart(folder.resolve("2026/11/23/one.wav.part"));
        }
    }

    @Test
    @DisplayName("full when a recording begins: nothing is left of it, no file and none open")
    void fullFromTheBeginning() throws IOException {
        try (SmallDisk disk = SmallDisk.inMemory(temporary.resolve("none"), "64k")) {
            Files.write(disk.folder().resolve("filling"), new byte[64 << 10]);
            for (Optional<RecordingKey> key : List.of(Optional.<RecordingKey>empty(), KEY)) {
                RecordingBench bench = new RecordingBench(disk.folder(), key);
                RecordingBench.Talk wav = bench.new Talk("wav", Format.WAV, 1);
                RecordingBench.Talk opus = bench.new Talk("opus", Format.OPUS, 1);
                bench.talk(1, wav, opus);

                assertThat(bench.events(RecordingEvent.StorageFailing.class)).hasSize(1);
                assertThat(bench.events(RecordingEvent.Failed.class)).hasSize(2);
                assertThat(disk.folder().resolve("2026/11/23")).isEmptyDirectory();
                assertThat(open(disk.folder())).isEmpty();
            }
        }
    }

    /** Files in that folder that this process has open. */
    private static List<String> open(Path folder) throws IOException {
        List<String> open = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path descriptor : all) {
                try {
                    String file = Files.readSymbolicLink(descriptor).toString();
                    if (file.startsWith(folder.toRealPath().toString())) {
                        open.add(file);
                    }
                } catch (NoSuchFileException closed) {
                    // By another thread, or the one that lists them.
                }
            }
        }
        return open;
    }

    @Test
    @DisplayName("read-only in part: the rest is swept, and made whole, all the same")
    void readOnlyInPart() throws IOException {
        Path newer = temporary.resolve("2026/11/22");
        Path older = Files.createDirectories(temporary.resolve("2026/11/21"));
        try (SmallDisk disk = SmallDisk.inFile(newer, temporary.resolve("image"), 16)) {
            for (Path day : List.of(newer, older)) {
                Files.write(day.resolve("whole.wav"), new byte[100]);
                Files.write(day.resolve("broken.wav.part"), new byte[100]);
            }
            disk.abort();
            RecordingFolder folder = new RecordingBench(temporary, Optional.empty()).folder;

            assertThat(folder.recover()).isZero();
            assertThat(newer.resolve("broken.wav.part")).exists();
            assertThat(older.resolve("broken.wav.part")).doesNotExist();
            RecordingFolder.Swept swept = folder.sweep(LocalDate.of(2026, 11, 23));
            assertThat(swept.deleted()).isEqualTo(1);
            assertThat(swept.failures()).hasSize(2);
            assertThat(older).doesNotExist();
        }
    }

    private static void assertGood(RecordingBench bench, String id) throws IOException {
        short[] left = bench.wav(id, 0);
        short[] right = bench.wav(id, 1);
        int last = left.length;
        assertThat(last).isGreaterThan(10 * RecordingBench.RATE);
        assertThat(
                        Tones.power(
                                left,
                                RecordingBench.RATE,
                                RecordingBench.AGENT_HERTZ,
                                last - 8_000,
                                last))
                .isGreaterThan(1e7);
        assertThat(
                        Tones.power(
                                right,
                                RecordingBench.RATE,
                                RecordingBench.CUSTOMER_HERTZ,
                                last - 8_000,
                                last))
                .isGreaterThan(1e7);
    }

    /** Nothing can be changed on that disk any more, but what the head promises is there. */
    private static void assertWavPart(Path part) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(part.toFile(), "r")) {
            file.seek(40);
            int promised = Integer.reverseBytes(file.readInt());
            assertThat(promised).isGreaterThan(5 * 8_000 * 4);
            assertThat(file.length()).isGreaterThanOrEqualTo(44L + promised);
        }
    }
}
