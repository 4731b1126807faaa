package io.jackfield.protocol.sip;

import java.util.Optional;

/**
 * The shortest session interval that someone on the way takes (RFC 4028 §5).
 *
 * @param seconds 0 to 2^32 - 1; an absent header means {@link SessionExpires#SECONDS_MIN}
 */
public record MinSe(long seconds) {
    public static final String HEADER = "Min-SE";

    public MinSe {
        Seconds.require(seconds);
    }

    /** Reads the header's value. */
    public static Optional<MinSe> parse(String value) {
        return Values.parse(value, MinSe::read);
    }

    public static Optional<MinSe> of(SipHeaders headers) {
        return headers.first(HEADER).flatMap(MinSe::parse);
    }

    private static MinSe read(Cursor in) throws Malformed {
        long seconds = Seconds.read(in);
        AddressReader.headerParameters(in);
        return new MinSe(seconds);
    }

    public String text() {
        return Long.toString(seconds);
    }
}
