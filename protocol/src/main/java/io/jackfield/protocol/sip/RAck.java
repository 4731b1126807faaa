package io.jackfield.protocol.sip;

import java.util.Optional;

/**
 * Which provisional response a PRACK acknowledges (RFC 3262 §7.2).
 *
 * @param cseq that of the response, with its method
 */
public record RAck(RSeq rseq, CSeq cseq) {
    public static final String HEADER = "RAck";

    /** Reads the header's value. */
    public static Optional<RAck> parse(String value) {
        return Values.parse(value, RAck::read);
    }

    public static Optional<RAck> of(SipHeaders headers) {
        return headers.first(HEADER).flatMap(RAck::parse);
    }

    private static RAck read(Cursor in) throws Malformed {
        RSeq rseq = RSeq.read(in);
        in.expectLws();
        return new RAck(rseq, HeaderReader.cseq(in));
    }

    public String text() {
        return rseq.number() + " " + cseq.number() + " " + cseq.method();
    }
}
