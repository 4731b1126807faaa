package io.jackfield.protocol.sip;

import java.util.Optional;

/**
 * When to try again (RFC 3261 §20.33). Comment and duration are read over.
 *
 * @param seconds 0 to 2^32 - 1
 */
public record RetryAfter(long seconds) {
    public static final String HEADER = "Retry-After";

    public RetryAfter {
        Seconds.require(seconds);
    }

    /** Reads the header's value. */
    public static Optional<RetryAfter> parse(String value) {
        return Values.parse(value, RetryAfter::read);
    }

    public static Optional<RetryAfter> of(SipHeaders headers) {
        return headers.first(HEADER).flatMap(RetryAfter::parse);
    }

    private static RetryAfter read(Cursor in) throws Malformed {
        long seconds = Seconds.read(in);
        in.skipLws();
        if (in.peek() == '(') {
            in.skipComment();
        }
        AddressReader.headerParameters(in);
        return new RetryAfter(seconds);
    }

    public String text() {
        return Long.toString(seconds);
    }
}
