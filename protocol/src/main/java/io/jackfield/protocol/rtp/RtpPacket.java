package io.jackfield.protocol.rtp;

import java.nio.ByteBuffer;

/**
 * A flyweight over the bytes of one RTP packet (RFC 3550 §5.1): reads and writes go straight to the
 * caller's buffer, and nothing is allocated.
 *
 * <p>One object serves all packets of a thread, one after another. The accessors make sense only
 * after {@link #wrap} said {@link RtpValidity#VALID}.
 */
public final class RtpPacket {
    /** The fixed header (§5.1). */
    public static final int HEADER_BYTES = 12;

    /** What {@link #audioLevel} gives where there is none. */
    public static final int NO_AUDIO_LEVEL = -1;

    private static final int MARKER_OFFSET = 1;
    private static final int SEQUENCE_OFFSET = 2;
    private static final int TIMESTAMP_OFFSET = 4;
    private static final int SSRC_OFFSET = 8;
    private static final int PADDING_BIT = 0x20;
    private static final int EXTENSION_BIT = 0x10;
    private static final int CSRC_COUNT_MASK = 0x0F;
    private static final int MARKER_BIT = 0x80;
    private static final int PAYLOAD_TYPE_MASK = 0x7F;
    private static final int CSRC_BYTES = 4;
    private static final int EXTENSION_HEADER_BYTES = 4;

    private ByteBuffer buffer = ByteBuffer.allocate(0);
    private int start;
    private int headerLength;
    private int payloadLength;
    private int paddingLength;

    /** A flyweight over nothing yet. */
    public RtpPacket() {}

    /**
     * Lays this flyweight over the bytes from position to limit, which stay as they are. Never
     * throws.
     */
    public RtpValidity wrap(ByteBuffer packet) {
        int from = packet.position();
        int length = packet.remaining();
        if (length < HEADER_BYTES) {
            return RtpValidity.TOO_SHORT;
        }
        int first = packet.get(from);
        if ((first & 0xC0) != 0x80) {
            return RtpValidity.WRONG_VERSION;
        }
        int header = HEADER_BYTES + (first & CSRC_COUNT_MASK) * CSRC_BYTES;
        if (header > length) {
            return RtpValidity.TRUNCATED_CSRC;
        }
        if ((first & EXTENSION_BIT) != 0) {
            if (header + EXTENSION_HEADER_BYTES > length) {
                return RtpValidity.TRUNCATED_EXTENSION;
            }
            int words = Short.toUnsignedInt(packet.getShort(from + header + 2));
            header += EXTENSION_HEADER_BYTES + words * 4;
            if (header > length) {
                return RtpValidity.TRUNCATED_EXTENSION;
            }
        }
        int padding = 0;
        if ((first & PADDING_BIT) != 0) {
            padding = packet.get(from + length - 1) & 0xFF;
            if (padding == 0 || padding > length - header) {
                return RtpValidity.BAD_PADDING;
            }
        }
        buffer = packet;
        start = from;
        headerLength = header;
        paddingLength = padding;
        payloadLength = length - header - padding;
        return RtpValidity.VALID;
    }

    /** The buffer last wrapped. */
    public ByteBuffer buffer() {
        return buffer;
    }

    public boolean marker() {
        return (buffer.get(start + MARKER_OFFSET) & MARKER_BIT) != 0;
    }

    /** 0 to 127. */
    public int payloadType() {
        return buffer.get(start + MARKER_OFFSET) & PAYLOAD_TYPE_MASK;
    }

    /** 0 to 65535. */
    public int sequenceNumber() {
        return Short.toUnsignedInt(buffer.getShort(start + SEQUENCE_OFFSET));
    }

    /** 32 bits in clock-rate units; compare by difference. */
    public int rtpTimestamp() {
        return buffer.getInt(start + TIMESTAMP_OFFSET);
    }

    /** 32 bits. */
    public int ssrc() {
        return buffer.getInt(start + SSRC_OFFSET);
    }

    /** 0 to 15. */
    public int csrcCount() {
        return buffer.get(start) & CSRC_COUNT_MASK;
    }

