package io.jackfield.media.ogg;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Makes the pages of one stream. Packets are gathered until {@link #page} is asked for; none goes
 * over the end of a page. Thread: one at a time.
 */
public final class OggPages {
    /** A page of 255 segments: 27 bytes of head, the table, the data (RFC 3533 §6). */
    public static final int PAGE_BYTES_MAX = 27 + 255 + 255 * 255;

    static final int HEAD_BYTES = 27;
    static final int CHECKSUM_OFFSET = 22;
    static final int CAPTURE = 0x5367_674F;

    private static final int SEGMENTS_MAX = 255;
    private static final int SEGMENT_BYTES = 255;
    private static final int FIRST = 2;
    private static final int LAST = 4;

    private final int serial;
    private final byte[] table = new byte[SEGMENTS_MAX];
    private final ByteBuffer data = ByteBuffer.allocate(SEGMENTS_MAX * SEGMENT_BYTES);
    private final ByteBuffer page =
            ByteBuffer.allocate(PAGE_BYTES_MAX).order(ByteOrder.LITTLE_ENDIAN);
    private int segments;
    private int number;

    /**
     * @param serial tells the stream from others in the same file
     */
    public OggPages(int serial) {
        this.serial = serial;
    }

    /** Whether a packet of that length has room in the page. */
    public boolean fits(int bytes) {
        return segments + bytes / SEGMENT_BYTES + 1 <= SEGMENTS_MAX;
    }

    /**
     * Adds a packet.
     *
     * @throws IllegalStateException where it does not fit
     */
    public void add(ByteBuffer packet) {
        if (!fits(packet.remaining())) {
            throw new IllegalStateException("the page is full");
        }
        int rest = packet.remaining();
        data.put(packet);
        for (; rest >= SEGMENT_BYTES; rest -= SEGMENT_BYTES) {
            table[segments++] = (byte) SEGMENT_BYTES;
        }
        table[segments++] = (byte) rest;
    }

    public boolean isEmpty() {
        return segments == 0;
    }

    /**
     * Ends the page.
     *
     * @param granule position of its last packet
     * @param last of the stream
     * @return the page, valid until the next call
     */
    public ByteBuffer page(long granule, boolean last) {
        page.clear();
        int flags = (number == 0 ? FIRST : 0) | (last ? LAST : 0);
        page.putInt(CAPTURE).put((byte) 0).put((byte) flags).putLong(granule);
        page.putInt(serial).putInt(number++).putInt(0).put((byte) segments);
        page.put(table, 0, segments).put(data.flip()).flip();
        page.putInt(CHECKSUM_OFFSET, OggChecksum.of(page));
        data.clear();
        segments = 0;
        return page;
    }
}
