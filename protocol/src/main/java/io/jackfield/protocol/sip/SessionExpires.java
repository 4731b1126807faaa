package io.jackfield.protocol.sip;

import java.util.Optional;

/**
 * The session interval, and who refreshes (RFC 4028 §4).
 *
 * @param seconds 0 to 2^32 - 1; below 90 the answer is 422 (§5)
 * @param refresher empty when it is left to the answerer
 */
public record SessionExpires(long seconds, Optional<Refresher> refresher) {
    public static final String HEADER = "Session-Expires";

    /** "…MUST NOT be less than 90 seconds" (RFC 4028 §5). */
    public static final long SECONDS_MIN = 90;

    /** The side that refreshes, as seen in the transaction that carries the header. */
    public enum Refresher {
        UAC,
        UAS;

        private String text() {
            return this == UAC ? "uac" : "uas";
        }
    }

    public SessionExpires {
        Seconds.require(seconds);
    }

    /** Reads the header's value; another refresher than the two makes it none. */
    public static Optional<SessionExpires> parse(String value) {
        return Values.parse(value, SessionExpires::read);
    }

    public static Optional<SessionExpires> of(SipHeaders headers) {
        return headers.first(HEADER).flatMap(SessionExpires::parse);
    }

    private static SessionExpires read(Cursor in) throws Malformed {
        long seconds = Seconds.read(in);
        Parameters parameters = AddressReader.headerParameters(in);
        if (!parameters.has("refresher")) {
            return new SessionExpires(seconds, Optional.empty());
        }
        String name = parameters.value("refresher").orElse("");
        for (Refresher refresher : Refresher.values()) {
            if (refresher.text().equalsIgnoreCase(name)) {
                return new SessionExpires(seconds, Optional.of(refresher));
            }
        }
        throw in.malformed("unknown refresher");
    }

    public String text() {
        return seconds + refresher.map(r -> ";refresher=" + r.text()).orElse("");
    }
}
