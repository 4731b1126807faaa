package io.jackfield.protocol.rtp;

/** What became of a packet to be forwarded; also the name of a counter. */
public enum RewriteOutcome {
    /** Rewritten; send it. */
    FORWARD,
    /** Rewritten as the first of a new source or after a gap, marker set; send it. */
    FORWARD_RESUMED,
    /** Drop: its place in the outgoing stream is taken. */
    DUPLICATE,
    /** Drop: from before the last change of source, or older than the reordering window. */
    TOO_LATE,
    /** Drop: the other side has no payload type for it. */
    UNMAPPED_PAYLOAD_TYPE
}
