package io.jackfield.protocol.sip.dialog;

import io.jackfield.protocol.sip.SipMethod;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import io.jackfield.protocol.sip.dialog.EndCause.Kind;
import io.jackfield.protocol.sip.dialog.EndCause.Side;
import io.jackfield.protocol.sip.dialog.PeerOffer.Carrier;
import io.jackfield.protocol.sip.transaction.ServerTransactionId;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the peer wants of a session that is there: re-INVITE (RFC 3261 §14.2), UPDATE (RFC 3311
 * §5.2), and offers in PRACK, in a reliable provisional response and in a 2xx.
 */
final class PeerOffers {
    /** "The UPDATE … MUST be responded to promptly" (RFC 3311 §5.2); 20*T1, then 504. */
    private static final int UPDATE_PATIENCE_T1 = 20;

    private PeerOffers() {}

    static void onInvite(Turn turn, Fork fork, ServerTransactionId tx, SipRequest invite) {
        Optional<SipResponse> refusal =
                untimelyInvite(turn, fork, invite).or(() -> Screening.refresh(turn, invite));
        if (refusal.isPresent()) {
            turn.respond(tx, refusal.get());
            return;
        }
        long patience = Deadlines.patienceNanos(turn.settings());
        take(turn, fork, new Carrier.InRequest(tx, invite), Sdp.of(invite), patience);
    }

    /** §14.2: 491 while ours is out, 500 while one of the peer's is not done. */
    private static Optional<SipResponse> untimelyInvite(Turn turn, Fork fork, SipRequest invite) {
        boolean crosses =
                turn.setup instanceof Setup.Calling
                        || Changes.isOutByInvite(turn)
                        || fork.sdp().weOffered();
        if (crosses) {
            return Optional.of(Replies.of(turn, invite, 491));
        }
        boolean early =
                !(turn.setup instanceof Setup.Talking)
                        || turn.peerOffer.isPresent()
                        || turn.accepted.size() >= Unacknowledged.MAX;
        return early || fork.sdp().peerOffered()
                ? Optional.of(Replies.later(turn, invite))
                : Optional.empty();
    }

    static void onUpdate(Turn turn, Fork fork, ServerTransactionId tx, SipRequest update) {
        Optional<String> offer = Sdp.of(update);
        Optional<SipResponse> refusal =
                untimelyUpdate(turn, fork, update, offer.isPresent())
                        .or(() -> Screening.refresh(turn, update));
        if (refusal.isPresent()) {
            turn.respond(tx, refusal.get());
        } else if (offer.isEmpty()) {
            respondToUpdate(turn, fork, tx, update, Optional.empty());
        } else {
            long patience = turn.settings().t1().multipliedBy(UPDATE_PATIENCE_T1).toNanos();
            take(turn, fork, new Carrier.InRequest(tx, update), offer, patience);
        }
    }

    /** RFC 3311 §5.2: 491 while our offer is open, 500 while we owe an answer. */
    private static Optional<SipResponse> untimelyUpdate(
            Turn turn, Fork fork, SipRequest update, boolean offers) {
        if (offers && fork.sdp().weOffered()) {
            return Optional.of(Replies.of(turn, update, 491));
        }
        boolean owing = turn.peerOffer.isPresent() || !fork.sdp().stable();
        return isIn(turn.peerOffer, SipMethod.UPDATE) || offers && owing
                ? Optional.of(Replies.later(turn, update))
                : Optional.empty();
    }

    /** An offer in a PRACK (RFC 3262 §5), whose response has been found already. */
    static void inPrack(
            Turn turn, Fork fork, ServerTransactionId tx, SipRequest prack, String offer) {
        if (turn.peerOffer.isPresent() || !fork.sdp().stable()) {
            turn.respond(tx, Replies.later(turn, prack));
            return;
        }
        long patience = turn.settings().t1().multipliedBy(UPDATE_PATIENCE_T1).toNanos();
        take(turn, fork, new Carrier.InRequest(tx, prack), Optional.of(offer), patience);
    }

    private static void take(
            Turn turn,
            Fork fork,
            Carrier.InRequest carrier,
            Optional<String> offer,
            long patienceNanos) {
        Changes.overtaken(turn);
        offer.ifPresent(sdp -> turn.put(fork.with(fork.sdp().peerOffers(sdp))));
        turn.peerOffer =
                Optional.of(
                        new PeerOffer(
                                carrier,
                                fork.tag(),
                                offer.isEmpty(),
                                OptionalLong.of(turn.nowNanos + patienceNanos)));
        turn.tell(
                offer.<UsageNotice>map(UsageNotice.OfferReceived::new)
                        .orElseGet(UsageNotice.OfferWanted::new));
    }

