package io.jackfield.media.dtls;

/** What the guard thinks of a datagram; each value is also the name of a counter. */
public enum DtlsFilter {
    /** Well-formed and within bounds: Bouncy Castle may read it. */
    PASSED,
    /** Shorter than a record header, or a record reaches beyond the datagram. */
    BAD_RECORD_LENGTH,
    /** A version or content type that no DTLS 1.2 peer sends. */
    BAD_RECORD_TYPE,
    /** A handshake fragment reaches beyond its record, or beyond its message. */
    BAD_FRAGMENT,
    /** A handshake message that claims more than {@link DtlsRecordGuard#MESSAGE_BYTES_MAX}. */
    MESSAGE_TOO_LONG,
    /** All messages together claim more than {@link DtlsRecordGuard#HANDSHAKE_BYTES_MAX}. */
    HANDSHAKE_TOO_LONG,
    /** Two fragments of one message disagree on its type or length. */
    CONTRADICTION,
    /** Too far ahead of the messages seen so far. */
    SEQUENCE_AHEAD,
    /**
     * An alert nobody has authenticated. Anyone who can forge a source address could end a
     * handshake with it, so it is only remembered for the explanation of a later failure.
     */
    ALERT_IN_CLEAR,
    /** More records in a second, or in one handshake, than any peer needs. */
    TOO_MANY_RECORDS,
    /** The association has no room: it has not caught up with what came before. */
    QUEUE_FULL,
    /** The association has ended. */
    CLOSED
}
