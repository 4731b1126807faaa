package io.jackfield.media.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A file as it is. Thread: the writer's. */
final class PlainOutput implements RecordingOutput {
    private final FileChannel file;
    private long size;

    /**
     * @param file empty; closed at the end
     */
    PlainOutput(FileChannel file) {
        this.file = file;
    }

    @Override
    public void append(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            size += file.write(bytes, size);
        }
    }

    @Override
    public boolean patches() {
        return true;
    }

    @Override
    public void patch(long position, ByteBuffer bytes) throws IOException {
        long at = position;
        while (bytes.hasRemaining()) {
            at += file.write(bytes, at);
        }
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void finish() throws IOException {
        file.force(true);
        file.close();
    }

    @Override
    public void abandon(long wanted) throws IOException {
        try (file) {
            file.truncate(Math.min(wanted, size));
        }
    }
}
