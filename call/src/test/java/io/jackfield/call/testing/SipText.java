package io.jackfield.call.testing;

import io.jackfield.protocol.sip.ParseResult;
import io.jackfield.protocol.sip.SipMessage;
import io.jackfield.protocol.sip.SipParser;
import io.jackfield.protocol.sip.SipRequest;
import java.nio.charset.StandardCharsets;

/** Messages as people read them. */
public final class SipText {
    private SipText() {}

    /** A request from its lines, with LF between them. */
    public static SipRequest request(String text) {
        return (SipRequest) parse(bytes(text));
    }

    /** The same as bytes. */
    public static byte[] bytes(String text) {
        return text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Reads a message; one that cannot be read is the test's mistake. */
    public static SipMessage parse(byte[] bytes) {
        return switch (SipParser.parse(bytes)) {
            case ParseResult.Parsed(var message) -> message;
            case ParseResult.Rejected(var failure) ->
                    throw new IllegalArgumentException(failure.reason());
            case ParseResult.KeepAlive _ -> throw new IllegalArgumentException("a keep-alive");
        };
    }
}
