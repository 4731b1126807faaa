package io.jackfield.protocol.sip.dialog;

import io.jackfield.protocol.sip.CSeq;
import io.jackfield.protocol.sip.Header;
import io.jackfield.protocol.sip.SipHeaders;
import io.jackfield.protocol.sip.SipMethod;
import io.jackfield.protocol.sip.SipRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Puts together our requests. */
final class Requests {
    private static final byte[] NO_BODY = {};

    private Requests() {}

    /** The INVITE that begins it all (RFC 3261 §8.1.1, §13.2.1), with CSeq 1. */
    static SipRequest invite(Basis basis, SessionTimer timer, OutgoingInvite spec) {
        SipHeaders headers =
                new SipHeaders(
                        List.of(basis.via()),
                        spec.from().withTag(basis.localTag()),
                        spec.to(),
                        basis.callId(),
                        new CSeq(1, SipMethod.INVITE),
                        OptionalInt.of(spec.maxForwards()),
                        List.of(),
                        false,
                        spec.routes(),
                        List.of(),
                        spec.extra());
        SipRequest bare = new SipRequest(spec.target(), headers, NO_BODY);
        SipRequest invite = refreshing(bare, basis.settings(), timer, spec.sdp());
        return basis.settings().reliable100() == LegSettings.Reliable100.REQUIRED
                ? invite.withHeaders(invite.headers().with("Require", Options.RELIABLE))
                : invite;
    }

    /** The next request in that dialog, with nothing special in it. */
    static SipRequest next(Turn turn, Fork fork, SipMethod method) {
        Dialog.Sent sent = fork.dialog().request(method, turn.basis.via());
        turn.put(fork.with(sent.next()));
        return named(sent.request(), turn.settings());
    }

    /** The next re-INVITE or UPDATE in that dialog. */
    static SipRequest nextRefresh(Turn turn, Fork fork, SipMethod method, Optional<String> sdp) {
        Dialog.Sent sent = fork.dialog().request(method, turn.basis.via());
        turn.put(fork.with(sent.next()));
        return refreshing(sent.request(), turn.settings(), timer(turn), sdp);
    }

    /** The ACK to a 2xx, with the INVITE's credentials (RFC 3261 §13.2.2.4). */
    static SipRequest ack(
            Turn turn, Dialog dialog, long cseq, List<Header> credentials, Optional<String> sdp) {
        SipRequest bare = dialog.ack(cseq, turn.basis.via());
        SipRequest ack = bare.withHeaders(bare.headers().plusAll(credentials));
        return Sdp.in(named(ack, turn.settings()), sdp);
    }

    /** A request once more, as a new one (§8.1.3.5: "the CSeq … SHOULD be incremented by one"). */
    static SipRequest again(Turn turn, SipRequest request, long cseq) {
        SipHeaders headers =
                request.headers()
                        .withVias(List.of(turn.basis.via()))
                        .withCseq(new CSeq(cseq, request.method()));
        return request.withHeaders(headers);
    }

    /** With those credentials in place of earlier ones. */
    static SipRequest authorized(SipRequest request, List<Header> credentials) {
        SipHeaders headers = request.headers();
        for (Header header : credentials) {
            headers = headers.without(header.name());
        }
        return request.withHeaders(headers.plusAll(credentials));
    }

    static List<Header> credentialsOf(SipRequest request) {
        List<Header> found = new ArrayList<>(request.headers().others());
        found.removeIf(h -> !h.is("Authorization") && !h.is("Proxy-Authorization"));
        return found;
    }

    /** "UPDATE in an early dialog" is no session refresh (RFC 4028 §7.4). */
    private static SessionTimer timer(Turn turn) {
        return turn.setup instanceof Setup.Talking
                ? turn.timer
                : SessionTimer.of(SessionTimerSettings.OFF);
    }

    private static SipRequest refreshing(
            SipRequest bare, LegSettings settings, SessionTimer timer, Optional<String> sdp) {
        SipRequest named = named(bare, settings);
        SipHeaders headers =
                named.headers()
                        .withContact(settings.contact())
                        .with("Allow", Replies.allow(settings));
        return Sdp.in(named.withHeaders(timer.ask(Options.supported(headers, settings))), sdp);
    }

    private static SipRequest named(SipRequest request, LegSettings settings) {
        return settings.product()
                .map(p -> request.withHeaders(request.headers().with("User-Agent", p)))
                .orElse(request);
    }
}
