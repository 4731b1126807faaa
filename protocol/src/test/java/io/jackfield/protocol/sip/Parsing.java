package io.jackfield.protocol.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** What tests of the parser say often. */
final class Parsing {
    private Parsing() {}

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static SipRequest request(byte[] bytes) {
        return (SipRequest) message(bytes);
    }

    static SipRequest request(String text) {
        return request(bytes(text));
    }

    static SipResponse response(byte[] bytes) {
        return (SipResponse) message(bytes);
    }

    static SipMessage message(byte[] bytes) {
        ParseResult result = SipParser.parse(bytes);
        assertThat(result).isInstanceOf(ParseResult.Parsed.class);
        return ((ParseResult.Parsed) result).message();
    }

    static ParseFailure failure(byte[] bytes) {
        return failure(SipParser.parse(bytes));
    }

    static ParseFailure failure(String text) {
        return failure(bytes(text));
    }

    static ParseFailure failure(ParseResult result) {
        assertThat(result).isInstanceOf(ParseResult.Rejected.class);
        return ((ParseResult.Rejected) result).failure();
    }

    /** Asserts that the bytes are refused with that status, and gives the answer's lines. */
    static List<String> refused(byte[] bytes, int status) {
        ParseFailure failure = failure(bytes);
        assertThat(failure.answer()).as(failure.reason()).isPresent();
        String answer = new String(failure.answer().orElseThrow().encode(), StandardCharsets.UTF_8);
        assertThat(answer).startsWith("SIP/2.0 " + status + " ").endsWith("\r\n\r\n");
        return List.of(answer.split("\r\n"));
    }

    static List<String> refused(String text, int status) {
        return refused(bytes(text), status);
    }

    /** Asserts that the bytes are refused without an answer. */
    static ParseFailure dropped(byte[] bytes) {
        ParseFailure failure = failure(bytes);
        assertThat(failure.answer()).as(failure.reason()).isEmpty();
        return failure;
    }

    static ParseFailure dropped(String text) {
        return dropped(bytes(text));
    }

    /** An OPTIONS with these lines beside the usual ones. */
    static String options(String... lines) {
        return withStartLine("OPTIONS sip:600@pbx.example.com SIP/2.0", lines);
    }

    static String withStartLine(String startLine, String... lines) {
        return startLine
                + "\r\nVia: SIP/2.0/UDP 192.0.2.1:5062;branch=z9hG4bKone\r\n"
                + "From: <sip:1001@pbx.example.com>;tag=f\r\n"
                + "To: <sip:600@pbx.example.com>\r\n"
                + "Call-ID: c@192.0.2.1\r\n"
                + "CSeq: 1 "
                + startLine.split(" ", 2)[0]
                + "\r\n"
                + String.join("", List.of(lines).stream().map(line -> line + "\r\n").toList())
                + "\r\n";
    }
}
