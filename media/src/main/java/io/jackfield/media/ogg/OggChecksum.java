package io.jackfield.media.ogg;

import java.nio.ByteBuffer;

/** The CRC of a page: polynomial 0x04c11db7, straight, from zero (RFC 3533 §6). Pure. */
final class OggChecksum {
    private static final int POLYNOMIAL = 0x04c1_1db7;
    private static final int[] TABLE = new int[256];

    static {
        for (int i = 0; i < TABLE.length; i++) {
            int value = i << 24;
            for (int bit = 0; bit < 8; bit++) {
                value = value < 0 ? value << 1 ^ POLYNOMIAL : value << 1;
            }
            TABLE[i] = value;
        }
    }

    private OggChecksum() {}

    /** Of the bytes from position to limit, with zeros where the page bears its checksum. */
    static int of(ByteBuffer page) {
        int crc = 0;
        int field = page.position() + OggPages.CHECKSUM_OFFSET;
        for (int i = page.position(); i < page.limit(); i++) {
            int value = i >= field && i < field + Integer.BYTES ? 0 : page.get(i) & 0xFF;
            crc = crc << 8 ^ TABLE[(crc >>> 24 ^ value) & 0xFF];
        }
        return crc;
    }
}
