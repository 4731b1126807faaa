package io.jackfield.storage.token;

import io.jackfield.call.token.UsedTokenJournal;
import io.jackfield.storage.StorageException;
import io.jackfield.storage.file.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Used tokens, a line each, in one file for those that are forgotten within the same ten minutes: a
 * whole file at a time is of no more use, and nothing is ever rewritten.
 *
 * <p>A line is with the kernel before its call is dialled: a killed process forgets none. It is not
 * forced to the disk; when the machine itself dies, tokens of the last five minutes may be taken
 * again after it is back.
 *
 * <p>Thread-safety: any thread.
 */
public final class UsedTokenFiles implements UsedTokenJournal, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(UsedTokenFiles.class.getName());
    private static final long FILE_SECONDS = 600;

    /** An hour: a clock that is set back by as much must not find tokens unused. */
    private static final long FILES_KEPT = 6;

    private static final Pattern NAME = Pattern.compile("used-([0-9]{1,12})\\.log");
    private static final Pattern LINE = Pattern.compile("([0-9]{1,12}) ([A-Za-z0-9_-]{43})");

    private final Path folder;
    private final Map<Long, FileChannel> open = new HashMap<>();
    private boolean failing;

    private UsedTokenFiles(Path folder) {
        this.folder = folder;
    }

    /**
     * Opens the folder; makes it where there is none.
     *
     * @throws StorageException when that cannot be
     */
    public static UsedTokenFiles open(Path folder) {
        try {
            PrivateFiles.createFolder(folder);
            return new UsedTokenFiles(folder);
        } catch (IOException unusable) {
            throw StorageException.ofFolder(folder, unusable);
        }
    }

    @Override
    public synchronized boolean add(String digest, Instant forgetAt) {
        long second = forgetAt.getEpochSecond();
        String line = second + " " + digest + "\n";
        try {
            FileChannel file = file(second / FILE_SECONDS);
            ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
            failing = false;
            return true;
        } catch (IOException full) {
            if (!failing) {
                LOG.log(Level.ERROR, "used call tokens cannot be written to " + folder, full);
            }
            failing = true;
            return false;
        }
    }

    private FileChannel file(long number) throws IOException {
        FileChannel known = open.get(number);
        if (known != null) {
            return known;
        }
        Path path = folder.resolve("used-" + number + ".log");
        PrivateFiles.createFile(path);
        FileChannel file = FileChannel.open(path, StandardOpenOption.APPEND);
        if (file.size() > 0) {
            file.write(ByteBuffer.wrap(new byte[] {'\n'})); // The last line may have been torn.
        }
        open.put(number, file);
        prune(number - FILES_KEPT);
        return file;
    }

    @Override
    public synchronized void read(BiConsumer<String, Instant> used) {
        try {
            for (Path file : files()) {
                for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
                    Matcher matcher = LINE.matcher(line);
                    if (matcher.matches()) {
                        used.accept(
                                matcher.group(2),
                                Instant.ofEpochSecond(Long.parseLong(matcher.group(1))));
                    }
                }
            }
        } catch (IOException unreadable) {
            throw new StorageException(
                    "The used call tokens in "
                            + folder
                            + " cannot be read: "
                            + unreadable.getMessage(),
                    unreadable);
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return new ArrayList<>(
                    all.filter(p -> NAME.matcher(p.getFileName().toString()).matches()).toList());
        } catch (UncheckedIOException broken) {
            throw broken.getCause();
        }
    }

    /** Removes what has long been of no use; what cannot be removed is for the next time. */
    private void prune(long first) throws IOException {
        for (Path file : files()) {
            Matcher name = NAME.matcher(file.getFileName().toString());
            if (name.matches() && Long.parseLong(name.group(1)) < first) {
                close(open.remove(Long.valueOf(name.group(1))));
                Files.deleteIfExists(file);
            }
        }
    }

    private static void close(@Nullable FileChannel file) throws IOException {
        if (file != null) {
            file.close();
        }
    }

    @Override
    public synchronized void close() throws IOException {
        for (FileChannel file : open.values()) {
            file.close();
        }
        open.clear();
    }
}
