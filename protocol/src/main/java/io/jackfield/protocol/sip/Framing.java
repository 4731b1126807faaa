package io.jackfield.protocol.sip;

/** How the transport told where a message ends, and so what {@code Content-Length} is held to. */
public enum Framing {
    /** UDP: a missing length means the rest, a smaller one drops what follows (RFC 3261 §18.3). */
    DATAGRAM,

    /** TCP and TLS, cut by {@link StreamFramer}: the length must be there and true. */
    STREAM,

    /**
     * One message, one frame (RFC 7118 §5): the length may be missing, but must be true, since "a
     * WebSocket message MUST NOT contain more than one SIP message".
     */
    WEB_SOCKET
}
