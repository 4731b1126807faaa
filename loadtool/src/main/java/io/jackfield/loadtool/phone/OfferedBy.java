package io.jackfield.loadtool.phone;

/** Whose offer the other side has answered; decides the ICE role (RFC 8445 §6.1.1). */
public enum OfferedBy {
    US,
    PEER
}
