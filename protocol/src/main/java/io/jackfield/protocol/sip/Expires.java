package io.jackfield.protocol.sip;

import java.util.Optional;

/**
 * How long something holds, as in Expires (RFC 3261 §20.19) and Min-Expires (§20.23).
 *
 * @param seconds 0 to 2^32 - 1; what was larger is read as the largest
 */
public record Expires(long seconds) {
    public Expires {
        Seconds.require(seconds);
    }

    /** Reads the value of either header; empty when it is no number. */
    public static Optional<Expires> parse(String value) {
        return Values.parse(value, in -> new Expires(Seconds.read(in)));
    }

    /** The message's Expires; empty when it has none, or one that is no number. */
    public static Optional<Expires> of(SipHeaders headers) {
        return headers.first("Expires").flatMap(Expires::parse);
    }

    /** The message's Min-Expires, which comes with 423. */
    public static Optional<Expires> minimumOf(SipHeaders headers) {
        return headers.first("Min-Expires").flatMap(Expires::parse);
    }

    public String text() {
        return Long.toString(seconds);
    }
}
