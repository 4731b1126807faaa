package io.jackfield.protocol.sip;

import java.util.Optional;

/**
 * The number of a reliable provisional response (RFC 3262 §7.1).
 *
 * @param number 1 to 2^32 - 1
 */
public record RSeq(long number) {
    public static final String HEADER = "RSeq";
    public static final long NUMBER_MAX = (1L << 32) - 1;

    public RSeq {
        if (number < 1 || number > NUMBER_MAX) {
            throw new IllegalArgumentException("RSeq outside 1 to 2^32 - 1");
        }
    }

    /** Reads the header's value. */
    public static Optional<RSeq> parse(String value) {
        return Values.parse(value, RSeq::read);
    }

    public static Optional<RSeq> of(SipHeaders headers) {
        return headers.first(HEADER).flatMap(RSeq::parse);
    }

    static RSeq read(Cursor in) throws Malformed {
        long number = in.number(NUMBER_MAX, "RSeq");
        if (number == 0) {
            throw in.malformed("RSeq 0");
        }
        return new RSeq(number);
    }

    public String text() {
        return Long.toString(number);
    }
}
