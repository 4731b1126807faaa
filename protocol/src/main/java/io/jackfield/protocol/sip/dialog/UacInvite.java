package io.jackfield.protocol.sip.dialog;

import io.jackfield.protocol.sip.Header;
import io.jackfield.protocol.sip.RetryAfter;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import io.jackfield.protocol.sip.StatusCodes;
import io.jackfield.protocol.sip.dialog.EndCause.Kind;
import io.jackfield.protocol.sip.dialog.EndCause.Side;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The INVITE that begins a call, from the caller's side (RFC 3261 §13.2). */
final class UacInvite {
    /** A chain of proxies that each raise the session interval once; more is a loop. */
    private static final int RAISES_MAX = 3;

    private static final Duration RETRY_AFTER_MAX = Duration.ofDays(1);
    private static final int EARLY_DIALOG_TERMINATED = 199;

    private UacInvite() {}

    /** Begins a usage with its INVITE on the way. */
    static Turn begin(Basis basis, OutgoingInvite spec, long nowNanos) {
        SessionTimer timer = SessionTimer.of(basis.settings().sessionTimer());
        SipRequest invite = Requests.invite(basis, timer, spec);
        Turn turn = new Turn(basis, new Setup.Calling(invite, false, 0), nowNanos);
        turn.send(invite, Awaited.Purpose.INVITE, "");
        return turn;
    }

    /** Sends the INVITE anew; the early dialogs of the one before are gone. */
    static void sendAgain(Turn turn, Setup.Calling calling, SipRequest invite, int tries) {
        dropForks(turn);
        turn.setup = new Setup.Calling(invite, false, calling.raises());
        turn.send(invite, Awaited.Purpose.INVITE, "", tries);
    }

    static void onProvisional(Turn turn, Awaited awaited, SipResponse response) {
        if (!(turn.setup instanceof Setup.Calling calling)) {
            return;
        }
        if (!calling.heard()) {
            turn.setup = new Setup.Calling(calling.invite(), true, calling.raises());
            turn.ending.ifPresent(e -> turn.cancel(awaited.id(), e.reasonHeader()));
        }
        if (response.status() > 100 && turn.ending.isEmpty()) {
            onProgress(turn, calling.invite(), response);
        }
    }

    private static void onProgress(Turn turn, SipRequest invite, SipResponse response) {
        if (response.headers().to().tag().isEmpty()) {
            turn.tell(new UsageNotice.Progress(response.status(), response.reason()));
            return;
        }
        if (response.status() == EARLY_DIALOG_TERMINATED) {
            dropFork(turn, response.headers().to().tag().orElseThrow());
            return;
        }
        Optional<Fork> fork = earlyFork(turn, invite, response);
        if (fork.isPresent() && ReliableReceiving.isNew(turn, fork.get(), response)) {
            Fork heard = fork.get().with(fork.get().peer().heard(response.headers()));
            turn.putFirst(ReliableReceiving.counted(turn, heard, response));
            turn.tell(new UsageNotice.Progress(response.status(), response.reason()));
            ReliableReceiving.takeDescription(turn, response);
        }
    }

    /** One of several early dialogs has ended, as 199 (RFC 6228) or its BYE tells. */
    static void dropFork(Turn turn, String remoteTag) {
        if (turn.peerOffer.filter(o -> o.fork().equals(remoteTag)).isPresent()) {
            PeerOffers.abandon(turn);
        }
        turn.forks = turn.forks.stream().filter(f -> !f.tag().equals(remoteTag)).toList();
        Changes.onForkGone(turn, remoteTag);
    }

    /** The INVITE they came from has failed, or is sent anew. */
    static void dropForks(Turn turn) {
        turn.forks.forEach(fork -> dropFork(turn, fork.tag()));
    }

    private static Optional<Fork> earlyFork(Turn turn, SipRequest invite, SipResponse response) {
        Optional<Fork> known = turn.fork(response.headers().to().tag().orElse(""));
        if (known.isPresent() || turn.forks.size() >= Turn.FORKS_MAX) {
            return known;
        }
        return Optional.of(newFork(invite, response));
    }

    private static Fork newFork(SipRequest invite, SipResponse response) {
        OfferAnswerState sdp =
                Sdp.of(invite)
                        .map(OfferAnswerState.NOTHING::weOffer)
                        .orElse(OfferAnswerState.NOTHING);
        return Fork.of(Dialog.asCaller(invite, response), sdp, PeerAbilities.UNKNOWN);
    }

    /** The first 2xx decides which dialog counts. */
    static void onSuccess(Turn turn, SipResponse response) {
        if (!(turn.setup instanceof Setup.Calling calling)) {
            Acks.stray(turn, response);
            return;
        }
        Fork fork = answeredFork(turn, calling.invite(), response);
        List<Header> credentials = Requests.credentialsOf(calling.invite());
        turn.forks.stream()
                .filter(other -> !other.tag().equals(fork.tag()))
                .forEach(other -> dropFork(turn, other.tag()));
        turn.forks = List.of(fork);
        turn.setup = new Setup.Talking(false, credentials, Optional.empty());
        if (turn.ending.isPresent()) {
            acknowledge(turn, response, Optional.empty());
            Hangups.bye(turn, turn.ending.get().cause(), turn.ending.get().reasonHeader());
            return;
        }
        turn.timer = turn.timer.answered(response, turn.nowNanos);
        takeAnswer(turn, fork, response);
    }

