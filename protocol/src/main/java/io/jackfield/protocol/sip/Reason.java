package io.jackfield.protocol.sip;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Why a request was sent (RFC 3326).
 *
 * @param protocol {@code SIP}, {@code Q.850}, …
 * @param cause a status or a Q.850 cause
 * @param words for people; unescaped
 */
public record Reason(String protocol, OptionalInt cause, Optional<String> words) {
    public static final String HEADER = "Reason";

    private static final int CAUSE_MAX = 999;

    /**
     * @throws IllegalArgumentException when the protocol is no token, the cause is outside 0 to
     *     999, or the words hold a control character
     */
    public Reason {
        if (!Tokens.isToken(protocol)) {
            throw new IllegalArgumentException("not a token");
        }
        if (cause.isPresent() && (cause.getAsInt() < 0 || cause.getAsInt() > CAUSE_MAX)) {
            throw new IllegalArgumentException("cause outside 0 to 999");
        }
        words.ifPresent(text -> Tokens.requireInLine(text, HEADER));
    }

    /** {@code SIP;cause=200;text="Call completed elsewhere"}. */
    public static Reason sip(int status, String words) {
        return new Reason("SIP", OptionalInt.of(status), Optional.of(words));
    }

    /** Reads the first reason of a header's value. */
    public static Optional<Reason> parse(String value) {
        return parseAll(value).stream().findFirst();
    }

    /** Reads all reasons of a header's value; empty when one is broken. */
    public static List<Reason> parseAll(String value) {
        return Values.parse(value, Reason::readAll).orElse(List.of());
    }

    /** All reasons a message gives, in order. */
    public static List<Reason> of(SipHeaders headers) {
        return headers.all(HEADER).stream().flatMap(v -> parseAll(v).stream()).toList();
    }

    private static List<Reason> readAll(Cursor in) throws Malformed {
        List<Reason> list = new ArrayList<>();
        do {
            list.add(read(in));
        } while (in.takeSeparator(','));
        return list;
    }

    private static Reason read(Cursor in) throws Malformed {
        String protocol = in.token("protocol");
        Parameters parameters = AddressReader.headerParameters(in);
        return new Reason(protocol, cause(parameters), parameters.value("text"));
    }

    /** A cause that is no number is left out: the rest still tells something. */
    private static OptionalInt cause(Parameters parameters) {
        return parameters
                .value("cause")
                .flatMap(text -> Values.parse(text, in -> (int) in.number(CAUSE_MAX, "cause")))
                .map(OptionalInt::of)
                .orElse(OptionalInt.empty());
    }

    public String text() {
        StringBuilder out = new StringBuilder(protocol);
        cause.ifPresent(number -> out.append(";cause=").append(number));
        words.ifPresent(text -> out.append(";text=").append(SipWriter.quoted(text)));
        return out.toString();
    }
}
