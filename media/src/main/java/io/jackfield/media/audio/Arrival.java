package io.jackfield.media.audio;

/** What became of a packet in the jitter buffer; also the name of a counter. */
public enum Arrival {
    /** Waits for its turn. */
    ACCEPTED,
    /** The same, and one sent later was there before it. */
    REORDERED,
    /** After its turn: others, or concealment, have been played in its place. */
    LATE,
    /** Seen before. */
    DUPLICATE,
    /** Longer than a datagram. */
    TOO_LONG,
    /** Its timestamp is far from all others: a stray, or a restart, which the next will tell. */
    FAR_OFF,
    /** Far off like the one before it: the stream begins anew here. */
    RESTARTED
}
