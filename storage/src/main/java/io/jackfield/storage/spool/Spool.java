package io.jackfield.storage.spool;

import io.jackfield.storage.file.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Lines on disk, in numbered segments: written at the end, read from the beginning, deleted once
 * they are done with.
 *
 * <p>A process that dies in the middle of a line leaves a torn one behind. It is left out when the
 * segment is read, and since every start begins a new segment, nothing is ever written behind it.
 *
 * <p>Thread-safety: one thread calls {@link #append}, one other {@link #read} and {@link #done}.
 */
public final class Spool implements AutoCloseable {
    private static final Pattern NAME = Pattern.compile("cdr-(\\d{12})\\.jsonl");
    private static final int READ_BYTES_MAX = 1 << 20;

    private final Path folder;
    private final long segmentBytesMax;

    /** How many bytes of each segment are whole lines; shared by the two threads. */
    private final ConcurrentSkipListMap<Long, Long> lengths = new ConcurrentSkipListMap<>();

    /**
     * Segments below this number will never be written again. Set after the last length of a
     * segment is, so that a reader which looks here first misses nothing.
     */
    private volatile long liveFrom;

    /** The segment that is written, or will be next; the writer's own. */
    private long number;

    private Optional<FileChannel> current = Optional.empty();
    private long readOffset;

    /**
     * Some lines, and how far they reach.
     *
     * @param end offset in the segment behind the last line
     */
    public record Batch(long segment, List<String> lines, long end) {
        public Batch {
            lines = List.copyOf(lines);
        }
    }

    private Spool(Path folder, long segmentBytesMax) {
        this.folder = folder;
        this.segmentBytesMax = segmentBytesMax;
    }

    /**
     * Opens the spool and finds what an earlier process left.
     *
     * @param segmentBytesMax after which a new segment begins
     */
    public static Spool open(Path folder, long segmentBytesMax) throws IOException {
        PrivateFiles.createFolder(folder);
        Spool spool = new Spool(folder, segmentBytesMax);
        TreeMap<Long, Long> left = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Matcher matcher = NAME.matcher(file.getFileName().toString());
                if (matcher.matches()) {
                    left.put(Long.valueOf(matcher.group(1)), Files.size(file));
                }
            }
        }
        spool.lengths.putAll(left);
        spool.number = left.isEmpty() ? 1 : left.lastKey() + 1;
        spool.liveFrom = spool.number;
        return spool;
    }

    /**
     * Writes lines and forces them to the disk.
     *
     * @param lines each with its line feed
     * @throws IOException when not all of them are safe; the caller may call again with the same
     */
    public void append(List<byte[]> lines) throws IOException {
        FileChannel channel = channel();
        long writing = number;
        long good = lengths.getOrDefault(writing, 0L);
        try {
            long end = good;
            for (byte[] line : lines) {
                ByteBuffer bytes = ByteBuffer.wrap(line);
                while (bytes.hasRemaining()) {
                    end += channel.write(bytes, end);
                }
            }
            channel.force(false);
            lengths.put(writing, end);
            if (end >= segmentBytesMax) {
                endSegment();
            }
        } catch (IOException full) {
            // whatever part was written is behind the good length; the next try begins elsewhere
            endSegment();
            truncate(writing, good);
            throw full;
        }
    }

    private FileChannel channel() throws IOException {
        if (current.isPresent()) {
            return current.get();
        }
        Path file = file(number);
        PrivateFiles.createFile(file);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        current = Optional.of(channel);
        lengths.put(number, 0L);
        return channel;
    }

    private void endSegment() {
        if (current.isEmpty()) {
            return;
        }
        try {
            current.get().close();
        } catch (IOException _) {
            // what was forced is safe, and the rest will be written again
        }
        current = Optional.empty();
        number++;
        liveFrom = number;
    }

    private void truncate(long segment, long length) {
        try (FileChannel channel = FileChannel.open(file(segment), StandardOpenOption.WRITE)) {
            channel.truncate(length);
        } catch (IOException _) {
            // a line that is there twice has the same id and is stored once
        }
    }

    /**
     * The next lines that are not done with; empty when there are none now.
     *
     * @param linesMax at least 1
     */
    public Optional<Batch> read(int linesMax) throws IOException {
        while (!lengths.isEmpty()) {
            long live = liveFrom;
            long segment = lengths.firstKey();
            Batch batch = read(segment, linesMax);
            if (!batch.lines().isEmpty()) {
                return Optional.of(batch);
            }
            if (segment >= live) {
                return Optional.empty();
            }
            delete(segment);
        }
        return Optional.empty();
    }

    private Batch read(long segment, int linesMax) throws IOException {
        long length = lengths.getOrDefault(segment, 0L) - readOffset;
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(length, READ_BYTES_MAX));
        try (FileChannel channel = FileChannel.open(file(segment), StandardOpenOption.READ)) {
            int count = 0;
            while (bytes.hasRemaining() && count >= 0) {
                count = channel.read(bytes, readOffset + bytes.position());
            }
        }
        return split(segment, bytes.array(), bytes.position(), linesMax);
    }

    private Batch split(long segment, byte[] bytes, int length, int linesMax) {
        List<String> lines = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < length && lines.size() < linesMax; i++) {
            if (bytes[i] == '\n') {
                lines.add(new String(bytes, start, i - start, StandardCharsets.UTF_8));
                start = i + 1;
            }
        }
        return new Batch(segment, lines, readOffset + start);
    }

    /** The lines of that batch are safe elsewhere and will not be read again. */
    public void done(Batch batch) {
        readOffset = batch.end();
    }

    private void delete(long segment) throws IOException {
        Files.deleteIfExists(file(segment));
        lengths.remove(segment);
        readOffset = 0;
    }

    private Path file(long number) {
        return folder.resolve(String.format(java.util.Locale.ROOT, "cdr-%012d.jsonl", number));
    }

    /** Bytes that wait. */
    public long bytes() {
        return lengths.values().stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public void close() {
        endSegment();
    }
}