    private static Fork answeredFork(Turn turn, SipRequest invite, SipResponse response) {
        Fork fork =
                turn.fork(response.headers().to().tag().orElse(""))
                        .orElseGet(() -> newFork(invite, response));
        return fork.with(fork.dialog().confirmedBy(response))
                .with(fork.peer().heard(response.headers()));
    }

    /** The 2xx has our answer, or the peer's offer, or comes after an exchange that is done. */
    private static void takeAnswer(Turn turn, Fork fork, SipResponse response) {
        Optional<String> said = Sdp.of(response);
        if (fork.sdp().weOffered() && !Changes.isOut(turn)) {
            Optional<String> answer = said.or(fork::preview);
            answer.ifPresent(sdp -> answered(turn, fork, sdp));
            confirm(turn, response, answer.isPresent());
        } else if (fork.sdp().turn() == OfferAnswerState.Turns.NOTHING) {
            said.ifPresent(sdp -> offered(turn, fork, sdp, response));
            if (said.isEmpty()) {
                confirm(turn, response, false);
            }
        } else {
            confirm(turn, response, true);
        }
    }

    private static void answered(Turn turn, Fork fork, String sdp) {
        turn.put(fork.with(fork.sdp().peerAnswers(sdp)));
        turn.tell(new UsageNotice.AnswerReceived(sdp, false));
    }

    /** "If the initial offer is in the 2xx … the answer MUST be in the ACK" (§13.2.2.4). */
    private static void offered(Turn turn, Fork fork, String sdp, SipResponse response) {
        turn.put(fork.with(fork.sdp().peerOffers(sdp)));
        turn.peerOffer =
                Optional.of(
                        new PeerOffer(
                                new PeerOffer.Carrier.InSuccess(response),
                                fork.tag(),
                                false,
                                OptionalLong.of(
                                        turn.nowNanos + Deadlines.patienceNanos(turn.settings()))));
        turn.tell(new UsageNotice.OfferReceived(sdp));
        turn.tell(new UsageNotice.Answered());
    }

    /** Acknowledges; without a session there is nothing to talk about, and BYE follows. */
    private static void confirm(Turn turn, SipResponse response, boolean described) {
        turn.tell(new UsageNotice.Answered());
        acknowledge(turn, response, Optional.empty());
        turn.tell(new UsageNotice.Confirmed());
        if (!described) {
            Hangups.bye(turn, EndCause.of(Side.REMOTE, Kind.PROTOCOL), Optional.empty());
        }
    }

    /** Sends the ACK to the 2xx that was chosen, with our answer if it had an offer. */
    static void acknowledge(Turn turn, SipResponse response, Optional<String> sdp) {
        if (turn.setup instanceof Setup.Talking talking) {
            Dialog dialog = turn.current().orElseThrow().dialog();
            turn.setup = new Setup.Talking(true, talking.credentials(), Optional.empty());
            Acks.send(turn, dialog, response, talking.credentials(), sdp);
        }
    }

    /** 300 to 699, but not a challenge that the call may still meet. */
    static void onRefusal(Turn turn, SipResponse response) {
        PeerOffers.abandon(turn);
        if (turn.ending.isPresent()) {
            turn.end(turn.ending.get().cause());
            return;
        }
        if (response.status() == 422 && raised(turn, response)) {
            return;
        }
        if (response.status() < 400) {
            turn.tell(new UsageNotice.Redirected(response.headers().contacts()));
        } else {
            turn.tell(
                    new UsageNotice.Failed(
                            response.status(), response.reason(), retryAfter(response)));
        }
        turn.end(
                new EndCause(
                        Side.REMOTE,
                        Kind.STATUS,
                        response.status(),
                        response.reason(),
                        Hangups.reasonOf(response.headers())));
    }

    /** The same INVITE with a longer session interval (RFC 4028 §7.4). */
    private static boolean raised(Turn turn, SipResponse response) {
        Optional<SessionTimer> longer = turn.timer.raisedBy(response);
        if (!(turn.setup instanceof Setup.Calling calling)
                || longer.isEmpty()
                || calling.raises() >= RAISES_MAX) {
            return false;
        }
        turn.timer = longer.get();
        SipRequest again =
                Requests.again(
                        turn, calling.invite(), calling.invite().headers().cseq().number() + 1);
        sendAgain(
                turn,
                new Setup.Calling(again, false, calling.raises() + 1),
                again.withHeaders(turn.timer.ask(again.headers())),
                0);
        return true;
    }

    /** "…a 408 … a 503 MUST be treated as if received" (§8.1.3.1). */
    static void onFailure(Turn turn, FailureKind kind) {
        PeerOffers.abandon(turn);
        if (turn.ending.isPresent()) {
            turn.end(turn.ending.get().cause());
            return;
        }
        int status = kind == FailureKind.TIMEOUT ? 408 : 503;
        Kind how = kind == FailureKind.TIMEOUT ? Kind.TIMEOUT : Kind.TRANSPORT;
        String phrase = StatusCodes.reason(status);
        turn.tell(new UsageNotice.Failed(status, phrase, Optional.empty()));
        turn.end(EndCause.status(Side.NETWORK, how, status, phrase));
    }

    private static Optional<Duration> retryAfter(SipResponse response) {
        return RetryAfter.of(response.headers())
                .map(after -> Duration.ofSeconds(after.seconds()))
                .map(after -> after.compareTo(RETRY_AFTER_MAX) > 0 ? RETRY_AFTER_MAX : after);
    }
}
