package io.jackfield.protocol.stun;

/** Why bytes are no STUN message; each value is also the name of a counter. */
public enum StunFault {
    /** Fewer than the 20 bytes of a header (RFC 8489 §5). */
    TOO_SHORT,
    /** More than {@link StunParser#MESSAGE_BYTES_MAX}. */
    TOO_LONG,
    /** The first two bits are not zero, or the magic cookie is wrong (§5). */
    NOT_STUN,
    /** The length is no multiple of 4, or is not that of the datagram (§5). */
    BAD_LENGTH,
    /** An attribute reaches beyond the message (§14). */
    TRUNCATED_ATTRIBUTE,
    /** An attribute's value breaks its own rules (§14). */
    BAD_ATTRIBUTE,
    /** More than {@link StunParser#ATTRIBUTES_MAX}. */
    TOO_MANY_ATTRIBUTES,
    /** FINGERPRINT is there and wrong, or something follows it (§14.7). */
    BAD_FINGERPRINT
}
