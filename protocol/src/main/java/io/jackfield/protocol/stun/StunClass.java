package io.jackfield.protocol.stun;

/** The four classes of STUN messages (RFC 8489 §5). */
public enum StunClass {
    REQUEST,
    INDICATION,
    SUCCESS,
    ERROR
}
