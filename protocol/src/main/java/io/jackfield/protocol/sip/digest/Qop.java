package io.jackfield.protocol.sip.digest;

import java.util.Arrays;
import java.util.Optional;

/** Quality of protection (RFC 7616 §3.3). */
public enum Qop {
    /** Method and URI are protected. */
    AUTH("auth"),

    /** The body is too. */
    AUTH_INT("auth-int");

    private final String token;

    Qop(String token) {
        this.token = token;
    }

    static Optional<Qop> of(String token) {
        return Arrays.stream(values()).filter(q -> q.token.equalsIgnoreCase(token)).findFirst();
    }

    String token() {
        return token;
    }
}
