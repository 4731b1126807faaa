package io.jackfield.storage.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The spool")
class SpoolTest {
    private static final long SEGMENT_BYTES = 1_000;

    @TempDir private Path folder;

    @Test
    @DisplayName("gives back what was written, in order, until it is done with")
    void givesBackInOrder() throws IOException {
        Spool spool = open();
        spool.append(lines("one", "two"));
        spool.append(lines("three"));

        Spool.Batch first = spool.read(2).orElseThrow();
        assertThat(first.lines()).containsExactly("one", "two");
        assertThat(spool.read(2).orElseThrow().lines()).containsExactly("one", "two");

        spool.done(first);
        Spool.Batch second = spool.read(2).orElseThrow();
        assertThat(second.lines()).containsExactly("three");
        spool.done(second);
        assertThat(spool.read(2)).isEmpty();
    }

    @Test
    @DisplayName("has each line on the disk when append returns")
    void isOnTheDisk() throws IOException {
        open().append(lines("one"));

        assertThat(segments()).hasSize(1).first().satisfies(f -> assertThat(f).hasContent("one\n"));
    }

    @Test
    @DisplayName("deletes a segment once the next has begun and all its lines are done with")
    void deletesWhatIsDone() throws IOException {
        Spool spool = open();
        for (int i = 0; i < 50; i++) {
            spool.append(lines("x".repeat(99)));
        }
        assertThat(segments()).hasSize(5);

        assertThat(drain(spool)).hasSize(50);
        spool.append(lines("after"));

        assertThat(drain(spool)).containsExactly("after");
        assertThat(segments()).hasSize(1);
    }

    @Test
    @DisplayName("leaves no file behind when everything was done with before closing")
    void leavesNothingBehind() throws IOException {
        Spool spool = open();
        spool.append(lines("one"));
        drain(spool);
        spool.close();

        assertThat(spool.read(10)).isEmpty();
        assertThat(segments()).isEmpty();
    }

    @Test
    @DisplayName("loses and doubles nothing while one thread writes and another reads")
    void isSafeForTwoThreads() throws Exception {
        Spool spool = open();
        int count = 2_000;
        Thread writer =
                Thread.ofPlatform()
                        .start(() ->
                                IntStream.range(0, count).forEach(i -> append(spool, "line " + i)));
        java.util.ArrayList<String> seen = new java.util.ArrayList<>();
        while (seen.size() < count) {
            seen.addAll(drain(spool));
        }
        writer.join();

        assertThat(seen)
                .containsExactlyElementsOf(
                        IntStream.range(0, count).mapToObj(i -> "line " + i).toList());
    }

    @Nested
    @DisplayName("after a crash")
    class AfterACrash {
        @Test
        @DisplayName("gives the lines that were not done with, and deletes the files behind them")
        void givesWhatWasLeft() throws IOException {
            Spool before = open();
            before.append(lines("one"));
            before.append(lines("two"));

            Spool after = open();
            assertThat(drain(after)).containsExactly("one", "two");
            assertThat(segments()).isEmpty();
        }

        @Test
        @DisplayName("leaves out a line that was torn, and writes nothing behind it")
        void leavesOutTornLines() throws IOException {
            open().append(lines("whole"));
            Files.writeString(segments().getFirst(), "{\"id\":\"to", StandardOpenOption.APPEND);

            Spool after = open();
            after.append(lines("next"));

            assertThat(drain(after)).containsExactly("whole", "next");
        }

        @Test
        @DisplayName("survives files that are empty, foreign or full of zeros")
        void survivesOddFiles() throws IOException {
            Files.createFile(folder.resolve("cdr-000000000001.jsonl"));
            Files.write(folder.resolve("cdr-000000000002.jsonl"), new byte[4_096]);
            Files.writeString(folder.resolve("notes.txt"), "not ours");

            Spool after = open();
            after.append(lines("one"));

            assertThat(drain(after)).containsExactly("one");
            assertThat(folder.resolve("notes.txt")).exists();
        }
    }

    @Test
    @DisplayName("throws when the folder is gone, and goes on when it is back")
    void goesOnAfterTrouble() throws IOException {
        Path inner = folder.resolve("spool");
        Spool spool = Spool.open(inner, SEGMENT_BYTES);
        Files.delete(inner);

        assertThatThrownBy(() -> spool.append(lines("one"))).isInstanceOf(IOException.class);

        Files.createDirectory(inner);
        spool.append(lines("one"));
        assertThat(drain(spool)).containsExactly("one");
    }

    private Spool open() throws IOException {
        return Spool.open(folder, SEGMENT_BYTES);
    }

    private static void append(Spool spool, String line) {
        try {
            spool.append(lines(line));
        } catch (IOException broken) {
            throw new AssertionError(broken);
        }
    }

    private static List<String> drain(Spool spool) throws IOException {
        java.util.ArrayList<String> all = new java.util.ArrayList<>();
        Optional<Spool.Batch> batch = spool.read(7);
        while (batch.isPresent()) {
            all.addAll(batch.get().lines());
            spool.done(batch.get());
            batch = spool.read(7);
        }
        return all;
    }

    private List<Path> segments() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.toString().endsWith(".jsonl")).sorted().toList();
        }
    }

    private static List<byte[]> lines(String... lines) {
        return Arrays.stream(lines)
                .map(line -> (line + "\n").getBytes(StandardCharsets.UTF_8))
                .toList();
    }
}
