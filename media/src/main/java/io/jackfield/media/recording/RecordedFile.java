package io.jackfield.media.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a recording from any place in it, as what a player expects: opened where it is sealed, with
 * the head of a WAV put right. One thread at a time; waits for the disk.
 */
public final class RecordedFile implements AutoCloseable {
    private final FileChannel file;
    private final @Nullable SealedChunks chunks;
    private final ByteBuffer sealed = ByteBuffer.allocate(SealedChunks.SEALED_BYTES);
    private final ByteBuffer plain = ByteBuffer.allocate(SealedChunks.CHUNK_BYTES);
    private final long fileBytes;
    private final long size;
    private final boolean complete;
    private final ByteBuffer head;
    private long current = -1;

    private RecordedFile(FileChannel file, @Nullable SealedChunks chunks, boolean wav)
            throws IOException {
        this.file = file;
        this.chunks = chunks;
        fileBytes = file.size();
        if (chunks == null) {
            size = fileBytes;
            complete = true;
            head = ByteBuffer.allocate(0);
            return;
        }
        long body = fileBytes - SealedChunks.HEAD_BYTES;
        long whole = body / SealedChunks.SEALED_BYTES;
        complete = body % SealedChunks.SEALED_BYTES >= SealedChunks.TAG_BYTES && load(whole, true);
        size = whole * SealedChunks.CHUNK_BYTES + (complete ? plain.remaining() : 0);
        head = wav ? wavHead() : ByteBuffer.allocate(0);
    }

    /**
     * @param key for sealed ones
     * @throws UnreadableRecording where it is sealed by another key, or none is there
     */
    public static RecordedFile open(Path path, Optional<RecordingKey> key) throws IOException {
        FileChannel file = FileChannel.open(path, StandardOpenOption.READ);
        try {
            String name = String.valueOf(path.getFileName());
            boolean wav = name.contains(RecordingOrder.Format.WAV.extension());
            return new RecordedFile(file, chunks(file, key), wav);
        } catch (IOException | RuntimeException unusable) {
            file.close();
            throw unusable;
        }
    }

    private static @Nullable SealedChunks chunks(FileChannel file, Optional<RecordingKey> key)
            throws IOException {
        ByteBuffer head = ByteBuffer.allocate(SealedChunks.HEAD_BYTES);
        read(file, head, 0);
        if (!SealedChunks.isSealed(head.array())) {
            return null;
        }
        if (key.isEmpty()) {
            throw new UnreadableRecording("the recording is sealed, and there is no key");
        }
        return SealedChunks.opening(key.get(), head.array())
                .orElseThrow(
                        () -> new UnreadableRecording("the recording is sealed by another key"));
    }

    /** A sealed head cannot be changed when the length is known. */
    private ByteBuffer wavHead() throws IOException {
        if (size < WavHeader.BYTES || !load(0, false) && !load(0, true)) {
            return ByteBuffer.allocate(0);
        }
        int rate = WavHeader.rate(plain);
        return rate == 0 ? ByteBuffer.allocate(0) : WavHeader.of(rate, WavHeader.dataBytes(size));
    }

    /** Bytes that can be read. */
    public long size() {
        return size;
    }

    /** False of a sealed file whose end is missing: it was cut off, or we were. */
    public boolean complete() {
        return complete;
    }

    /** Whether it is sealed. */
    public boolean sealed() {
        return chunks != null;
    }

    /** Where whole chunks end in the file itself. */
    long goodFileBytes() {
        long whole = (fileBytes - SealedChunks.HEAD_BYTES) / SealedChunks.SEALED_BYTES;
        return complete
                ? fileBytes
                : SealedChunks.HEAD_BYTES + Math.max(0, whole) * SealedChunks.SEALED_BYTES;
    }

    /**
     * Reads as much as there is room for, from that place on.
     *
     * @return bytes read; 0 at the end
     * @throws UnreadableRecording where a chunk was changed
     */
    public int read(long position, ByteBuffer into) throws IOException {
        int before = into.remaining();
        long at = position;
        while (into.hasRemaining() && at < size) {
            ByteBuffer from = bytesAt(at);
            int part = Math.min(from.remaining(), into.remaining());
            into.put(from.slice(from.position(), part));
            at += part;
        }
        return before - into.remaining();
    }

    /** Some bytes, at least one, from that place on. */
    private ByteBuffer bytesAt(long position) throws IOException {
        if (position < head.limit()) {
            return head.slice((int) position, head.limit() - (int) position);
        }
        if (chunks == null) {
            plain.clear();
            read(file, plain, position);
            current = -1;
            if (plain.position() == 0) {
                throw new UnreadableRecording("the recording became shorter");
            }
            return plain.flip();
        }
        long number = position / SealedChunks.CHUNK_BYTES;
        boolean last = number == size / SealedChunks.CHUNK_BYTES;
        if (!load(number, last)) {
            throw new UnreadableRecording("chunk " + number + " of the recording is damaged");
        }
        int offset = (int) (position % SealedChunks.CHUNK_BYTES);
        return plain.slice(offset, plain.limit() - offset);
    }

    private boolean load(long number, boolean last) throws IOException {
        SealedChunks with = chunks;
        if (current == number || with == null) {
            return true;
        }
        sealed.clear();
        read(file, sealed, SealedChunks.HEAD_BYTES + number * SealedChunks.SEALED_BYTES);
        plain.clear();
        boolean opened = with.open(number, last, sealed.flip(), plain);
        plain.flip();
        current = opened ? number : -1;
        return opened;
    }

    private static void read(FileChannel file, ByteBuffer into, long position) throws IOException {
        long at = position;
        while (into.hasRemaining()) {
            int count = file.read(into, at);
            if (count < 0) {
                return;
            }
            at += count;
        }
    }

    /** The same as a stream, from the beginning. */
    public java.io.InputStream stream() {
        return new RecordedStream(this);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
