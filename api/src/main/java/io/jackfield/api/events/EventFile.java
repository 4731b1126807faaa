package io.jackfield.api.events;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The last events on disk, one line each, in two files: {@code events.jsonl} grows, and becomes
 * {@code events.old.jsonl} when it holds enough. Lines are handed to the system at once and outlive
 * the process; what the machine had not written yet when its power failed is gone.
 *
 * <p>Confined to one thread.
 */
public final class EventFile implements AutoCloseable {
    private final Path file;
    private final Path old;
    private final int linesMax;
    private Optional<FileChannel> open = Optional.empty();
    private int lines;

    /**
     * @param folder there, and nobody else's to read
     * @param linesMax of each file, at least 1; between this and twice as many are kept
     */
    public EventFile(Path folder, int linesMax) {
        this.file = folder.resolve("events.jsonl");
        this.old = folder.resolve("events.old.jsonl");
        this.linesMax = linesMax;
    }

    /** All that is kept, oldest first. A line that was torn by a crash is left out. */
    public List<EventLine> read() throws IOException {
        List<EventLine> all = new ArrayList<>();
        for (Path part : List.of(old, file)) {
            lines = 0;
            if (Files.exists(part)) {
                try (Stream<String> texts = Files.lines(part, StandardCharsets.UTF_8)) {
                    texts.map(EventLine::read)
                            .flatMap(Optional::stream)
                            .forEach(line -> {
                                all.add(line);
                                lines++;
                            });
                } catch (UncheckedIOException unreadable) {
                    throw unreadable.getCause();
                }
            }
        }
        return all;
    }

    /** Writes one line. */
    public void append(EventLine line) throws IOException {
        if (lines >= linesMax) {
            close();
            Files.move(file, old, StandardCopyOption.REPLACE_EXISTING);
            lines = 0;
        }
        // a line break on both sides: a line that was torn before cannot spoil this one
        ByteBuffer bytes =
                ByteBuffer.wrap(("\n" + line.json() + "\n").getBytes(StandardCharsets.UTF_8));
        FileChannel channel = channel();
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        lines++;
    }

    private FileChannel channel() throws IOException {
        if (open.isEmpty()) {
            open =
                    Optional.of(
                            FileChannel.open(
                                    file,
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.WRITE,
                                    StandardOpenOption.APPEND));
        }
        return open.get();
    }

    @Override
    public void close() throws IOException {
        if (open.isPresent()) {
            open.get().close();
            open = Optional.empty();
        }
    }
}
