package io.jackfield.protocol.sip;

/** What {@link SipParser} made of the bytes it was given. */
public sealed interface ParseResult {
    /** A message that is valid as far as RFC 3261 §25.1 can tell. */
    record Parsed(SipMessage message) implements ParseResult {}

    /** Not a message, or one beyond our bounds. */
    record Rejected(ParseFailure failure) implements ParseResult {}

    /**
     * Line breaks only (RFC 5626 §3.5.1).
     *
     * @param answerDue true for a ping, a double CRLF; over a stream it is answered with {@link
     *     SipParser#pong}
     */
    record KeepAlive(boolean answerDue) implements ParseResult {}
}
