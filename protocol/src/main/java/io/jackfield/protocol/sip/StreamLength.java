package io.jackfield.protocol.sip;

import java.util.List;

/**
 * How long the body behind a head is: "Content-Length MUST be used" over streams (RFC 3261 §20.14).
 */
sealed interface StreamLength {
    /**
     * The body ends there.
     *
     * @param bytes 0 to {@link SipParser#BODY_MAX}
     */
    record Body(int bytes) implements StreamLength {}

    /** Nobody can say where the next message begins. */
    record Unknown(ParseFailure failure) implements StreamLength {}

    /** Reads it from a head that ends with its empty line. */
    static StreamLength of(byte[] bytes, int from, int headEnd) {
        Head head = HeadScanner.scan(bytes, from, headEnd);
        try {
            if (head.problem().isPresent()) {
                throw head.problem().get();
            }
            int length = only(head);
            if (length > SipParser.BODY_MAX || headEnd - from + length > SipParser.MESSAGE_MAX) {
                throw new Malformed(513, headEnd, "message is too long");
            }
            return new Body(length);
        } catch (Malformed malformed) {
            return new Unknown(SipParser.failure(head, malformed, from));
        }
    }

    private static int only(Head head) throws Malformed {
        List<Head.Line> lines =
                head.lines().stream().filter(l -> l.name().equals("Content-Length")).toList();
        if (lines.size() != 1) {
            String reason = lines.isEmpty() ? "no Content-Length over a stream" : "given twice";
            throw new Malformed(400, head.bodyStart(), reason).in("Content-Length");
        }
        try {
            return HeaderReader.number(head.cursor(lines.getFirst()), Integer.MAX_VALUE);
        } catch (Malformed malformed) {
            throw malformed.in("Content-Length");
        }
    }
}
