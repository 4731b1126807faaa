package io.jackfield.media.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A file of {@link SealedChunks}. What was written cannot be changed. Thread: the writer's. */
final class SealedOutput implements RecordingOutput {
    private final FileChannel file;
    private final SealedChunks chunks;
    private final ByteBuffer plain = ByteBuffer.allocate(SealedChunks.CHUNK_BYTES);
    private final ByteBuffer sealed = ByteBuffer.allocate(SealedChunks.SEALED_BYTES);
    private long number;
    private long size;

    /** Where whole chunks end in the file. */
    private long good;

    private boolean endTried;

    /**
     * @param file empty; closed at the end, but not where this fails
     */
    SealedOutput(FileChannel file, RecordingKey key, byte[] salt) throws IOException {
        this.file = file;
        chunks = SealedChunks.sealing(key, salt);
        write(ByteBuffer.wrap(chunks.head()));
    }

    @Override
    public void append(ByteBuffer bytes) throws IOException {
        size += bytes.remaining();
        while (bytes.hasRemaining()) {
            int part = Math.min(bytes.remaining(), plain.remaining());
            plain.put(bytes.slice(bytes.position(), part));
            bytes.position(bytes.position() + part);
            if (!plain.hasRemaining()) {
                seal(false);
            }
        }
    }

    private void seal(boolean last) throws IOException {
        sealed.clear();
        chunks.seal(number++, last, plain.flip(), sealed);
        plain.clear();
        write(sealed.flip());
    }

    private void write(ByteBuffer bytes) throws IOException {
        long at = good;
        while (bytes.hasRemaining()) {
            at += file.write(bytes, at);
        }
        good = at;
    }

    @Override
    public boolean patches() {
        return false;
    }

    @Override
    public void patch(long position, ByteBuffer bytes) {
        throw new UnsupportedOperationException("what is sealed cannot be changed");
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void finish() throws IOException {
        endTried = true;
        seal(true);
        file.force(true);
        file.close();
    }

    /** The chunk that failed is gone; the end is marked where there is room for that. */
    @Override
    public void abandon(long wanted) throws IOException {
        try (file) {
            file.truncate(good);
            plain.clear();
            if (!endTried) {
                markEnd();
            }
        }
    }

    /** An empty last chunk, under a nonce that has not been used yet. */
    private void markEnd() throws IOException {
        number = (good - SealedChunks.HEAD_BYTES) / SealedChunks.SEALED_BYTES;
        try {
            seal(true);
        } catch (IOException noRoom) {
            file.truncate(good);
        }
    }
}
