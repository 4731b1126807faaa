package io.jackfield.server.site;

import io.jackfield.storage.file.PrivateFiles;
import io.jackfield.storage.site.SiteDocument;
import io.jackfield.storage.site.SiteRows;
import io.jackfield.storage.site.SiteState;
import io.jackfield.storage.site.SiteVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The last good rows of the site in a file of the data folder, for a start while the database is
 * away. Only we may read it; secrets are sealed in it as in the tables.
 */
final class SiteSnapshot {
    private static final String FORMAT = "jackfield-site 1";

    private final Path file;

    SiteSnapshot(Path dataFolder) {
        file = dataFolder.resolve("site.snapshot");
    }

    Path file() {
        return file;
    }

    /** Writes beside the old one and then takes its place, so that there is always a whole one. */
    void write(SiteState state) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            PrivateFiles.createFolder(folder);
        }
        SiteVersion version = state.version();
        List<String> lines =
                List.of(
                        FORMAT,
                        Long.toString(version.number()),
                        version.changedAt(),
                        version.changedBy().replaceAll("\\s", " "),
                        SiteDocument.write(state.rows()));
        String text = String.join(System.lineSeparator(), lines) + System.lineSeparator();
        PrivateFiles.replace(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /** What was written last; empty when there is none, or none that can be read. */
    Optional<SiteState> read() {
        try {
            List<String> lines = Files.readAllLines(file);
            if (lines.size() != 5 || !lines.getFirst().equals(FORMAT)) {
                return Optional.empty();
            }
            SiteVersion version =
                    new SiteVersion(Long.parseLong(lines.get(1)), lines.get(2), lines.get(3));
            SiteRows rows = SiteDocument.read(lines.get(4));
            return Optional.of(new SiteState(version, rows));
        } catch (IOException | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }
}
