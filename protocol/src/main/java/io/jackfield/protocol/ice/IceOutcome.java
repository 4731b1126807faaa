package io.jackfield.protocol.ice;

/** What became of a STUN packet; each value is also the name of a counter. */
public enum IceOutcome {
    /** A verified check, answered with success; the pair is valid. */
    ANSWERED,
    /** The same, and the peer has just made this the selected pair. */
    NOMINATED,
    /** A verified check that claims the controlled role: answered with 487 (RFC 8445 §7.3.1.1). */
    ROLE_CONFLICT,
    /** A verified check with attributes that must be and are not understood: answered with 420. */
    NOT_UNDERSTOOD,
    /** A verified answer to a check of ours. */
    CHECK_SUCCEEDED,
    /** A verified refusal of a check of ours. */
    CHECK_REFUSED,
    /** A keep-alive indication (RFC 8445 §11): nothing to do. */
    INDICATION,
    /** Dropped: a method or a class this side does not expect. */
    UNEXPECTED,
    /** Dropped: no FINGERPRINT, which ICE demands (RFC 8445 §7.1). */
    NO_FINGERPRINT,
    /** Dropped: no USERNAME or no MESSAGE-INTEGRITY. */
    NO_CREDENTIALS,
    /** Dropped: a USERNAME that is not ours. */
    UNKNOWN_USERNAME,
    /** Dropped: MESSAGE-INTEGRITY is wrong. */
    BAD_INTEGRITY,
    /** Dropped: an answer to no check of ours, or from an address that was not asked. */
    UNKNOWN_TRANSACTION;

    /** True where the packet was proven to come from the peer. */
    public boolean verified() {
        return switch (this) {
            case ANSWERED,
                    NOMINATED,
                    ROLE_CONFLICT,
                    NOT_UNDERSTOOD,
                    CHECK_SUCCEEDED,
                    CHECK_REFUSED ->
                    true;
            case INDICATION,
                    UNEXPECTED,
                    NO_FINGERPRINT,
                    NO_CREDENTIALS,
                    UNKNOWN_USERNAME,
                    BAD_INTEGRITY,
                    UNKNOWN_TRANSACTION ->
                    false;
        };
    }
}