    public boolean hasExtension() {
        return (buffer.get(start) & EXTENSION_BIT) != 0;
    }

    /** Absolute index into the buffer. */
    public int payloadOffset() {
        return start + headerLength;
    }

    /** In bytes, without padding. */
    public int payloadLength() {
        return payloadLength;
    }

    /** Header, CSRC list and extension, in bytes. */
    public int headerLength() {
        return headerLength;
    }

    /** 0 to 255 bytes. */
    public int paddingLength() {
        return paddingLength;
    }

    public void marker(boolean value) {
        int octet = payloadType() | (value ? MARKER_BIT : 0);
        buffer.put(start + MARKER_OFFSET, (byte) octet);
    }

    /**
     * @param value 0 to 127
     */
    public void payloadType(int value) {
        if (value < 0 || value > PAYLOAD_TYPE_MASK) {
            throw new IllegalArgumentException("payload type outside 0 to 127: " + value);
        }
        int octet = (buffer.get(start + MARKER_OFFSET) & MARKER_BIT) | value;
        buffer.put(start + MARKER_OFFSET, (byte) octet);
    }

    /**
     * @param value its low 16 bits count
     */
    public void sequenceNumber(int value) {
        buffer.putShort(start + SEQUENCE_OFFSET, (short) value);
    }

    public void rtpTimestamp(int value) {
        buffer.putInt(start + TIMESTAMP_OFFSET, value);
    }

    public void ssrc(int value) {
        buffer.putInt(start + SSRC_OFFSET, value);
    }

    /**
     * Audio level of RFC 6464 §3.
     *
     * @param extensionId 1 to 14, as agreed in SDP
     * @return 0 (loudest) to 127 (silence) in -dBov; {@link #NO_AUDIO_LEVEL} where there is none
     */
    public int audioLevel(int extensionId) {
        int offset = extensionElement(extensionId);
        return offset == HeaderExtension.NOT_FOUND ? NO_AUDIO_LEVEL : buffer.get(offset) & 0x7F;
    }

    /**
     * Voice activity as the sender of the audio level sees it (RFC 6464 §3, the V bit); false where
     * there is no audio level.
     */
    public boolean voiceActivity(int extensionId) {
        int offset = extensionElement(extensionId);
        return offset != HeaderExtension.NOT_FOUND && (buffer.get(offset) & 0x80) != 0;
    }

    private int extensionElement(int extensionId) {
        if (!hasExtension()) {
            return HeaderExtension.NOT_FOUND;
        }
        int extension = start + HEADER_BYTES + csrcCount() * CSRC_BYTES;
        return HeaderExtension.find(buffer, extension, start + headerLength, extensionId);
    }

    /**
     * Takes out CSRC list, header extension and padding in place, by moving the fixed header up to
     * the payload: the buffer's position moves forward, its limit back over the padding. What one
     * leg agreed on means nothing, or something else, to another.
     */
    public void stripToPayload() {
        int shift = headerLength - HEADER_BYTES;
        for (int i = HEADER_BYTES - Integer.BYTES; shift > 0 && i >= 0; i -= Integer.BYTES) {
            buffer.putInt(start + shift + i, buffer.getInt(start + i));
        }
        start += shift;
        headerLength = HEADER_BYTES;
        paddingLength = 0;
        buffer.put(start, (byte) 0x80);
        buffer.limit(start + HEADER_BYTES + payloadLength).position(start);
    }

    /**
     * Writes a fixed header at the position and moves it behind: the payload follows.
     *
     * @param payloadType 0 to 127
     * @param sequenceNumber its low 16 bits count
     */
    public static void writeHeader(
            ByteBuffer out,
            boolean marker,
            int payloadType,
            int sequenceNumber,
            int rtpTimestamp,
            int ssrc) {
        out.put((byte) 0x80);
        out.put((byte) ((marker ? MARKER_BIT : 0) | (payloadType & PAYLOAD_TYPE_MASK)));
        out.putShort((short) sequenceNumber);
        out.putInt(rtpTimestamp);
        out.putInt(ssrc);
    }
}
