package io.jackfield.protocol.stun;

/** What became of bytes that might be STUN. */
public sealed interface StunParse {

    /** A well-formed message; its integrity is not checked yet. */
    record Received(StunPacket packet) implements StunParse {}

    /** Not STUN, or broken: nothing to answer. */
    record Refused(StunFault fault) implements StunParse {}
}
