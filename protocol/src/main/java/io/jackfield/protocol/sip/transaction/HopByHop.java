package io.jackfield.protocol.sip.transaction;

import io.jackfield.protocol.sip.CSeq;
import io.jackfield.protocol.sip.Header;
import io.jackfield.protocol.sip.SipHeaders;
import io.jackfield.protocol.sip.SipMethod;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The messages that transactions make themselves. */
final class HopByHop {
    private static final int MAX_FORWARDS = 70;
    private static final byte[] NO_BODY = {};

    private HopByHop() {}

    /**
     * The ACK for a 3xx to 6xx: "MUST contain values for the Call-ID, From, and Request-URI that
     * are equal to the values of those header fields in the request passed to the transport"; "The
     * To header field in the ACK MUST equal the To header field in the response being
     * acknowledged"; "MUST contain a single Via header field, and this MUST be equal to the top Via
     * header field of the original request"; "If the INVITE request … had Route header fields,
     * those header fields MUST appear in the ACK" (RFC 3261 §17.1.1.3); with the INVITE's
     * credentials (§22.1).
     */
    static SipRequest ack(SipRequest invite, SipResponse response) {
        SipHeaders headers = follower(invite.headers(), SipMethod.ACK);
        return new SipRequest(
                invite.uri(),
                headers.withTo(response.headers().to())
                        .withOthers(credentials(invite.headers().others())),
                NO_BODY);
    }

    private static List<Header> credentials(List<Header> headers) {
        return headers.stream()
                .filter(h -> h.is("Authorization") || h.is("Proxy-Authorization"))
                .toList();
    }

    /**
     * The CANCEL: "The Request-URI, Call-ID, To, the numeric part of CSeq, and From header fields
     * in the CANCEL request MUST be identical to those in the request being cancelled, including
     * tags. A CANCEL constructed by a client MUST have only a single Via header field value
     * matching the top Via value in the request being cancelled"; "MUST NOT contain any Require or
     * Proxy-Require" (RFC 3261 §9.1).
     *
     * @param reason the value of a Reason header (RFC 3326)
     */
    static SipRequest cancel(SipRequest invite, Optional<String> reason) {
        SipHeaders headers = follower(invite.headers(), SipMethod.CANCEL);
        List<Header> others = reason.map(r -> new Header("Reason", r)).stream().toList();
        return new SipRequest(invite.uri(), headers.withOthers(others), NO_BODY);
    }

    private static SipHeaders follower(SipHeaders invite, SipMethod method) {
        return new SipHeaders(
                List.of(invite.via()),
                invite.from(),
                invite.to(),
                invite.callId(),
                new CSeq(invite.cseq().number(), method),
                OptionalInt.of(MAX_FORWARDS),
                List.of(),
                false,
                invite.routes(),
                List.of(),
                List.of());
    }

    /**
     * 100 without a tag: "the insertion of tags in the To header field of the response … is
     * downgraded from MAY to SHOULD NOT" (§17.2.1); "Any Timestamp header field present in the
     * request MUST be copied into this 100" (§8.2.6.1).
     */
    static SipResponse trying(SipRequest invite) {
        SipHeaders headers = answering(invite.headers());
        return new SipResponse(
                100,
                "Trying",
                invite.headers()
                        .first("Timestamp")
                        .map(t -> headers.with("Timestamp", t))
                        .orElse(headers),
                NO_BODY);
    }

    /**
     * A final response of our own.
     *
     * @param tag for To, unless the request brought one (§8.2.6.2)
     */
    static SipResponse response(SipRequest request, int status, String reason, String tag) {
        SipHeaders headers = answering(request.headers());
        boolean tagged = headers.to().tag().isPresent();
        return new SipResponse(
                status,
                reason,
                tagged ? headers : headers.withTo(headers.to().withTag(tag)),
                NO_BODY);
    }

    /** "The From field … Call-ID … CSeq … Via … MUST equal" those of the request (§8.2.6.2). */
    private static SipHeaders answering(SipHeaders request) {
        return new SipHeaders(
                request.vias(),
                request.from(),
                request.to(),
                request.callId(),
                request.cseq(),
                OptionalInt.empty(),
                List.of(),
                false,
                List.of(),
                List.of(),
                List.of());
    }
}
