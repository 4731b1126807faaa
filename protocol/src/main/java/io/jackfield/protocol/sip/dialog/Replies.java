package io.jackfield.protocol.sip.dialog;

import io.jackfield.protocol.sip.RetryAfter;
import io.jackfield.protocol.sip.SipHeaders;
import io.jackfield.protocol.sip.SipMethod;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import io.jackfield.protocol.sip.SipResponses;
import java.util.stream.Collectors;

/** Puts together our responses. */
final class Replies {
    /** "…a randomly chosen value of between 0 and 10 seconds" (RFC 3261 §14.2, RFC 3311 §5.2). */
    private static final int RETRY_AFTER_BOUND_SECONDS = 11;

    private Replies() {}

    /** A response with our tag and name. */
    static SipResponse of(Turn turn, SipRequest request, int status) {
        return named(turn, SipResponses.to(request, status, turn.basis.localTag()));
    }

    /** The same with another phrase; an empty one means the usual. */
    static SipResponse of(Turn turn, SipRequest request, int status, String phrase) {
        return phrase.isEmpty()
                ? of(turn, request, status)
                : named(turn, SipResponses.to(request, status, phrase, turn.basis.localTag()));
    }

    static SipResponse with(SipResponse response, String header, String value) {
        return response.withHeaders(response.headers().with(header, value));
    }

    /**
     * A response that makes or refreshes a dialog: with Contact, Allow and Supported (RFC 3261
     * §12.1.1, §13.3.1.4; RFC 3311 §5.2).
     */
    static SipResponse inviting(Turn turn, SipRequest request, int status) {
        SipResponse response = of(turn, request, status);
        SipHeaders headers =
                response.headers()
                        .withContact(turn.settings().contact())
                        .with("Allow", allow(turn.settings()));
        return response.withHeaders(Options.supported(headers, turn.settings()));
    }

    /** 500 "in a bad moment": the peer may try again a little later. */
    static SipResponse later(Turn turn, SipRequest request) {
        int seconds = Chance.below(RETRY_AFTER_BOUND_SECONDS, turn.basis.ids());
        return with(of(turn, request, 500), RetryAfter.HEADER, new RetryAfter(seconds).text());
    }

    static String allow(LegSettings settings) {
        return settings.allow().stream().map(SipMethod::name).collect(Collectors.joining(", "));
    }

    private static SipResponse named(Turn turn, SipResponse response) {
        return turn.settings()
                .product()
                .map(product -> with(response, "Server", product))
                .orElse(response);
    }
}
