package io.jackfield.protocol.rtcp;

import java.nio.ByteBuffer;

/** SKELETON. */
@SuppressWarnings("DoNotCallSuggester")
public final class RtcpParser {
    /** A browser's audio compound has two or three. */
    public static final int PACKETS_MAX = 32;

    private RtcpParser() {}

    /**
     * True where the second byte says RTCP rather than RTP on a port that carries both (RFC 5761
     * §4).
     */
    public static boolean looksLikeRtcp(ByteBuffer datagram) {
        throw new UnsupportedOperationException();
    }

    /** Parses position to limit, which stay as they are. Never throws. */
    public static RtcpParse parse(ByteBuffer datagram) {
        throw new UnsupportedOperationException();
    }
}
