package io.jackfield.protocol.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;

/** What must hold for whatever bytes the parser is given. */
final class RoundTrip {
    private RoundTrip() {}

    /**
     * Parses, and asserts that a message written and read again is equal, and that an answer is one
     * well-formed response. Gives true for a message.
     */
    static boolean check(byte[] bytes, Framing framing) {
        return switch (SipParser.parse(bytes, framing)) {
            case ParseResult.Parsed(SipMessage message) -> {
                checkAgain(message);
                yield true;
            }
            case ParseResult.Rejected(ParseFailure failure) -> {
                check(failure, bytes);
                yield false;
            }
            case ParseResult.KeepAlive _ -> {
                assertThat(new String(bytes, StandardCharsets.US_ASCII)).isBlank();
                yield false;
            }
        };
    }

    private static void checkAgain(SipMessage message) {
        byte[] written = message.encode();
        ParseResult again = SipParser.parse(written, Framing.STREAM);
        if (!again.equals(new ParseResult.Parsed(message)) && !isBeyondBounds(again)) {
            throw new AssertionError(
                    "not equal when read again: "
                            + again
                            + "\n"
                            + new String(written, StandardCharsets.UTF_8));
        }
    }

    /** Canonical forms are a little longer: what was just within a bound may be just beyond it. */
    private static boolean isBeyondBounds(ParseResult again) {
        return again instanceof ParseResult.Rejected(ParseFailure failure)
                && (failure.reason().endsWith("is too long")
                        || failure.reason().endsWith("too many headers"));
    }

    private static void check(ParseFailure failure, byte[] bytes) {
        if (failure.position() < 0 || failure.position() > bytes.length) {
            throw new AssertionError("position " + failure.position() + ": " + failure.reason());
        }
        failure.answer().ifPresent(RoundTrip::check);
    }

    private static void check(Refusal refusal) {
        String text = new String(refusal.encode(), StandardCharsets.UTF_8);
        long lines = text.chars().filter(c -> c == '\n' || c == '\r').count() / 2;
        long expected = 1 + refusal.vias().size() + refusal.echoed().size() + 2;
        if (lines != expected || text.chars().anyMatch(c -> c == 0)) {
            throw new AssertionError("not one answer: " + text);
        }
    }
}
