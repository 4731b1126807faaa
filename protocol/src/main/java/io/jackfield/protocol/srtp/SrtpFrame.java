package io.jackfield.protocol.srtp;

import java.nio.ByteBuffer;

/**
 * Where the parts of one packet lie in the caller's array. Reused for every packet.
 *
 * <pre>
 *   offset        bodyOffset         bodyEnd
 *     | header        | body (encrypted) |  RTP: tag  ·  RTCP: index and tag
 * </pre>
 */
final class SrtpFrame {
    private static final int RTP_HEADER_BYTES = 12;
    private static final int RTP_SSRC_OFFSET = 8;
    private static final int RTCP_HEADER_BYTES = 8;
    private static final int RTCP_SSRC_OFFSET = 4;
    private static final int EXTENSION_BIT = 0x10;

    byte[] bytes = {};
    int offset;
    int bodyOffset;
    int bodyEnd;
    int tagOffset;
    int ssrc;

    /** The packet's index, which makes the IV. */
    long index;

    /** What is authenticated behind the body: RTP's roll-over counter, RTCP's E bit and index. */
    int trailer;

    /**
     * Lays the frame over an RTP packet.
     *
     * @param after bytes from the end of the body to the limit
     */
    SrtpOutcome coverRtp(ByteBuffer packet, int after) {
        int length = packet.remaining() - after;
        if (length < RTP_HEADER_BYTES) {
            return SrtpOutcome.TOO_SHORT;
        }
        int start = packet.position();
        int first = packet.get(start);
        int header = RTP_HEADER_BYTES + (first & 0x0F) * 4;
        boolean extended = (first & EXTENSION_BIT) != 0;
        if (extended && header + 4 <= length) {
            header += 4 + Short.toUnsignedInt(packet.getShort(start + header + 2)) * 4;
        } else if (extended) {
            return SrtpOutcome.MALFORMED;
        }
        if ((first & 0xC0) != 0x80 || header > length) {
            return SrtpOutcome.MALFORMED;
        }
        ssrc = packet.getInt(start + RTP_SSRC_OFFSET);
        cover(packet, header, length);
        return SrtpOutcome.ACCEPTED;
    }

    /** Lays the frame over a compound RTCP packet, whose first header stays in clear. */
    SrtpOutcome coverRtcp(ByteBuffer packet, int after) {
        int length = packet.remaining() - after;
        if (length < RTCP_HEADER_BYTES) {
            return SrtpOutcome.TOO_SHORT;
        }
        int start = packet.position();
        if ((packet.get(start) & 0xC0) != 0x80) {
            return SrtpOutcome.MALFORMED;
        }
        ssrc = packet.getInt(start + RTCP_SSRC_OFFSET);
        cover(packet, RTCP_HEADER_BYTES, length);
        return SrtpOutcome.ACCEPTED;
    }

    private void cover(ByteBuffer packet, int header, int length) {
        bytes = packet.array();
        offset = packet.arrayOffset() + packet.position();
        bodyOffset = offset + header;
        bodyEnd = offset + length;
        tagOffset = bodyEnd;
    }

    int bodyLength() {
        return bodyEnd - bodyOffset;
    }
}
