package io.jackfield.protocol.sip.transaction;

import io.jackfield.protocol.sip.CSeq;
import io.jackfield.protocol.sip.NameAddress;
import io.jackfield.protocol.sip.Parameters;
import io.jackfield.protocol.sip.SipHeaders;
import io.jackfield.protocol.sip.SipMethod;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import io.jackfield.protocol.sip.SipResponses;
import io.jackfield.protocol.sip.SipUri;
import io.jackfield.protocol.sip.Via;
import java.util.List;
import java.util.OptionalInt;

/** The messages that these tests send: alice calls bob. */
final class Messages {
    static final SipUri BOB = SipUri.of("bob", "biloxi.example");

    private static final SipUri ALICE = SipUri.of("alice", "atlanta.example");

    private Messages() {}

    /** A request from outside any dialog. Its Call-ID is made of the branch. */
    static SipRequest request(SipMethod method, String branch) {
        return request(method, branch, "call-" + branch, 1);
    }

    static SipRequest request(SipMethod method, String branch, String callId, long cseq) {
        Via via =
                new Via(
                        "UDP",
                        "pc33.atlanta.example",
                        OptionalInt.empty(),
                        Parameters.NONE.with("branch", branch));
        SipHeaders headers =
                new SipHeaders(
                        List.of(via),
                        NameAddress.of(ALICE).withTag("from-alice"),
                        NameAddress.of(BOB),
                        callId,
                        new CSeq(cseq, method),
                        OptionalInt.of(70),
                        List.of(NameAddress.of(ALICE)),
                        false,
                        List.of(),
                        List.of(),
                        List.of());
        return new SipRequest(BOB, headers, new byte[0]);
    }

    static SipRequest invite(String branch) {
        return request(SipMethod.INVITE, branch);
    }

    static SipRequest inDialog(SipRequest request) {
        SipHeaders headers = request.headers();
        return request.withHeaders(headers.withTo(headers.to().withTag("to-bob")));
    }

    static SipResponse response(SipRequest request, int status) {
        return SipResponses.to(request, status, "to-bob");
    }

    /** The ACK by the same hop: for a 3xx to 6xx, or by an element of RFC 2543. */
    static SipRequest ack(SipRequest invite) {
        return HopByHop.ack(invite, response(invite, 486));
    }

    static SipRequest cancel(SipRequest invite) {
        return HopByHop.cancel(invite, java.util.Optional.empty());
    }
}
