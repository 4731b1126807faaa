package io.jackfield.protocol.sip;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A {@code sip:} or {@code sips:} URI (RFC 3261 §19.1).
 *
 * @param secure true for {@code sips}
 * @param user unescaped; empty when there is none. A password part is never kept: it is refused by
 *     the parser (§19.1.1 recommends against it)
 * @param host lower case; an IPv6 address in brackets
 * @param headers what follows the question mark, unescaped
 */
public record SipUri(
        boolean secure,
        Optional<String> user,
        String host,
        OptionalInt port,
        Parameters parameters,
        List<Header> headers)
        implements Uri {

    public SipUri {
        headers = List.copyOf(headers);
    }

    /** {@code sip:host}. */
    public static SipUri of(String host) {
        return new SipUri(
                false, Optional.empty(), host, OptionalInt.empty(), Parameters.NONE, List.of());
    }

    /** {@code sip:user@host}. */
    public static SipUri of(String user, String host) {
        return new SipUri(
                false, Optional.of(user), host, OptionalInt.empty(), Parameters.NONE, List.of());
    }

    public SipUri withUser(String next) {
        return new SipUri(secure, Optional.of(next), host, port, parameters, headers);
    }

    public SipUri withHostPort(String nextHost, OptionalInt nextPort) {
        return new SipUri(secure, user, nextHost, nextPort, parameters, headers);
    }

    public SipUri withParameters(Parameters next) {
        return new SipUri(secure, user, host, port, next, headers);
    }

    @Override
    public String text() {
        return SipWriter.text(this);
    }

    @Override
    public String toString() {
        return text();
    }
}
