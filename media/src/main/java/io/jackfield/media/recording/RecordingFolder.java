package io.jackfield.media.recording;

import io.jackfield.media.codec.Opus;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where recordings lie: {@code 2026/11/23/ID.wav}, by the day (UTC) on which they began. While one
 * is written its name ends in {@code .part}.
 *
 * <p>Thread-safety: any thread; methods wait for the disk.
 */
public final class RecordingFolder {
    private static final String PART = ".part";
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuu/MM/dd");
    private static final System.Logger LOG = System.getLogger(RecordingFolder.class.getName());

    private final Path root;
    private final Optional<RecordingKey> key;
    private final Opus opus;
    private final SecureRandom random;

    /**
     * A recording that is whole.
     *
     * @param day on which it began (UTC)
     * @param fileBytes on the disk
     */
    public record Stored(
            String id, RecordingOrder.Format format, LocalDate day, Path file, long fileBytes) {}

    /** What the name of a file of ours says. */
    private record Name(String id, RecordingOrder.Format format, boolean part) {
        /** Empty where the file is none of ours. */
        static Optional<Name> of(Path file) {
            String text = String.valueOf(file.getFileName());
            boolean part = text.endsWith(PART);
            String whole = part ? text.substring(0, text.length() - PART.length()) : text;
            for (RecordingOrder.Format format : RecordingOrder.Format.values()) {
                if (whole.endsWith(format.extension())) {
                    String id = whole.substring(0, whole.length() - format.extension().length());
                    return Optional.of(new Name(id, format, part))
                            .filter(name -> RecordingOrder.isId(name.id()));
                }
            }
            return Optional.empty();
        }
    }

    /**
     * What came of a sweep.
     *
     * @param failures of what should be gone and is not
     */
    public record Swept(int deleted, List<IOException> failures) {}

    /**
     * @param key empty: recordings are not sealed
     */
    public RecordingFolder(Path root, Optional<RecordingKey> key, Opus opus, SecureRandom random) {
        this.root = root;
        this.key = key;
        this.opus = opus;
        this.random = random;
    }

    // ---- writing

    /** Where a recording will be once it is ready. Touches no disk. */
    Path place(RecordingOrder order) {
        return day(order).resolve(order.id() + order.format().extension());
    }

    private Path day(RecordingOrder order) {
        return root.resolve(DAY.format(order.startedAt().atZone(ZoneOffset.UTC)));
    }

    /** Begins the file; where that fails, nothing is left of it. */
    SoundFile create(RecordingOrder order) throws IOException {
        RecordingFiles.createFolders(day(order));
        Path part = part(place(order));
        FileChannel file = RecordingFiles.create(part);
        try {
            return begin(order, file);
        } catch (IOException | RuntimeException noRoom) {
            try (file) {
                Files.delete(part);
            } catch (IOException again) {
                noRoom.addSuppressed(again);
            }
            throw noRoom;
        }
    }

    private SoundFile begin(RecordingOrder order, FileChannel file) throws IOException {
        RecordingOutput output = key.isPresent() ? sealed(file, key.get()) : new PlainOutput(file);
        return switch (order.format()) {
            case WAV -> new WavFile(output, order.rate());
            case OPUS -> new OggOpusFile(output, order.rate(), opus, random.nextInt());
        };
    }

    private RecordingOutput sealed(FileChannel file, RecordingKey with) throws IOException {
        byte[] salt = new byte[SealedChunks.SALT_BYTES];
        random.nextBytes(salt);
        return new SealedOutput(file, with, salt);
    }

    /** The file is whole: it gets its name. */
    void publish(Path place) throws IOException {
        Files.move(part(place), place, StandardCopyOption.ATOMIC_MOVE);
    }

    static Path part(Path place) {
        return place.resolveSibling(place.getFileName() + PART);
    }

    // ---- reading

    /** The recording with that id. */
    public Optional<Stored> find(String id) throws IOException {
        if (!RecordingOrder.isId(id)) {
            return Optional.empty();
        }
        for (LocalDate day : days()) {
            for (RecordingOrder.Format format : RecordingOrder.Format.values()) {
                Path file = root.resolve(DAY.format(day)).resolve(id + format.extension());
                Optional<Stored> stored = stored(new Name(id, format, false), day, file);
                if (stored.isPresent()) {
                    return stored;
                }
            }
        }
        return Optional.empty();
    }

    /** Empty where there is no such file, or no more. */
    private static Optional<Stored> stored(Name name, LocalDate day, Path file) throws IOException {
        try {
            return Files.isRegularFile(file)
                    ? Optional.of(new Stored(name.id(), name.format(), day, file, Files.size(file)))
                    : Optional.empty();
        } catch (NoSuchFileException swept) {
            return Optional.empty();
        }
    }

