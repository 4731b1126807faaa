package io.jackfield.protocol.sip.dialog;

import io.jackfield.protocol.sip.CSeq;
import io.jackfield.protocol.sip.NameAddress;
import io.jackfield.protocol.sip.SipHeaders;
import io.jackfield.protocol.sip.SipMethod;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import io.jackfield.protocol.sip.SipUri;
import io.jackfield.protocol.sip.Uri;
import io.jackfield.protocol.sip.Via;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A dialog's state (RFC 3261 §12.1), all of it: another node that has this record can go on.
 *
 * @param local our address with our tag
 * @param remote the peer's address with its tag; peers of RFC 2543 have none
 * @param remoteTarget the Request-URI of our requests
 * @param routeSet in the order in which our requests pass the proxies; at most {@link #ROUTES_MAX}
 * @param localCseq number of our latest request, 0 to 2^31 - 1
 * @param remoteCseq number of the peer's latest request; empty while there was none
 * @param early true until a 2xx to the INVITE
 */
public record Dialog(
        String callId,
        NameAddress local,
        NameAddress remote,
        Uri remoteTarget,
        List<NameAddress> routeSet,
        long localCseq,
        OptionalLong remoteCseq,
        boolean early) {

    /** More proxies than this no request passes: it is the usual Max-Forwards. */
    public static final int ROUTES_MAX = 70;

    private static final byte[] NO_BODY = {};

    /** A request of ours and the dialog after it. */
    public record Sent(Dialog next, SipRequest request) {}

    public Dialog {
        if (localCseq < 0 || localCseq > CSeq.NUMBER_MAX) {
            throw new IllegalArgumentException("local CSeq outside 0 to 2^31 - 1");
        }
        routeSet = List.copyOf(routeSet.subList(0, Math.min(routeSet.size(), ROUTES_MAX)));
    }

    /**
     * The dialog that a response above 100 to our INVITE makes (§12.1.2).
     *
     * @param response 101 to 299; without a Contact, which is the peer's mistake, the INVITE's own
     *     target stays
     */
    public static Dialog asCaller(SipRequest invite, SipResponse response) {
        SipHeaders asked = invite.headers();
        return new Dialog(
                asked.callId(),
                asked.from(),
                response.headers().to(),
                targetOf(response.headers(), invite.uri()),
                response.headers().recordRoutes().reversed(),
                asked.cseq().number(),
                OptionalLong.empty(),
                response.isProvisional());
    }

    /** The dialog that our response with that tag makes of an INVITE (§12.1.1). */
    public static Dialog asCalled(SipRequest invite, String localTag) {
        SipHeaders asked = invite.headers();
        return new Dialog(
                asked.callId(),
                asked.to().withTag(localTag),
                asked.from(),
                targetOf(asked, asked.from().uri()),
                asked.recordRoutes(),
                0,
                OptionalLong.of(asked.cseq().number()),
                true);
    }

    /** The dialog of a 2xx to an INVITE of ours that is long done; only to be ended (§13.2.2.4). */
    static Dialog ofStray(SipResponse success) {
        SipHeaders headers = success.headers();
        return new Dialog(
                headers.callId(),
                headers.from(),
                headers.to(),
                targetOf(headers, headers.to().uri()),
                headers.recordRoutes().reversed(),
                headers.cseq().number(),
                OptionalLong.empty(),
                false);
    }

    /** The peer's tag; empty text when it has none (RFC 2543). */
    public String remoteTag() {
        return remote.tag().orElse("");
    }

    /** True when the request is the peer's and of this dialog (§12: Call-ID and both tags). */
    public boolean matches(SipRequest request) {
        SipHeaders headers = request.headers();
        return headers.callId().equals(callId)
                && headers.to().tag().equals(local.tag())
                && headers.from().tag().equals(remote.tag());
    }

    /**
     * True when the request comes in its order: "if the CSeq sequence number … is lower than the
     * remote sequence number, the request is out of order" (§12.2.2). A number that was used before
     * is too: numbers increase strictly.
     */
    public boolean accepts(SipRequest request) {
        return remoteCseq.isEmpty() || request.headers().cseq().number() > remoteCseq.getAsLong();
    }

    /** This after that request of the peer, whatever it is answered. */
    public Dialog heard(SipRequest request) {
        return new Dialog(
                callId,
                local,
                remote,
                remoteTarget,
                routeSet,
                localCseq,
                OptionalLong.of(request.headers().cseq().number()),
                early);
    }

    /**
     * The next request of ours (§12.2.1.1): with Via, Max-Forwards, Route, From, To, Call-ID and
     * CSeq.
     *
     * @param via with its branch
     */
    public Sent request(SipMethod method, Via via) {
        Dialog next = numbered(localCseq + 1);
        return new Sent(next, next.routed(via, new CSeq(next.localCseq, method)));
    }

    /** The ACK of a 2xx to our INVITE of that number (§13.2.2.4). */
    public SipRequest ack(long inviteCseq, Via via) {
        return routed(via, new CSeq(inviteCseq, SipMethod.ACK));
    }

    /** This with our latest number raised to that one: a request was sent once more. */
    public Dialog numbered(long cseq) {
        return new Dialog(callId, local, remote, remoteTarget, routeSet, cseq, remoteCseq, early);
    }

    /** This after a 2xx to our INVITE: route set and target come from it anew (§13.2.2.4). */
    public Dialog confirmedBy(SipResponse response) {
        return new Dialog(
                callId,
                local,
                remote,
                targetOf(response.headers(), remoteTarget),
                response.headers().recordRoutes().reversed(),
                localCseq,
                remoteCseq,
                false);
    }

    /** This after our own 2xx to the peer's INVITE. */
    public Dialog confirmed() {
        return new Dialog(
                callId, local, remote, remoteTarget, routeSet, localCseq, remoteCseq, false);
    }

    /**
     * This after a target refresh: the Contact of the peer's re-INVITE or UPDATE that we answer
     * 2xx, or of its 2xx to ours (§12.2.1.2, §12.2.2, RFC 6141 §4.4). The route set stays.
     */
    public Dialog refreshedBy(SipHeaders headers) {
        return new Dialog(
                callId,
                local,
                remote,
                targetOf(headers, remoteTarget),
                routeSet,
                localCseq,
                remoteCseq,
                early);
    }

    private static Uri targetOf(SipHeaders headers, Uri otherwise) {
        return headers.contacts().isEmpty() ? otherwise : headers.contacts().getFirst().uri();
    }

    /** §12.2.1.1: a first proxy without {@code lr} wants itself in the Request-URI. */
    private SipRequest routed(Via via, CSeq cseq) {
        if (routeSet.isEmpty() || isLoose(routeSet.getFirst().uri())) {
            return bare(remoteTarget, routeSet, via, cseq);
        }
        List<NameAddress> routes = new ArrayList<>(routeSet.subList(1, routeSet.size()));
        routes.add(NameAddress.of(remoteTarget));
        return bare(asRequestUri(routeSet.getFirst().uri()), routes, via, cseq);
    }

    private SipRequest bare(Uri uri, List<NameAddress> routes, Via via, CSeq cseq) {
        SipHeaders headers =
                new SipHeaders(
                        List.of(via),
                        local,
                        remote,
                        callId,
                        cseq,
                        OptionalInt.of(OutgoingInvite.MAX_FORWARDS),
                        List.of(),
                        false,
                        routes,
                        List.of(),
                        List.of());
        return new SipRequest(uri, headers, NO_BODY);
    }

    private static boolean isLoose(Uri proxy) {
        return proxy instanceof SipUri uri && uri.parameters().has("lr");
    }

    /** "…stripping any parameters that are not allowed in a Request-URI" (§12.2.1.1, §19.1.1). */
    private static Uri asRequestUri(Uri proxy) {
        return proxy instanceof SipUri uri
                ? new SipUri(
                        uri.secure(),
                        uri.user(),
                        uri.host(),
                        uri.port(),
                        uri.parameters().without("method"),
                        List.of())
                : proxy;
    }
}
