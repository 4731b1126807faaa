package io.jackfield.protocol.srtp;

/** Packet indexes: roll-over counter and sequence number (RFC 3711 §3.3.1). */
final class SrtpIndex {
    /** 2^48 - 1. */
    static final long MAX = 0xFFFF_FFFF_FFFFL;

    /** 2^31 - 1, for SRTCP (§3.4). */
    static final long RTCP_MAX = 0x7FFF_FFFFL;

    /** Sequence numbers before the roll-over counter moves. */
    static final long CYCLE = 1L << 16;

    private SrtpIndex() {}

    /**
     * The index nearest to the highest so far that ends in this sequence number (§3.3.1, appendix
     * A).
     *
     * @return negative where that would lie before the first cycle
     */
    static long estimate(long highest, int sequenceNumber) {
        return highest + (short) (sequenceNumber - (int) highest);
    }
}
