package io.jackfield.protocol.sdp;

import java.math.BigInteger;
import java.util.Optional;

/**
 * The {@code o=} line: who described the session, and which version of the description this is (RFC
 * 8866 §5.2).
 *
 * @param sessionId decimal digits; kept as text, since peers write more than 64 bits
 * @param version decimal digits; grows by one with each change (RFC 3264 §8)
 */
public record Origin(String username, String sessionId, String version, Connection address) {
    /** Far beyond 64 bits, and small enough to count with. */
    static final int DIGITS_MAX = 40;

    public Origin {
        SdpText.check(SdpText.isField(username), "origin user name", username);
        SdpText.check(SdpText.isDigits(sessionId, DIGITS_MAX), "session id", sessionId);
        SdpText.check(SdpText.isDigits(version, DIGITS_MAX), "session version", version);
    }

    /**
     * The origin of a session we begin.
     *
     * @param sessionId random, not negative; JSEP asks for 63 bits (RFC 8829 §5.2.1)
     */
    public static Origin first(long sessionId, Connection address) {
        return new Origin("-", Long.toString(sessionId), "1", address);
    }

    /** The origin of the next, changed description. */
    public Origin next() {
        String next = new BigInteger(version).add(BigInteger.ONE).toString();
        // A version of forty nines came from ourselves or not at all; begin again.
        return new Origin(username, sessionId, next.length() <= DIGITS_MAX ? next : "1", address);
    }

    static Optional<Origin> parse(String text) {
        String[] f = SdpText.fields(text);
        if (f.length != 6
                || !SdpText.isField(f[0])
                || !SdpText.isDigits(f[1], DIGITS_MAX)
                || !SdpText.isDigits(f[2], DIGITS_MAX)) {
            return Optional.empty();
        }
        return Connection.parse(f[3] + " " + f[4] + " " + f[5])
                .map(address -> new Origin(f[0], f[1], f[2], address));
    }

    @Override
    public String toString() {
        return username + " " + sessionId + " " + version + " " + address;
    }
}
