package io.jackfield.protocol.sip.dialog;

import io.jackfield.protocol.sip.Header;
import io.jackfield.protocol.sip.NameAddress;
import io.jackfield.protocol.sip.SipHeaders;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import io.jackfield.protocol.sip.dialog.EndCause.Kind;
import io.jackfield.protocol.sip.dialog.EndCause.Side;
import io.jackfield.protocol.sip.transaction.ServerTransactionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The INVITE that begins a call, from the called party's side (RFC 3261 §13.3). */
final class UasInvite {
    /** "…send a non-100 provisional response at every minute" (§13.3.1.1). */
    private static final Duration SAY_AGAIN_AFTER = Duration.ofMinutes(1);

    private UasInvite() {}

    /** Begins a usage, which may end at once if the INVITE cannot be taken. */
    static Turn begin(Basis basis, ServerTransactionId tx, SipRequest invite, long nowNanos) {
        Setup.Called called =
                new Setup.Called(
                        tx,
                        invite,
                        Optional.empty(),
                        OptionalLong.empty(),
                        Reliability.starting(basis.ids()),
                        Optional.empty());
        Turn turn = new Turn(basis, called, nowNanos);
        Optional<SipResponse> refusal = Screening.newcomer(turn, invite);
        if (refusal.isPresent()) {
            refuse(turn, called, refusal.get());
            return turn;
        }
        listen(turn, invite);
        return turn;
    }

    private static void listen(Turn turn, SipRequest invite) {
        Dialog dialog = Dialog.asCalled(invite, turn.basis.localTag());
        Optional<String> offer = Sdp.of(invite);
        OfferAnswerState sdp =
                offer.map(OfferAnswerState.NOTHING::peerOffers).orElse(OfferAnswerState.NOTHING);
        PeerAbilities peer = PeerAbilities.UNKNOWN.heard(invite.headers());
        turn.forks = List.of(Fork.of(dialog, sdp, peer));
        turn.tell(
                offer.<UsageNotice>map(UsageNotice.OfferReceived::new)
                        .orElseGet(UsageNotice.OfferWanted::new));
    }

    /** Progress, reliably where both sides know how. */
    static void ring(Turn turn, UsageEvent.Ring ring) {
        if (!(turn.setup instanceof Setup.Called called) || called.accept().isPresent()) {
            return;
        }
        if (!ReliableSending.isPossible(turn)) {
            ringOnce(turn, called, ring);
        } else if (called.reliability().outstanding().isPresent()) {
            turn.setup = called.with(called.reliability().keeping(ring));
        } else {
            ReliableSending.send(turn, rung(turn, called, ring.status()), ring);
        }
    }

    private static Setup.Called rung(Turn turn, Setup.Called called, int status) {
        return called.rung(statusOf(status), turn.nowNanos + SAY_AGAIN_AFTER.toNanos());
    }

    static int statusOf(int status) {
        return status >= 180 && status <= 183 ? status : 180;
    }

    /** SDP in it is a preview of the answer; an offer must not go unreliably (§13.2.1). */
    private static void ringOnce(Turn turn, Setup.Called called, UsageEvent.Ring ring) {
        boolean answers = turn.current().orElseThrow().sdp().peerOffered();
        SipResponse response = Replies.inviting(turn, called.invite(), statusOf(ring.status()));
        turn.setup = rung(turn, called, ring.status());
        turn.respond(called.tx(), Sdp.in(response, ring.sdp().filter(_ -> answers)));
    }

    static void accept(Turn turn, String sdp) {
        if (turn.setup instanceof Setup.Called called && called.accept().isEmpty()) {
            turn.setup = called.withAccept(Optional.of(sdp));
        }
    }

    /** Sends what had to wait: the next reliable response, or the 2xx. */
    static void pump(Turn turn) {
        if (!(turn.setup instanceof Setup.Called called)) {
            return;
        }
        Optional<Reliability.Outstanding> outstanding = called.reliability().outstanding();
        if (called.accept().isPresent()) {
            boolean described = outstanding.filter(Reliability.Outstanding::hasSdp).isPresent();
            if (!described && turn.peerOffer.isEmpty()) {
                answer(turn, called, called.accept().get());
            }
        } else if (outstanding.isEmpty() && !called.reliability().waiting().isEmpty()) {
            UsageEvent.Ring first = called.reliability().waiting().getFirst();
            turn.setup = called.with(called.reliability().withoutFirst());
            ring(turn, first);
        }
    }

