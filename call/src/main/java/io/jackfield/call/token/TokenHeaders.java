package io.jackfield.call.token;

import io.jackfield.protocol.sip.Header;
import io.jackfield.protocol.sip.SipHeaders;
import io.jackfield.protocol.sip.SipMessage;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a request carries its token: {@code X-Call-Token}, or {@code Authorization: Bearer} (RFC
 * 8898 §2, RFC 6750 §2.1). Pure; any thread.
 */
public final class TokenHeaders {
    /** The header of our own. */
    public static final String CALL_TOKEN = "X-Call-Token";

    private static final String BEARER = "Bearer";
    private static final String HIDDEN = "[hidden]";

    private TokenHeaders() {}

    /** All that is there, in no order: one is right, none and several are not. */
    static List<String> tokens(SipHeaders headers) {
        List<String> tokens = new ArrayList<>(headers.all(CALL_TOKEN));
        headers.others().stream()
                .filter(TokenHeaders::isBearer)
                .forEach(h -> tokens.add(h.value().substring(BEARER.length()).strip()));
        return tokens;
    }

    /** The request without any token: nobody who handles the call has a use for it. */
    public static SipRequest without(SipRequest request) {
        SipHeaders headers = request.headers();
        if (headers.others().stream().noneMatch(TokenHeaders::isToken)) {
            return request;
        }
        return request.withHeaders(
                headers.withOthers(headers.others().stream().filter(h -> !isToken(h)).toList()));
    }

    /** The message as others may see it: that there was a token, and not which. */
    public static SipMessage hidden(SipMessage message) {
        SipHeaders headers = message.headers();
        if (headers.others().stream().noneMatch(TokenHeaders::isToken)) {
            return message;
        }
        SipHeaders hidden =
                headers.withOthers(headers.others().stream().map(TokenHeaders::hidden).toList());
        return switch (message) {
            case SipRequest request -> request.withHeaders(hidden);
            case SipResponse response -> response.withHeaders(hidden);
        };
    }

    private static Header hidden(Header header) {
        if (!isToken(header)) {
            return header;
        }
        return new Header(header.name(), isBearer(header) ? BEARER + " " + HIDDEN : HIDDEN);
    }

    private static boolean isToken(Header header) {
        return header.is(CALL_TOKEN) || isBearer(header);
    }

    private static boolean isBearer(Header header) {
        boolean named = header.is("Authorization") || header.is("Proxy-Authorization");
        String value = header.value();
        return named
                && value.regionMatches(true, 0, BEARER, 0, BEARER.length())
                && (value.length() == BEARER.length()
                        || Character.isWhitespace(value.charAt(BEARER.length())));
    }

    /** The only token, or why there is not just one. */
    static Optional<TokenRefusal> problem(List<String> tokens) {
        if (tokens.size() > 1) {
            return Optional.of(TokenRefusal.DOUBLED);
        }
        return tokens.isEmpty() || tokens.getFirst().isEmpty()
                ? Optional.of(TokenRefusal.MISSING)
                : Optional.empty();
    }
}
