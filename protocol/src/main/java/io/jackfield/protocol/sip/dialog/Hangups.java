package io.jackfield.protocol.sip.dialog;

import io.jackfield.protocol.sip.Header;
import io.jackfield.protocol.sip.Reason;
import io.jackfield.protocol.sip.SipHeaders;
import io.jackfield.protocol.sip.SipMethod;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.dialog.Awaited.Purpose;
import io.jackfield.protocol.sip.dialog.EndCause.Kind;
import io.jackfield.protocol.sip.dialog.EndCause.Side;
import io.jackfield.protocol.sip.transaction.ServerTransactionId;
import java.util.List;
import java.util.Optional;

/** Ends, from either side and from neither (RFC 3261 §9, §15). */
final class Hangups {
    private static final int NOT_ANSWERED = 480;

    private Hangups() {}

    /** The first reason a message gives (RFC 3326). */
    static Optional<Reason> reasonOf(SipHeaders headers) {
        return Reason.of(headers).stream().findFirst();
    }

    /** The call wants an end: CANCEL, a refusal or BYE, as things stand. */
    static void hangup(Turn turn, Optional<String> reasonHeader) {
        if (turn.over() || turn.ending.isPresent()) {
            return;
        }
        Optional<Reason> reason = reasonHeader.flatMap(Reason::parse);
        switch (turn.setup) {
            case Setup.Calling calling ->
                    cancel(
                            turn,
                            calling,
                            EndCause.of(Side.LOCAL, Kind.CANCEL, reason),
                            reasonHeader);
            case Setup.Called _ -> UasInvite.reject(turn, NOT_ANSWERED, "", headers(reasonHeader));
            case Setup.Talking _ ->
                    finish(turn, EndCause.of(Side.LOCAL, Kind.BYE, reason), reasonHeader);
            case Setup.Over _ -> {}
        }
    }

    /** The dialog cannot go on, whatever the call wants. */
    static void broken(Turn turn, EndCause cause) {
        switch (turn.setup) {
            case Setup.Calling calling -> cancel(turn, calling, cause, Optional.empty());
            case Setup.Called called -> UasInvite.terminated(turn, called, cause);
            case Setup.Talking _ -> finish(turn, cause, Optional.empty());
            case Setup.Over _ -> {}
        }
    }

    /** §9.1: CANCEL goes out after a provisional response, until then it waits for one. */
    private static void cancel(
            Turn turn, Setup.Calling calling, EndCause cause, Optional<String> reasonHeader) {
        Optional<Awaited> invite = turn.awaited(Purpose.INVITE);
        PeerOffers.abandon(turn);
        turn.change = Optional.empty();
        if (invite.isEmpty() || invite.get().challenge().isPresent()) {
            turn.end(cause);
            return;
        }
        turn.ending =
                Optional.of(
                        new Ending(
                                cause,
                                Ending.Stage.CANCELLING,
                                reasonHeader,
                                turn.nowNanos + 2 * Deadlines.patienceNanos(turn.settings())));
        if (calling.heard()) {
            turn.cancel(invite.get().id(), reasonHeader);
        }
    }

    /** "The callee's UA MUST NOT send a BYE … until it has received an ACK" (§15). */
    private static void finish(Turn turn, EndCause cause, Optional<String> reasonHeader) {
        boolean unconfirmed = turn.setup instanceof Setup.Talking talking && !talking.confirmed();
        if (unconfirmed && turn.basis.weCalled()) {
            PeerOffers.acknowledgeWithoutAnswer(turn);
            bye(turn, cause, reasonHeader);
        } else if (unconfirmed) {
            PeerOffers.abandon(turn);
            turn.change = Optional.empty();
            turn.ending =
                    Optional.of(
                            new Ending(
                                    cause,
                                    Ending.Stage.AWAITING_ACK,
                                    reasonHeader,
                                    turn.nowNanos + 2 * Deadlines.patienceNanos(turn.settings())));
        } else {
            bye(turn, cause, reasonHeader);
        }
    }

    /** Says BYE and waits for its response. */
    static void bye(Turn turn, EndCause cause, Optional<String> reasonHeader) {
        PeerOffers.abandon(turn);
        turn.change = Optional.empty();
        turn.accepted = List.of();
        sendBye(turn, reasonHeader);
        turn.ending =
                Optional.of(
                        new Ending(
                                cause,
                                Ending.Stage.SAYING_BYE,
                                reasonHeader,
                                turn.nowNanos + 2 * Deadlines.patienceNanos(turn.settings())));
    }

    /** Says BYE to a peer that is probably gone, and does not wait. */
    static void byeAndEnd(Turn turn, EndCause cause) {
        PeerOffers.abandon(turn);
        sendBye(turn, Optional.empty());
        turn.end(cause);
    }

    private static void sendBye(Turn turn, Optional<String> reasonHeader) {
        Fork fork = turn.current().orElseThrow();
        SipRequest bye = Requests.next(turn, fork, SipMethod.BYE);
        turn.send(
                bye.withHeaders(bye.headers().plusAll(headers(reasonHeader))),
                Purpose.BYE,
                fork.tag());
    }

    private static List<Header> headers(Optional<String> reasonHeader) {
        return reasonHeader.map(value -> new Header(Reason.HEADER, value)).stream().toList();
    }

    /**
     * The peer's BYE. One that crosses ours ends it at once: nobody is left to answer (§15.1.2).
     */
    static void onBye(Turn turn, Fork fork, ServerTransactionId tx, SipRequest bye) {
        turn.respond(tx, Replies.of(turn, bye, 200));
        EndCause cause = EndCause.of(Side.REMOTE, Kind.BYE, reasonOf(bye.headers()));
        switch (turn.setup) {
            case Setup.Calling calling -> onEarlyBye(turn, calling, fork, cause);
            case Setup.Called called -> UasInvite.terminated(turn, called, cause);
            case Setup.Talking _ -> {
                PeerOffers.abandon(turn);
                turn.end(turn.ending.map(Ending::cause).orElse(cause));
            }
            case Setup.Over _ -> {}
        }
    }

    /** A called party may not say BYE yet (§15), but one whose 2xx is late does (RFC 5407 §3). */
    private static void onEarlyBye(Turn turn, Setup.Calling calling, Fork fork, EndCause cause) {
        UacInvite.dropFork(turn, fork.tag());
        if (turn.forks.isEmpty() && turn.ending.isEmpty()) {
            cancel(turn, calling, cause, Optional.empty());
        }
    }

    /** CANCEL of the INVITE; after a final response it has no effect (§9.2). */
    static void onCancel(Turn turn, ServerTransactionId invite, SipRequest cancel) {
        if (turn.setup instanceof Setup.Called called && called.tx().equals(invite)) {
            UasInvite.terminated(
                    turn,
                    called,
                    EndCause.of(Side.REMOTE, Kind.CANCEL, reasonOf(cancel.headers())));
        } else {
            PeerOffers.onCancel(turn, invite);
        }
    }

    /** Our BYE was answered, or never will be: "the UAC MUST consider the session terminated". */
    static void onByeDone(Turn turn) {
        turn.ending.ifPresent(e -> turn.end(e.cause()));
    }

    static void tick(Turn turn) {
        if (turn.ending.isPresent()
                && Deadlines.due(turn.ending.get().giveUpAtNanos(), turn.nowNanos)) {
            turn.end(turn.ending.get().cause());
        }
    }
}
