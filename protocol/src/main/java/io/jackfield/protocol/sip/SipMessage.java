package io.jackfield.protocol.sip;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * A SIP message (RFC 3261 §7): immutable, and valid once it exists.
 *
 * <p>The body is kept as bytes; what it means is told by {@code Content-Type}.
 */
public sealed interface SipMessage permits SipRequest, SipResponse {
    SipHeaders headers();

    /** A copy of the body; empty when there is none. */
    byte[] body();

    /** The bytes for the wire, with a {@code Content-Length} that is true. */
    default byte[] encode() {
        return SipWriter.encode(this);
    }

    /** CSeq's method: a request's own, or that of the request which a response answers. */
    default SipMethod method() {
        return headers().cseq().method();
    }

    /** True when there is a body. */
    boolean hasBody();

    /** True when the body is there and of that type, for example {@code application/sdp}. */
    default boolean hasBody(String contentType) {
        return hasBody() && contentType().filter(contentType::equalsIgnoreCase).isPresent();
    }

    /** {@code Content-Type} in lower case and without parameters. */
    default Optional<String> contentType() {
        return headers()
                .first("Content-Type")
                .map(type -> type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT));
    }

    /** Compares bodies by content; records would compare the arrays by identity. */
    static boolean sameBody(SipMessage one, SipMessage other) {
        return Arrays.equals(one.body(), other.body());
    }
}
