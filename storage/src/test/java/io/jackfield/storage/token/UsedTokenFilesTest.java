package io.jackfield.storage.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jackfield.storage.StorageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("T32: the files of used tokens")
class UsedTokenFilesTest {
    private static final Instant THEN = Instant.parse("2026-11-23T10:00:00Z");

    @TempDir Path folder;

    private static String digest(int number) {
        return "%043d".formatted(number);
    }

    private Map<String, Instant> read() throws IOException {
        Map<String, Instant> all = new HashMap<>();
        try (UsedTokenFiles files = UsedTokenFiles.open(folder)) {
            files.read(all::put);
        }
        return all;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.sorted().toList();
        }
    }

    @Test
    @DisplayName("hold what was added before the process was killed: nothing is closed or flushed")
    void killed() throws IOException {
        UsedTokenFiles killed = UsedTokenFiles.open(folder);
        for (int i = 0; i < 1_000; i++) {
            assertThat(killed.add(digest(i), THEN.plusSeconds(i))).isTrue();
        }
        assertThat(read()).hasSize(1_000).containsEntry(digest(999), THEN.plusSeconds(999));
        killed.close();
    }

    @Test
    @DisplayName("lose a torn line alone, and nothing that comes after it")
    void torn() throws IOException {
        try (UsedTokenFiles files = UsedTokenFiles.open(folder)) {
            files.add(digest(1), THEN);
        }
        Files.writeString(
                files().getFirst(),
                "1795428000 00000",
                StandardCharsets.US_ASCII,
                StandardOpenOption.APPEND);
        try (UsedTokenFiles files = UsedTokenFiles.open(folder)) {
            files.add(digest(2), THEN);
        }
        assertThat(read()).containsOnlyKeys(digest(1), digest(2));
    }

    @Test
    @DisplayName("are removed an hour after their last token was to be forgotten")
    void removed() throws IOException {
        try (UsedTokenFiles files = UsedTokenFiles.open(folder)) {
            for (int minutes = 0; minutes <= 24 * 60; minutes += 5) {
                files.add(digest(minutes), THEN.plusSeconds(minutes * 60L));
                assertThat(files().size()).isLessThanOrEqualTo(7);
            }
        }
        assertThat(read()).containsKey(digest(24 * 60)).containsKey(digest(23 * 60));
        assertThat(read()).doesNotContainKey(digest(22 * 60));
    }

    @Test
    @DisplayName("are for us alone")
    void rights() throws IOException {
        try (UsedTokenFiles files = UsedTokenFiles.open(folder)) {
            files.add(digest(1), THEN);
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files().getFirst())))
                .isEqualTo("rw-------");
    }

    @Test
    @DisplayName("say so when they cannot be written or opened")
    void unusable() throws IOException {
        Path taken = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> UsedTokenFiles.open(taken.resolve("below")))
                .isInstanceOf(StorageException.class);
        Path gone = folder.resolve("gone");
        try (UsedTokenFiles files = UsedTokenFiles.open(gone)) {
            Files.delete(gone);
            assertThat(files.add(digest(1), THEN)).isFalse();
            Files.createDirectory(gone);
            assertThat(files.add(digest(1), THEN)).isTrue();
        }
    }
}
