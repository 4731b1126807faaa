package io.jackfield.protocol.sip;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Reads SIP messages (RFC 3261 §7, §25), strictly and once.
 *
 * <p>Pure; any thread. Nothing it is given makes it throw, and time grows with the length alone: no
 * regular expressions, no second attempts. What is beyond a bound earns the answer named there.
 */
public final class SipParser {
    /** A longer start line earns 414. Unit: bytes. Far beyond any URI that people use. */
    public static final int START_LINE_MAX = 8 * 1024;

    /** A longer header, folds included, earns 513. Unit: bytes. */
    public static final int HEADER_LENGTH_MAX = 8 * 1024;

    /**
     * More headers earn 513. Counted are lines, and in Via, Contact, Route and Record-Route the
     * values between commas, each of which is written as a line.
     */
    public static final int HEADERS_MAX = 128;

    /** A longer message earns 513. Unit: bytes, of head and body together. */
    public static final int MESSAGE_MAX = 64 * 1024;

    /**
     * More Via values earn 483: so many hops mean a loop. A request sent with the usual
     * Max-Forwards has at most 70; RFC 4475 §3.1.1.7 counts one with 34 among the valid.
     */
    public static final int VIA_MAX = 70;

    /** A longer body earns 513. Unit: bytes. */
    public static final int BODY_MAX = 32 * 1024;

    private static final byte[] PONG = {'\r', '\n'};
    private static final int PING_LENGTH = 4;

    private SipParser() {}

    /** Reads a datagram. */
    public static ParseResult parse(byte[] bytes) {
        return parse(bytes, Framing.DATAGRAM);
    }

    public static ParseResult parse(byte[] bytes, Framing framing) {
        return parse(bytes, 0, bytes.length, framing);
    }

    /** Reads from position to limit; the buffer is left as it is. */
    public static ParseResult parse(ByteBuffer buffer, Framing framing) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(buffer.position(), bytes);
        return parse(bytes, framing);
    }

    /** Reads {@code length} bytes from {@code offset} on; nothing of the array is kept. */
    public static ParseResult parse(byte[] bytes, int offset, int length, Framing framing) {
        if (isLineBreaks(bytes, offset, length)) {
            return new ParseResult.KeepAlive(length >= PING_LENGTH);
        }
        Head head = HeadScanner.scan(bytes, offset, offset + length);
        try {
            return new ParseResult.Parsed(MessageReader.read(head, framing));
        } catch (Malformed malformed) {
            return new ParseResult.Rejected(failure(head, malformed, offset));
        }
    }

    /** The answer to a ping over a stream: a single CRLF (RFC 5626 §3.5.1). */
    public static byte[] pong() {
        return PONG.clone();
    }

    static ParseFailure failure(Head head, Malformed malformed, int offset) {
        Optional<Refusal> answer = Refusals.of(head, malformed);
        return new ParseFailure(malformed.position() - offset, malformed.reason(), answer);
    }

    private static boolean isLineBreaks(byte[] bytes, int offset, int length) {
        for (int i = 0; i < length; i++) {
            if (bytes[offset + i] != (i % 2 == 0 ? '\r' : '\n')) {
                return false;
            }
        }
        return length % 2 == 0;
    }
}
