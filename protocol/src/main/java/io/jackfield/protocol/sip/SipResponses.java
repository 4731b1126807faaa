package io.jackfield.protocol.sip;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Builds the responses to a request (RFC 3261 §8.2.6). */
public final class SipResponses {
    private static final int TRYING = 100;
    private static final int REDIRECTION = 300;

    private SipResponses() {}

    /** As {@link #to(SipRequest, int, String, String)}, with the standard's phrase. */
    public static SipResponse to(SipRequest request, int status, String toTag) {
        return to(request, status, StatusCodes.reason(status), toTag);
    }

    /**
     * A response without body and Contact.
     *
     * <p>Via, From, To, Call-ID and CSeq are the request's. To gets {@code toTag} unless it has a
     * tag already or the response is a 100 (§8.2.6.2). Record-Route comes along where a dialog may
     * begin (§12.1.1), Timestamp in a 100 (§8.2.6.1).
     *
     * @param toTag the same in all responses to one request, but different in each fork's
     */
    public static SipResponse to(SipRequest request, int status, String reason, String toTag) {
        SipHeaders asked = request.headers();
        SipHeaders headers =
                new SipHeaders(
                        asked.vias(),
                        asked.from(),
                        toWithTag(asked.to(), status, toTag),
                        asked.callId(),
                        asked.cseq(),
                        OptionalInt.empty(),
                        List.of(),
                        false,
                        List.of(),
                        beginsDialog(status) ? asked.recordRoutes() : List.of(),
                        status == TRYING ? timestamp(asked) : List.of());
        return new SipResponse(status, reason, headers, new byte[0]);
    }

    /** The 100 that stops retransmissions; it needs no tag. */
    public static SipResponse trying(SipRequest request) {
        return to(request, TRYING, "");
    }

    private static NameAddress toWithTag(NameAddress to, int status, String toTag) {
        return status == TRYING || to.tag().isPresent() ? to : to.withTag(toTag);
    }

    private static boolean beginsDialog(int status) {
        return status > TRYING && status < REDIRECTION;
    }

    private static List<Header> timestamp(SipHeaders asked) {
        List<Header> copied = new ArrayList<>();
        asked.first("Timestamp").ifPresent(value -> copied.add(new Header("Timestamp", value)));
        return copied;
    }
}
