package io.jackfield.protocol.srtp;

/** Packet indexes: roll-over counter and sequence number (RFC 3711 §3.3.1). */
final class SrtpIndex {
    /** 2^48 - 1. */
    static final long MAX = 0xFFFF_FFFF_FFFFL;

    private SrtpIndex() {}
}
