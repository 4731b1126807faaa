package io.jackfield.protocol.rtp;

import java.nio.ByteBuffer;

/** Elements of a header extension, one-byte and two-byte form (RFC 8285 §4.2, §4.3). */
final class HeaderExtension {
    /** What {@link #find} gives where there is no such element. */
    static final int NOT_FOUND = -1;

    private static final int ONE_BYTE_PROFILE = 0xBEDE;
    private static final int TWO_BYTE_PROFILE = 0x1000;
    private static final int TWO_BYTE_PROFILE_MASK = 0xFFF0;
    private static final int HEADER_BYTES = 4;
    private static final int ONE_BYTE_STOP_ID = 15;

    private HeaderExtension() {}

    /**
     * Finds an element's data.
     *
     * @param offset of the extension's header
     * @param end behind the extension
     * @param id 1 to 14, or to 255 in the two-byte form
     * @return absolute index of the first data byte, or {@link #NOT_FOUND}; an element without
     *     data, or one that reaches beyond the end, is not found
     */
    static int find(ByteBuffer buffer, int offset, int end, int id) {
        int profile = Short.toUnsignedInt(buffer.getShort(offset));
        if (profile == ONE_BYTE_PROFILE) {
            return findOneByte(buffer, offset + HEADER_BYTES, end, id);
        }
        if ((profile & TWO_BYTE_PROFILE_MASK) == TWO_BYTE_PROFILE) {
            return findTwoByte(buffer, offset + HEADER_BYTES, end, id);
        }
        return NOT_FOUND;
    }

    /** "If the ID value 15 is used, … processing should stop" (§4.2). */
    private static int findOneByte(ByteBuffer buffer, int from, int end, int id) {
        int at = from;
        while (at < end) {
            int element = buffer.get(at) & 0xFF;
            if (element == 0) {
                at++;
                continue;
            }
            int elementId = element >>> 4;
            int length = (element & 0x0F) + 1;
            if (elementId == ONE_BYTE_STOP_ID || at + 1 + length > end) {
                return NOT_FOUND;
            }
            if (elementId == id) {
                return at + 1;
            }
            at += 1 + length;
        }
        return NOT_FOUND;
    }

    private static int findTwoByte(ByteBuffer buffer, int from, int end, int id) {
        int at = from;
        while (at + 1 < end) {
            int elementId = buffer.get(at) & 0xFF;
            if (elementId == 0) {
                at++;
                continue;
            }
            int length = buffer.get(at + 1) & 0xFF;
            if (at + 2 + length > end) {
                return NOT_FOUND;
            }
            if (elementId == id) {
                return length == 0 ? NOT_FOUND : at + 2;
            }
            at += 2 + length;
        }
        return NOT_FOUND;
    }
}