    /** The newest ones, by their ids, which sort by time. */
    public List<Stored> latest(int limit) throws IOException {
        return before(Optional.empty(), limit);
    }

    /**
     * The newest ones that are older than one.
     *
     * @param cursor id of that one; empty: from the newest
     */
    public List<Stored> before(Optional<String> cursor, int limit) throws IOException {
        List<Stored> found = new ArrayList<>();
        for (LocalDate day : days()) {
            ofDay(day).stream()
                    .filter(s -> cursor.filter(c -> s.id().compareTo(c) >= 0).isEmpty())
                    .forEach(found::add);
            if (found.size() >= limit) {
                break;
            }
        }
        return found.stream().limit(limit).toList();
    }

    private List<Stored> ofDay(LocalDate day) throws IOException {
        List<Stored> found = new ArrayList<>();
        for (Path file : children(root.resolve(DAY.format(day)))) {
            Optional<Name> name = Name.of(file).filter(n -> !n.part());
            if (name.isPresent()) {
                stored(name.get(), day, file).ifPresent(found::add);
            }
        }
        found.sort(Comparator.comparing(Stored::id).reversed());
        return found;
    }

    /** Opens it, with our key where it is sealed. */
    public RecordedFile open(Stored stored) throws IOException {
        return RecordedFile.open(stored.file(), key);
    }

    /** Days that have a folder, newest first. */
    private List<LocalDate> days() throws IOException {
        List<LocalDate> days = new ArrayList<>();
        for (Path year : children(root)) {
            for (Path month : children(year)) {
                for (Path day : children(month)) {
                    date(day).ifPresent(days::add);
                }
            }
        }
        days.sort(Comparator.reverseOrder());
        return days;
    }

    private Optional<LocalDate> date(Path day) {
        try {
            return Optional.of(LocalDate.parse(root.relativize(day).toString(), DAY));
        } catch (DateTimeParseException notOurs) {
            return Optional.empty();
        }
    }

    private static List<Path> children(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.toList();
        } catch (NoSuchFileException gone) {
            return List.of();
        }
    }

    // ---- keeping

    /**
     * Deletes the recordings that began before that day, and nothing else that lies beside them.
     * One that cannot be deleted does not keep the others.
     */
    public Swept sweep(LocalDate keepFrom) throws IOException {
        int deleted = 0;
        List<IOException> failures = new ArrayList<>();
        for (LocalDate day : days()) {
            if (day.isBefore(keepFrom)) {
                Path folder = root.resolve(DAY.format(day));
                for (Path file : recordings(folder)) {
                    deleted += delete(file, failures) ? 1 : 0;
                }
                if (children(folder).isEmpty()) {
                    delete(folder, failures);
                }
            }
        }
        return new Swept(deleted, failures);
    }

    /** Files of ours, whole or not. */
    private static List<Path> recordings(Path folder) throws IOException {
        return children(folder).stream()
                .filter(file -> Name.of(file).isPresent() && Files.isRegularFile(file))
                .toList();
    }

    private static boolean delete(Path path, List<IOException> failures) {
        try {
            return Files.deleteIfExists(path);
        } catch (IOException disk) {
            failures.add(disk);
            return false;
        }
    }

    /**
     * Makes whole what was being written when the process ended. Only before anything is recorded.
     *
     * @return how many recordings were saved
     */
    public int recover() throws IOException {
        int saved = 0;
        for (LocalDate day : days()) {
            for (Path part : recordings(root.resolve(DAY.format(day)))) {
                if (part.toString().endsWith(PART)) {
                    saved += recover(part) ? 1 : 0;
                }
            }
        }
        return saved;
    }

    /** Leaves it where it is when that fails: the next start tries again. */
    private boolean recover(Path part) {
        String name = String.valueOf(part.getFileName());
        try {
            if (!Recovery.repair(part, key)) {
                Files.delete(part);
                return false;
            }
            publish(part.resolveSibling(name.substring(0, name.length() - PART.length())));
            return true;
        } catch (IOException unusable) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "file=" + name + " cannot be made whole: " + unusable.getMessage());
            return false;
        }
    }

    /** For files that are changed in place. */
    static FileChannel forRepair(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    static void writeAll(FileChannel file, ByteBuffer bytes, long position) throws IOException {
        long at = position;
        while (bytes.hasRemaining()) {
            at += file.write(bytes, at);
        }
    }
}
