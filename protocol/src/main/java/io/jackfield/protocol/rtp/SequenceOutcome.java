package io.jackfield.protocol.rtp;

/** Where a packet stands in its stream (RFC 3550 A.1); also the name of a counter. */
public enum SequenceOutcome {
    /** The first of the stream. */
    FIRST,
    /** Directly after the highest so far. */
    NEXT,
    /** Ahead of the highest: those between are missing so far. */
    AFTER_GAP,
    /** Behind the highest and new: late, not lost. */
    LATE,
    /** Seen before. */
    DUPLICATE,
    /** Far off, once: a stray or a restart, which the next packet will tell. Not counted. */
    FAR_OFF,
    /** Far off for the second time in a row: the source has restarted, counting begins anew. */
    RESTARTED
}
