package io.jackfield.protocol.sdp;

import java.util.Locale;
import java.util.Optional;

/** Who opens the DTLS association: {@code a=setup} (RFC 4145 §4, RFC 8842 §5). */
public enum SetupRole {
    /** Is the DTLS client: sends the ClientHello. */
    ACTIVE,
    /** Is the DTLS server: waits. */
    PASSIVE,
    /** Leaves it to the answerer; only in offers. */
    ACTPASS,
    /** Wants no association for now; not usable with DTLS-SRTP. */
    HOLDCONN;

    static Optional<SetupRole> parse(String text) {
        for (SetupRole role : values()) {
            if (role.name().equalsIgnoreCase(text.strip())) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }

    /** As in {@code a=setup}. */
    public String sdpName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
