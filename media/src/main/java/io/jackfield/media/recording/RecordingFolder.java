package io.jackfield.media.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Where recordings lie: {@code 2026/11/23/ID.wav}, by the day (UTC) on which they began. While one
 * is written its name ends in {@code .part}.
 *
 * <p>Thread-safety: any thread; methods wait for the disk.
 */
public final class RecordingFolder {
    private static final String PART = ".part";
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuu/MM/dd").withZone(ZoneOffset.UTC);

    private final Path root;

    public RecordingFolder(Path root) {
        this.root = root;
    }

    /** Where a recording will be once it is ready. Touches no disk. */
    Path place(RecordingOrder order) {
        return day(order).resolve(order.id() + order.format().extension());
    }

    private Path day(RecordingOrder order) {
        return root.resolve(DAY.format(order.startedAt()));
    }

    SoundFile create(RecordingOrder order) throws IOException {
        Path place = place(order);
        RecordingFiles.createFolders(day(order));
        return new WavFile(new PlainOutput(part(place)), order.rate());
    }

    /** The file is whole: it gets its name. */
    void publish(Path place) throws IOException {
        Files.move(part(place), place, StandardCopyOption.ATOMIC_MOVE);
    }

    static Path part(Path place) {
        return place.resolveSibling(place.getFileName() + PART);
    }
}