    /** The 2xx, which comes again until its ACK does (§13.3.1.4). */
    private static void answer(Turn turn, Setup.Called called, String sdp) {
        Fork fork = turn.current().orElseThrow();
        boolean offers = fork.sdp().turn() == OfferAnswerState.Turns.NOTHING;
        boolean answers = fork.sdp().peerOffered();
        Optional<String> body = Optional.of(sdp).filter(_ -> offers || answers);
        SessionTimer.Agreed timer = turn.timer.answer(called.invite(), fork.peer(), turn.nowNanos);
        SipResponse bare = Replies.inviting(turn, called.invite(), 200);
        SipResponse response = Sdp.in(bare.withHeaders(timer.in(bare.headers())), body);
        turn.timer = timer.next();
        turn.put(fork.with(fork.dialog().confirmed()).with(after(fork.sdp(), sdp)));
        turn.setup = new Setup.Talking(false, List.of(), called.reliability().outstanding());
        sendSuccess(turn, called.tx(), response, offers);
        turn.tell(new UsageNotice.Answered());
    }

    private static OfferAnswerState after(OfferAnswerState before, String sdp) {
        return switch (before.turn()) {
            case NOTHING -> before.weOffer(sdp);
            case PEER_OFFERED -> before.weAnswer(sdp);
            case WE_OFFERED, STABLE -> before;
        };
    }

    /** A 2xx to INVITE or re-INVITE. */
    static void sendSuccess(
            Turn turn, ServerTransactionId tx, SipResponse response, boolean offers) {
        List<Unacknowledged> next = new ArrayList<>(turn.accepted);
        next.add(
                new Unacknowledged(
                        tx,
                        response,
                        response.headers().cseq().number(),
                        offers,
                        Resend.ofSuccess(turn.settings(), turn.nowNanos)));
        turn.accepted = List.copyOf(next);
        turn.respond(tx, response);
    }

    static void reject(Turn turn, int status, String phrase, List<Header> extra) {
        if (turn.setup instanceof Setup.Called called) {
            SipResponse response = Replies.of(turn, called.invite(), status, phrase);
            List<Header> untyped = extra.stream().filter(h -> !h.is("Contact")).toList();
            SipHeaders headers = response.headers().plusAll(untyped);
            refuse(turn, called, response.withHeaders(headers.withContacts(contacts(extra))));
        }
    }

    /** Contact is typed and only typed in our messages; a redirection needs it (§8.3). */
    private static List<NameAddress> contacts(List<Header> extra) {
        return extra.stream()
                .filter(h -> h.is("Contact"))
                .flatMap(h -> NameAddress.parse(h.value()).stream())
                .toList();
    }

    private static void refuse(Turn turn, Setup.Called called, SipResponse response) {
        PeerOffers.abandon(turn);
        turn.respond(called.tx(), response);
        turn.end(
                new EndCause(
                        Side.LOCAL,
                        Kind.STATUS,
                        response.status(),
                        response.reason(),
                        Hangups.reasonOf(response.headers())));
    }

    /** 487 to the INVITE, for CANCEL (§9.2) and for BYE in the early dialog (§15.1.2). */
    static void terminated(Turn turn, Setup.Called called, EndCause cause) {
        PeerOffers.abandon(turn);
        turn.respond(called.tx(), Replies.of(turn, called.invite(), 487));
        turn.end(cause);
    }

    static void tick(Turn turn) {
        if (turn.setup instanceof Setup.Called called
                && Deadlines.due(called.sayAgainAtNanos(), turn.nowNanos)) {
            turn.setup = rung(turn, called, called.rung().orElse(180));
            if (called.reliability().outstanding().isEmpty()) {
                ring(turn, new UsageEvent.Ring(called.rung().orElse(180), Optional.empty()));
            }
        }
    }
}
