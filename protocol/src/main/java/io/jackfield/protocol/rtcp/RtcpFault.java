package io.jackfield.protocol.rtcp;

/** Why bytes are no RTCP; each value is also the name of a counter. */
public enum RtcpFault {
    /** Fewer than the 4 bytes of a header. */
    TOO_SHORT,
    /** The version is not 2. */
    WRONG_VERSION,
    /** A packet type outside 192 to 223 (RFC 5761 §4). */
    NOT_RTCP,
    /** A packet reaches beyond the datagram. */
    TRUNCATED,
    /** Padding before the last packet, or longer than it. */
    BAD_PADDING,
    /** A body shorter than its count, or an item that reaches beyond its chunk. */
    BAD_BODY,
    /** More than {@link RtcpParser#PACKETS_MAX}. */
    TOO_MANY_PACKETS
}