    /** The call's answer, or its offer where the peer had none. */
    static void answer(Turn turn, String sdp) {
        if (turn.peerOffer.isEmpty()) {
            return;
        }
        PeerOffer offer = turn.peerOffer.get();
        turn.peerOffer = Optional.empty();
        Fork before = turn.fork(offer.fork()).orElseThrow();
        Fork fork =
                before.with(
                        offer.wanted() ? before.sdp().weOffer(sdp) : before.sdp().weAnswer(sdp));
        turn.put(fork);
        switch (offer.carrier()) {
            case Carrier.InRequest(var tx, var request) ->
                    respond(turn, fork, tx, request, sdp, offer.wanted());
            case Carrier.InProvisional(var response) ->
                    ReliableReceiving.acknowledge(turn, response, Optional.of(sdp));
            case Carrier.InSuccess(var response) -> {
                UacInvite.acknowledge(turn, response, Optional.of(sdp));
                turn.tell(new UsageNotice.Confirmed());
            }
        }
    }

    private static void respond(
            Turn turn,
            Fork fork,
            ServerTransactionId tx,
            SipRequest request,
            String sdp,
            boolean wanted) {
        if (request.method().equals(SipMethod.INVITE)) {
            UasInvite.sendSuccess(
                    turn, tx, refreshed(turn, fork, request, Optional.of(sdp)), wanted);
        } else if (request.method().equals(SipMethod.UPDATE)) {
            respondToUpdate(turn, fork, tx, request, Optional.of(sdp));
        } else {
            turn.respond(tx, Sdp.in(Replies.of(turn, request, 200), Optional.of(sdp)));
        }
    }

    private static void respondToUpdate(
            Turn turn, Fork fork, ServerTransactionId tx, SipRequest update, Optional<String> sdp) {
        turn.respond(tx, refreshed(turn, fork, update, sdp));
    }

    /** The 2xx to a target refresh, which also restarts the session timer (RFC 4028 §9). */
    private static SipResponse refreshed(
            Turn turn, Fork fork, SipRequest request, Optional<String> sdp) {
        turn.put(fork.with(fork.dialog().refreshedBy(request.headers())));
        SipResponse response = Sdp.in(Replies.inviting(turn, request, 200), sdp);
        if (!(turn.setup instanceof Setup.Talking)) {
            return response;
        }
        SessionTimer.Agreed timer = turn.timer.answer(request, fork.peer(), turn.nowNanos);
        turn.timer = timer.next();
        return response.withHeaders(timer.in(response.headers()));
    }

    /** The call's no: "…the session description … remains" (RFC 3261 §14.2). */
    static void refuse(Turn turn, int status) {
        if (turn.peerOffer.isEmpty()) {
            return;
        }
        switch (turn.peerOffer.get().carrier()) {
            case Carrier.InRequest _ -> drop(turn, status);
            case Carrier.InProvisional _, Carrier.InSuccess _ ->
                    Hangups.hangup(turn, Optional.empty());
        }
    }

    /** Answers the peer's request with a failure; the session is as before. */
    private static void drop(Turn turn, int status) {
        PeerOffer offer = turn.peerOffer.orElseThrow();
        turn.peerOffer = Optional.empty();
        if (!offer.wanted()) {
            turn.fork(offer.fork()).ifPresent(f -> turn.put(f.with(f.sdp().withdrawn())));
        }
        if (offer.carrier() instanceof Carrier.InRequest(var tx, var request)) {
            turn.respond(tx, Replies.of(turn, request, status));
        }
    }

    /** The dialog ends: "the UAS … MUST still respond to any pending requests" (§15.1.2). */
    static void abandon(Turn turn) {
        if (turn.peerOffer.isPresent()) {
            drop(turn, 487);
        }
    }

    /** CANCEL of a re-INVITE (§9.2). */
    static void onCancel(Turn turn, ServerTransactionId invite) {
        if (turn.peerOffer.filter(o -> o.cameIn(invite)).isPresent()) {
            drop(turn, 487);
            turn.tell(new UsageNotice.OfferWithdrawn());
        }
    }

    /** As caller, the end before our answer: the 2xx gets its ACK all the same. */
    static void acknowledgeWithoutAnswer(Turn turn) {
        if (turn.peerOffer.isPresent()
                && turn.peerOffer.get().carrier() instanceof Carrier.InSuccess(var response)) {
            turn.peerOffer = Optional.empty();
            UacInvite.acknowledge(turn, response, Optional.empty());
        }
    }

    /** The call took too long. */
    static void tick(Turn turn) {
        boolean late =
                turn.peerOffer
                        .filter(o -> Deadlines.due(o.answerByNanos(), turn.nowNanos))
                        .isPresent();
        if (!late) {
            return;
        }
        switch (turn.peerOffer.orElseThrow().carrier()) {
            case Carrier.InRequest(_, var request) -> {
                drop(turn, request.method().equals(SipMethod.UPDATE) ? 504 : 500);
                turn.tell(new UsageNotice.OfferWithdrawn());
            }
            case Carrier.InProvisional _, Carrier.InSuccess _ ->
                    Hangups.broken(turn, EndCause.of(Side.LOCAL, Kind.BYE));
        }
    }

    private static boolean isIn(Optional<PeerOffer> offer, SipMethod method) {
        return offer.isPresent()
                && offer.get().carrier() instanceof Carrier.InRequest(_, var request)
                && request.method().equals(method);
    }
}
