package io.jackfield.protocol.sip.dialog;

import io.jackfield.protocol.sip.SipHeaders;
import io.jackfield.protocol.sip.SipMethod;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import io.jackfield.protocol.sip.StatusCodes;
import io.jackfield.protocol.sip.dialog.EndCause.Kind;
import io.jackfield.protocol.sip.dialog.EndCause.Side;
import io.jackfield.protocol.sip.transaction.ServerTransactionId;
import java.util.Optional;

/** Requests within the dialog, theirs and ours, that are no INVITE's (RFC 3261 §12.2). */
final class InDialog {
    private InDialog() {}

    static void onRequest(Turn turn, ServerTransactionId tx, SipRequest request) {
        if (request.method().equals(SipMethod.ACK) || request.method().equals(SipMethod.CANCEL)) {
            return;
        }
        Optional<Fork> fork =
                turn.forks.stream().filter(f -> f.dialog().matches(request)).findFirst();
        if (turn.over() || fork.isEmpty()) {
            turn.respond(tx, Replies.of(turn, request, 481));
        } else if (!fork.get().dialog().accepts(request)) {
            turn.respond(tx, Replies.later(turn, request));
        } else {
            Fork heard =
                    fork.get()
                            .with(fork.get().dialog().heard(request))
                            .with(fork.get().peer().heard(request.headers()));
            turn.put(heard);
            onOrdered(turn, heard, tx, request);
        }
    }

    private static void onOrdered(
            Turn turn, Fork fork, ServerTransactionId tx, SipRequest request) {
        if (request.method().equals(SipMethod.BYE)) {
            Hangups.onBye(turn, fork, tx, request);
            return;
        }
        if (turn.ending.isPresent()) {
            turn.respond(tx, Replies.of(turn, request, 481));
            return;
        }
        Optional<SipResponse> refusal =
                isAllowed(turn, request.method())
                        ? Screening.extensions(turn, request)
                        : Optional.of(notAllowed(turn, request));
        if (refusal.isPresent()) {
            turn.respond(tx, refusal.get());
            return;
        }
        switch (request.method().name()) {
            case "INVITE" -> PeerOffers.onInvite(turn, fork, tx, request);
            case "UPDATE" -> PeerOffers.onUpdate(turn, fork, tx, request);
            case "PRACK" -> ReliableSending.onPrack(turn, fork, tx, request);
            case "INFO" -> onInfo(turn, tx, request);
            case "REFER" -> Refers.onRefer(turn, tx, request);
            case "OPTIONS" -> turn.respond(tx, abilities(turn, request));
            default -> turn.respond(tx, notAllowed(turn, request));
        }
    }

    private static boolean isAllowed(Turn turn, SipMethod method) {
        return method.equals(SipMethod.INVITE) || turn.settings().allow().contains(method);
    }

    /** §8.2.1. */
    private static SipResponse notAllowed(Turn turn, SipRequest request) {
        return Replies.with(
                Replies.of(turn, request, 405), "Allow", Replies.allow(turn.settings()));
    }

    /** §11.2. */
    private static SipResponse abilities(Turn turn, SipRequest request) {
        SipResponse response = Replies.of(turn, request, 200);
        SipHeaders headers =
                response.headers()
                        .with("Allow", Replies.allow(turn.settings()))
                        .with("Accept", Sdp.TYPE);
        return response.withHeaders(Options.supported(headers, turn.settings()));
    }

    /** Without Info-Package it is as it always was; packages we have none (RFC 6086 §4.2.2). */
    private static void onInfo(Turn turn, ServerTransactionId tx, SipRequest info) {
        if (info.headers().first("Info-Package").isPresent()) {
            turn.respond(tx, Replies.with(Replies.of(turn, info, 469), "Recv-Info", ""));
            return;
        }
        turn.respond(tx, Replies.of(turn, info, 200));
        String type = info.headers().first("Content-Type").orElse("");
        turn.tell(new UsageNotice.InfoReceived(new Content(type, info.body())));
    }

    /** Sends INFO where there is a dialog; not more than a peer can follow. */
    static void sendInfo(Turn turn, Content content) {
        Optional<Fork> fork = turn.current();
        boolean silent = turn.setup instanceof Setup.Called called && called.rung().isEmpty();
        if (fork.isEmpty()
                || silent
                || turn.over()
                || turn.ending.isPresent()
                || turn.awaited.size() >= Turn.AWAITED_MAX) {
            return;
        }
        SipRequest info = Requests.next(turn, fork.get(), SipMethod.INFO);
        SipRequest said =
                content.type().isEmpty() ? info : info.withBody(content.type(), content.bytes());
        turn.send(said, Awaited.Purpose.INFO, fork.get().tag());
    }

    /** The final status of an INFO; of interest only when it says that the dialog is gone. */
    static void onInfoDone(Turn turn, SipResponse response) {
        if (response.status() == 481 || response.status() == 408) {
            onGone(turn, response.status(), response.reason());
        }
    }

    /**
     * "If the response … is a 481 or a 408, the UAC SHOULD terminate the dialog" (§12.2.1.2). An
     * early dialog lives and dies with its INVITE: there a request may be quicker than the response
     * that made the dialog, so that the peer does not know it yet.
     *
     * @return false when the dialog is not confirmed, so that nothing was done
     */
    static boolean onGone(Turn turn, int status, String phrase) {
        if (!(turn.setup instanceof Setup.Talking talking && talking.confirmed())) {
            return false;
        }
        if (turn.ending.isPresent()) {
            return true;
        }
        if (status == 481) {
            PeerOffers.abandon(turn);
            turn.end(EndCause.status(Side.REMOTE, Kind.DIALOG_GONE, status, phrase));
        } else {
            Hangups.byeAndEnd(turn, EndCause.status(Side.NETWORK, Kind.TIMEOUT, status, phrase));
        }
        return true;
    }

    /** "…also … if no response at all is received" (§12.2.1.2). */
    static boolean onSilence(Turn turn) {
        return onGone(turn, 408, StatusCodes.reason(408));
    }
}
