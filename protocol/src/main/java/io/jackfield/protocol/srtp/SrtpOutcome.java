package io.jackfield.protocol.srtp;

/** What became of a packet; each value is also the name of a counter. */
public enum SrtpOutcome {
    ACCEPTED,
    /** Too short for a header and a tag. */
    TOO_SHORT,
    /** Version, CSRC list or header extension do not fit the packet. */
    MALFORMED,
    /** This index was accepted before, or is too old to tell (RFC 3711 §3.3.2). */
    REPLAYED,
    /** The authentication tag is wrong. */
    BAD_TAG,
    /** SRTCP without the E bit: we never agreed to send reports in the clear. */
    NOT_ENCRYPTED,
    /** Sending only: this index was used before, or may have been; it is never used again. */
    INDEX_USED,
    /** Sending only: the key has protected all it may (RFC 3711 §9.2). */
    KEY_EXHAUSTED,
    /** Sending only: more SSRCs than one leg may send. */
    TOO_MANY_SSRCS,
    /** Sending only: the buffer has no room for the tag. */
    NO_ROOM
}
