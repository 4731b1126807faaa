package io.jackfield.protocol.sip.dialog;

/** Why a request of ours got no answer (RFC 3261 §8.1.3.1). */
public enum FailureKind {
    /** No final response came in time; counts as 408. */
    TIMEOUT,
    /** It could not be sent; counts as 503. */
    TRANSPORT
}
