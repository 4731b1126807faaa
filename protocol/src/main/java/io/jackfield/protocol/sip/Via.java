package io.jackfield.protocol.sip;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * One hop of the Via header (RFC 3261 §20.42).
 *
 * @param transport upper case: UDP, TCP, TLS, WS, WSS
 * @param host as received; an IPv6 address in brackets
 */
public record Via(String transport, String host, OptionalInt port, Parameters parameters) {
    /** What every branch of RFC 3261 begins with (§8.1.1.7). */
    public static final String MAGIC_COOKIE = "z9hG4bK";

    public Optional<String> branch() {
        return parameters.value("branch");
    }

    /** True when the branch is unique by RFC 3261 §17.2.3, so that transactions match by it. */
    public boolean hasMagicCookie() {
        return branch().filter(b -> b.startsWith(MAGIC_COOKIE)).isPresent();
    }
}
