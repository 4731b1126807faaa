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

/** The requests that transactions make themselves, by those that they belong to. */
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
}
