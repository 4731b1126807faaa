package io.jackfield.media.recording;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** A recording from its beginning to its end. One thread at a time. */
final class RecordedStream extends InputStream {
    private final RecordedFile file;
    private long position;

    RecordedStream(RecordedFile file) {
        this.file = file;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int count = file.read(position, ByteBuffer.wrap(into, offset, length));
        position += count;
        return count == 0 ? -1 : count;
    }
}
