package io.jackfield.media.ogg;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/**
 * Gives the packets of the first stream in a file, in order. Pages whose checksum is wrong, or that
 * end before their time, end the stream. Thread: one at a time.
 */
public final class OggReader {
    /** Far above any Opus packet and any comment that is read. */
    private static final int PACKET_BYTES_MAX = 1 << 20;

    private static final int CONTINUED = 1;
    private static final int LAST = 4;

    private final DataInputStream in;
    private final byte[] page = new byte[OggPages.PAGE_BYTES_MAX];
    private byte[] partial = new byte[0];
    private int serial;
    private boolean begun;
    private boolean over;
    private int segments;
    private int segment;
    private int at;
    private long granule;
    private long goodBytes;

    public OggReader(InputStream in) {
        this.in = new DataInputStream(in);
    }

    /**
     * The next packet; empty at the end.
     *
     * @throws IOException where the source cannot be read, or a packet has no end
     */
    public Optional<byte[]> packet() throws IOException {
        while (true) {
            if (segment == segments && (over || !nextPage())) {
                return Optional.empty();
            }
            int from = at;
            boolean whole = false;
            while (segment < segments && !whole) {
                int length = page[OggPages.HEAD_BYTES + segment++] & 0xFF;
                at += length;
                whole = length < 255;
            }
            byte[] packet = join(partial, from, at);
            if (whole) {
                partial = new byte[0];
                return Optional.of(packet);
            }
            partial = packet;
        }
    }

    private byte[] join(byte[] before, int from, int until) throws IOException {
        if (before.length + until - from > PACKET_BYTES_MAX) {
            throw new IOException("a packet has no end");
        }
        byte[] joined = Arrays.copyOf(before, before.length + until - from);
        System.arraycopy(page, from, joined, before.length, until - from);
        return joined;
    }

    /** Of the page read last: how much of its last packet counts (RFC 7845 §4). */
    public long granule() {
        return granule;
    }

    /** Bytes from the beginning that are whole pages. */
    public long goodBytes() {
        return goodBytes;
    }

    /** Whether the stream said that it ends. */
    public boolean ended() {
        return over;
    }

    private boolean nextPage() throws IOException {
        while (readPage()) {
            ByteBuffer head = ByteBuffer.wrap(page).order(ByteOrder.LITTLE_ENDIAN);
            int of = head.getInt(14);
            if (!begun) {
                begun = true;
                serial = of;
            }
            if (of == serial) {
                begin(head);
                return true;
            }
        }
        return false;
    }

    private void begin(ByteBuffer head) {
        int flags = head.get(5);
        over = (flags & LAST) != 0;
        granule = head.getLong(6);
        segments = head.get(26) & 0xFF;
        segment = 0;
        at = OggPages.HEAD_BYTES + segments;
        if ((flags & CONTINUED) == 0) {
            partial = new byte[0];
        }
    }

    /** False at the end, or where the next page is not whole. */
    private boolean readPage() throws IOException {
        try {
            in.readFully(page, 0, OggPages.HEAD_BYTES);
            ByteBuffer bytes = ByteBuffer.wrap(page).order(ByteOrder.LITTLE_ENDIAN);
            if (bytes.getInt(0) != OggPages.CAPTURE) {
                return false;
            }
            int count = bytes.get(26) & 0xFF;
            in.readFully(page, OggPages.HEAD_BYTES, count);
            int data = 0;
            for (int i = 0; i < count; i++) {
                data += page[OggPages.HEAD_BYTES + i] & 0xFF;
            }
            in.readFully(page, OggPages.HEAD_BYTES + count, data);
            bytes.limit(OggPages.HEAD_BYTES + count + data);
            if (OggChecksum.of(bytes) != bytes.getInt(OggPages.CHECKSUM_OFFSET)) {
                return false;
            }
            goodBytes += bytes.limit();
            return true;
        } catch (EOFException torn) {
            return false;
        }
    }
}
