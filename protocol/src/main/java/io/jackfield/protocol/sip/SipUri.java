package io.jackfield.protocol.sip;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A {@code sip:} or {@code sips:} URI (RFC 3261 §19.1).
 *
 * <p>One that was read is written as it was read, since {@code %2C} and a comma are not the same
 * (§19.1.4) and routes must come back unchanged; one that was changed is written anew. {@code
 * equals} compares the parts; {@link #matches} is the comparison of the standard.
 */
public final class SipUri implements Uri {
    private final boolean secure;
    private final Optional<String> user;
    private final Optional<String> password;
    private final String host;
    private final OptionalInt port;
    private final Parameters parameters;
    private final List<Header> headers;
    private final String wire;

    /**
     * @param secure true for {@code sips}
     * @param user unescaped; empty when there is none
     * @param host a name or an address; one of IPv6 in brackets
     * @param parameters unescaped
     * @param headers what follows the question mark, unescaped
     * @throws IllegalArgumentException when host or port cannot be ones
     */
    public SipUri(
            boolean secure,
            Optional<String> user,
            String host,
            OptionalInt port,
            Parameters parameters,
            List<Header> headers) {
        this(secure, user, Optional.empty(), host, port, parameters, headers, "");
    }

    /**
     * @param wire as it was read; empty to have it written from the parts
     */
    SipUri(
            boolean secure,
            Optional<String> user,
            Optional<String> password,
            String host,
            OptionalInt port,
            Parameters parameters,
            List<Header> headers,
            String wire) {
        this.secure = secure;
        this.user = user.filter(text -> !text.isEmpty());
        this.password = password;
        this.host = host.toLowerCase(Locale.ROOT);
        this.port = port;
        this.parameters = parameters;
        this.headers = List.copyOf(headers);
        if (!Hosts.isHost(this.host)) {
            throw new IllegalArgumentException("not a host");
        }
        if (port.isPresent() && (port.getAsInt() < 1 || port.getAsInt() > 65_535)) {
            throw new IllegalArgumentException("port outside 1 to 65535");
        }
        this.wire = wire.isEmpty() ? SipWriter.text(this) : wire;
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

    /** Reads a SIP or SIPS URI; empty when it is none. */
    public static Optional<SipUri> parse(String text) {
        return Uri.parse(text)
                .flatMap(uri -> uri instanceof SipUri sip ? Optional.of(sip) : Optional.empty());
    }

    /** True for {@code sips}. */
    public boolean secure() {
        return secure;
    }

    /** Unescaped; never an empty text. */
    public Optional<String> user() {
        return user;
    }

    /** Unescaped. Kept so that the URI stays what it was (§19.1.1 advises against it). */
    public Optional<String> password() {
        return password;
    }

    /** Lower case; an IPv6 address in brackets. */
    public String host() {
        return host;
    }

    public OptionalInt port() {
        return port;
    }

    public Parameters parameters() {
        return parameters;
    }

    /** What follows the question mark, unescaped. */
    public List<Header> headers() {
        return headers;
    }

    public SipUri withUser(String next) {
        return new SipUri(secure, Optional.of(next), host, port, parameters, headers);
    }

    public SipUri withHostPort(String nextHost, OptionalInt nextPort) {
        return new SipUri(secure, user, password, nextHost, nextPort, parameters, headers, "");
    }

    public SipUri withParameters(Parameters next) {
        return new SipUri(secure, user, password, host, port, next, headers, "");
    }

    /**
     * True when both mean the same resource (§19.1.4). The comparison is the standard's: not
     * transitive, and an absent port is not the default port.
     */
    public boolean matches(SipUri other) {
        return UriComparison.matches(this, other);
    }

    @Override
    public String text() {
        return wire;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SipUri that
                && secure == that.secure
                && user.equals(that.user)
                && password.equals(that.password)
                && host.equals(that.host)
                && port.equals(that.port)
                && parameters.equals(that.parameters)
                && headers.equals(that.headers);
    }

    @Override
    public int hashCode() {
        return Objects.hash(secure, user, host, port, parameters);
    }

    /** As on the wire, but without the password. */
    @Override
    public String toString() {
        return password.isEmpty()
                ? wire
                : new SipUri(secure, user, host, port, parameters, headers).text();
    }
}
