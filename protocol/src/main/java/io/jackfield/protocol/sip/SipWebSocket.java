package io.jackfield.protocol.sip;

/**
 * SIP over WebSocket (RFC 7118): each message in one frame, text or binary, and nothing else in it.
 */
public final class SipWebSocket {
    /** What both sides name in {@code Sec-WebSocket-Protocol} (RFC 7118 §4.1). */
    public static final String SUBPROTOCOL = "sip";

    /** A longer WebSocket message ends the connection with close code 1009. Unit: bytes. */
    public static final int FRAME_MAX = SipParser.MESSAGE_MAX;

    private SipWebSocket() {}

    /** Reads the whole content of one WebSocket message, its fragments joined. */
    public static ParseResult parse(byte[] frame) {
        return SipParser.parse(frame, Framing.WEB_SOCKET);
    }
}
