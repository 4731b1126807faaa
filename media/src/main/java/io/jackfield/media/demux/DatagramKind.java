package io.jackfield.media.demux;

import io.jackfield.protocol.rtcp.RtcpParser;
import java.nio.ByteBuffer;

/** What shares the browser port, told apart by the first byte (RFC 7983 §7). */
public enum DatagramKind {
    /** 0 to 3. */
    STUN,
    /** 20 to 63. */
    DTLS,
    /** 128 to 191, and the second byte is no RTCP type (RFC 5761 §4). */
    RTP,
    /** 128 to 191, and the second byte is. */
    RTCP,
    /** ZRTP, TURN channels and everything else: nothing we speak. */
    OTHER;

    /** Looks at position and position + 1; an empty datagram is {@link #OTHER}. */
    public static DatagramKind of(ByteBuffer datagram) {
        if (!datagram.hasRemaining()) {
            return OTHER;
        }
        int first = datagram.get(datagram.position()) & 0xFF;
        if (first <= 3) {
            return STUN;
        }
        if (first >= 20 && first <= 63) {
            return DTLS;
        }
        if (first >= 128 && first <= 191) {
            return RtcpParser.looksLikeRtcp(datagram) ? RTCP : RTP;
        }
        return OTHER;
    }
}
