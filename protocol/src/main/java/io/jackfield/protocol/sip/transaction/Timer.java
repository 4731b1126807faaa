package io.jackfield.protocol.sip.transaction;

/** The timers of RFC 3261, table 4, and of RFC 6026; C belongs to proxies and is not here. */
public enum Timer {
    /** Repeats an INVITE: T1, doubling; unreliable transports only (§17.1.1.2). */
    A,
    /** Ends the wait for any response to an INVITE: 64*T1 (§17.1.1.2). */
    B,
    /** Absorbs repeated 3xx to 6xx to an INVITE: at least 32 s, 0 if reliable (§17.1.1.2). */
    D,
    /** Repeats a non-INVITE: T1, doubling up to T2; unreliable transports only (§17.1.2.2). */
    E,
    /** Ends the wait for a final response to a non-INVITE: 64*T1 (§17.1.2.2). */
    F,
    /** Repeats a 3xx to 6xx to an INVITE: T1, doubling up to T2; unreliable only (§17.2.1). */
    G,
    /** Ends the wait for an ACK: 64*T1 (§17.2.1). */
    H,
    /** Absorbs repeated ACKs: T4, 0 if reliable (§17.2.1). */
    I,
    /** Absorbs repeated non-INVITE requests: 64*T1, 0 if reliable (§17.2.2). */
    J,
    /** Absorbs repeated responses to a non-INVITE: T4, 0 if reliable (§17.1.2.2). */
    K,
    /** Absorbs repeated INVITEs after a 2xx: 64*T1 (RFC 6026 §7.1). */
    L,
    /** Lets further 2xx to an INVITE through: 64*T1 (RFC 6026 §7.2). */
    M,
    /** Answers an INVITE 100 when the user is silent: at most 200 ms (§17.2.1). */
    TRYING,
    /** Ends the wait for a final response to an INVITE that was cancelled: 64*T1 (§9.1). */
    CANCELLED
}
