package io.jackfield.protocol.sip.dialog;

import io.jackfield.protocol.sip.RAck;
import io.jackfield.protocol.sip.RSeq;
import io.jackfield.protocol.sip.SipHeaders;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import io.jackfield.protocol.sip.dialog.EndCause.Kind;
import io.jackfield.protocol.sip.dialog.EndCause.Side;
import io.jackfield.protocol.sip.transaction.ServerTransactionId;
import java.util.Optional;

/** Our provisional responses that the peer acknowledges with PRACK (RFC 3262 §3). */
final class ReliableSending {
    private ReliableSending() {}

    static boolean isPossible(Turn turn) {
        return turn.settings().reliable100() != LegSettings.Reliable100.OFF
                && turn.current().filter(fork -> fork.peer().knows100rel()).isPresent();
    }

    /** Sends one; none is on its way. SDP in it is our answer, or our offer if none came. */
    static void send(Turn turn, Setup.Called called, UsageEvent.Ring ring) {
        Fork fork = turn.current().orElseThrow();
        boolean mayDescribe =
                fork.sdp().peerOffered() || fork.sdp().turn() == OfferAnswerState.Turns.NOTHING;
        Optional<String> sdp = ring.sdp().filter(_ -> mayDescribe && turn.peerOffer.isEmpty());
        sdp.ifPresent(s ->
                turn.put(
                        fork.with(
                                fork.sdp().peerOffered()
                                        ? fork.sdp().weAnswer(s)
                                        : fork.sdp().weOffer(s))));
        RSeq rseq = new RSeq(called.reliability().nextRseq());
        SipResponse bare =
                Replies.inviting(turn, called.invite(), UasInvite.statusOf(ring.status()));
        SipHeaders headers =
                bare.headers().with("Require", Options.RELIABLE).with(RSeq.HEADER, rseq.text());
        SipResponse response = Sdp.in(bare.withHeaders(headers), sdp);
        turn.setup =
                called.with(
                        called.reliability()
                                .sent(
                                        new Reliability.Outstanding(
                                                response,
                                                rseq,
                                                called.invite().headers().cseq(),
                                                sdp.isPresent(),
                                                Resend.ofProvisional(
                                                        turn.settings(), turn.nowNanos))));
        turn.respond(called.tx(), response);
    }

    /** PRACK: 200 when it is for the response that awaits one, else 481 (§3). */
    static void onPrack(Turn turn, Fork fork, ServerTransactionId tx, SipRequest prack) {
        Optional<RAck> rack = RAck.of(prack.headers());
        Optional<SipResponse> bad =
                rack.isEmpty()
                        ? Optional.of(Replies.of(turn, prack, 400, "Bad RAck"))
                        : Screening.content(turn, prack);
        if (bad.isPresent()) {
            turn.respond(tx, bad.get());
            return;
        }
        switch (turn.setup) {
            case Setup.Called called when matches(called.reliability().outstanding(), rack.get()) ->
                    acknowledged(turn, called, fork, tx, prack);
            case Setup.Talking talking when matches(talking.unacknowledged(), rack.get()) -> {
                turn.setup =
                        new Setup.Talking(
                                talking.confirmed(), talking.credentials(), Optional.empty());
                turn.respond(tx, Replies.of(turn, prack, 200));
            }
            case Setup.Calling _, Setup.Called _, Setup.Talking _, Setup.Over _ ->
                    turn.respond(tx, Replies.of(turn, prack, 481));
        }
    }

    private static boolean matches(Optional<Reliability.Outstanding> outstanding, RAck rack) {
        return outstanding.filter(o -> o.isAcknowledgedBy(rack)).isPresent();
    }

    /** SDP in a PRACK answers the offer in our response, or else is a new offer (§5). */
    private static void acknowledged(
            Turn turn, Setup.Called called, Fork fork, ServerTransactionId tx, SipRequest prack) {
        Optional<String> sdp = Sdp.of(prack);
        boolean weOffered =
                called.reliability().outstanding().orElseThrow().hasSdp() && fork.sdp().weOffered();
        if (weOffered && sdp.isEmpty()) {
            turn.respond(tx, Replies.of(turn, prack, 400, "Missing Answer"));
            return;
        }
        turn.setup = called.with(called.reliability().acknowledged());
        if (sdp.isPresent() && !weOffered) {
            PeerOffers.inPrack(turn, fork, tx, prack, sdp.get());
            return;
        }
        sdp.ifPresent(answer -> turn.put(fork.with(fork.sdp().peerAnswers(answer))));
        turn.respond(tx, Replies.of(turn, prack, 200));
        sdp.ifPresent(answer -> turn.tell(new UsageNotice.AnswerReceived(answer, true)));
    }

    /** Repeats what awaits its PRACK; after 64*T1 the INVITE is refused with 5xx (§3). */
    static void tick(Turn turn) {
        if (!(turn.setup instanceof Setup.Called called)
                || called.reliability().outstanding().isEmpty()) {
            return;
        }
        Reliability.Outstanding outstanding = called.reliability().outstanding().get();
        if (outstanding.resend().isOver(turn.nowNanos)) {
            PeerOffers.abandon(turn);
            SipResponse refusal = Replies.of(turn, called.invite(), 504);
            turn.respond(called.tx(), refusal);
            turn.end(
                    EndCause.status(
                            Side.NETWORK, Kind.NO_PRACK, refusal.status(), refusal.reason()));
        } else if (outstanding.resend().isDue(turn.nowNanos)) {
            Resend next = outstanding.resend().doubled(turn.nowNanos);
            turn.setup = called.with(called.reliability().resent(next));
            turn.respond(called.tx(), outstanding.response());
        }
    }
}
