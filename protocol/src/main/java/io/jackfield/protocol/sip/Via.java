package io.jackfield.protocol.sip;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * One hop of the Via header (RFC 3261 §20.42).
 *
 * @param transport upper case: UDP, TCP, TLS, WS, WSS
 * @param host lower case; an IPv6 address in brackets
 */
public record Via(String transport, String host, OptionalInt port, Parameters parameters) {
    /** What every branch of RFC 3261 begins with (§8.1.1.7). */
    public static final String MAGIC_COOKIE = "z9hG4bK";

    /**
     * @throws IllegalArgumentException when transport or host cannot be ones
     */
    public Via {
        if (!Tokens.isToken(transport) || !Hosts.isHost(host)) {
            throw new IllegalArgumentException("not a Via");
        }
    }

    public Optional<String> branch() {
        return parameters.value("branch");
    }

    /**
     * True when the branch is unique by RFC 3261 §17.2.3, so that transactions match by it. The
     * cookie alone is not (RFC 4475 §3.2.1).
     */
    public boolean hasMagicCookie() {
        return branch().filter(Via::isUnique).isPresent();
    }

    private static boolean isUnique(String branch) {
        return branch.startsWith(MAGIC_COOKIE) && branch.length() > MAGIC_COOKIE.length();
    }
}
