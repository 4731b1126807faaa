package io.jackfield.protocol.sip.dialog;

import io.jackfield.protocol.sip.RetryAfter;
import io.jackfield.protocol.sip.SipMethod;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import io.jackfield.protocol.sip.transaction.ClientTransactionId;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** Our changes of a session that is there, by re-INVITE or UPDATE: when they may go out. */
final class Changes {
    private Changes() {}

    static boolean isOut(Turn turn) {
        return turn.change.flatMap(Change::sent).isPresent();
    }

    static boolean isOutByInvite(Turn turn) {
        return turn.change
                .flatMap(Change::sent)
                .filter(id -> id.method().equals(SipMethod.INVITE))
                .isPresent();
    }

    static void offer(Turn turn, String sdp) {
        if (!turn.over() && turn.ending.isEmpty()) {
            turn.change =
                    Optional.of(
                            turn.change
                                    .map(c -> c.offering(sdp))
                                    .orElseGet(() -> Change.offer(sdp)));
        }
    }

    /** The session timer wants a refresh; any change that goes out is one (RFC 4028 §7.4). */
    static void refresh(Turn turn) {
        if (turn.change.isEmpty()) {
            turn.change = Optional.of(Change.refresh());
        }
    }

    /** The peer's offer came first: what has not gone out is out of date. */
    static void overtaken(Turn turn) {
        if (turn.change.isEmpty() || isOut(turn)) {
            return;
        }
        boolean offers = turn.change.get().sdp().isPresent();
        turn.change = Optional.empty();
        turn.timer = turn.timer.tryAgain(turn.nowNanos);
        if (offers) {
            turn.tell(new UsageNotice.OfferRefused(491));
        }
    }

    /** What was sent in an early dialog that is gone is sent again in the one that counts. */
    static void onForkGone(Turn turn, String remoteTag) {
        boolean lost =
                turn.change
                        .flatMap(Change::sent)
                        .flatMap(turn::awaited)
                        .filter(a -> a.fork().equals(remoteTag))
                        .isPresent();
        if (lost) {
            turn.change = turn.change.map(c -> c.waiting(OptionalLong.empty()));
        }
    }

    /** Sends what may go out now. */
    static void pump(Turn turn) {
        Optional<Change> ready = turn.change.filter(Change::ready);
        Optional<Fork> fork = turn.current();
        if (ready.isEmpty() || fork.isEmpty() || turn.ending.isPresent()) {
            return;
        }
        if (turn.peerOffer.isPresent() || !fork.get().sdp().free()) {
            return;
        }
        switch (turn.setup) {
            case Setup.Talking talking when talking.confirmed() && turn.accepted.isEmpty() ->
                    sendConfirmed(turn, ready.get(), fork.get());
            case Setup.Called called when called.reliability().outstanding().isEmpty() ->
                    sendEarly(turn, ready.get(), fork.get());
            case Setup.Calling _ -> sendEarly(turn, ready.get(), fork.get());
            case Setup.Called _, Setup.Talking _, Setup.Over _ -> {}
        }
    }

    /** A refresh goes by UPDATE where it can: that needs no SDP (RFC 4028 §7.4). */
    private static void sendConfirmed(Turn turn, Change change, Fork fork) {
        boolean byUpdate =
                fork.peer().allowsUpdate()
                        && !change.byInvite()
                        && (change.sdp().isEmpty() || turn.settings().preferUpdate());
        if (byUpdate) {
            send(turn, change, fork, SipMethod.UPDATE, change.sdp());
        } else if (change.sdp().or(() -> fork.sdp().local()).isPresent()) {
            send(turn, change, fork, SipMethod.INVITE, change.sdp().or(() -> fork.sdp().local()));
        }
    }

    /** RFC 3311 §5.1: once the first exchange is complete, UPDATE may change it. */
    private static void sendEarly(Turn turn, Change change, Fork fork) {
        if (fork.sdp().stable() && fork.peer().allowsUpdate() && change.sdp().isPresent()) {
            send(turn, change, fork, SipMethod.UPDATE, change.sdp());
        }
    }

    private static void send(
            Turn turn, Change change, Fork fork, SipMethod method, Optional<String> sdp) {
        Fork offering =
                sdp.map(s -> fork.with(fork.sdp().weOffer(s)))
                        .orElse(fork)
                        .withRseq(OptionalLong.empty());
        SipRequest request = Requests.nextRefresh(turn, offering, method, sdp);
        ClientTransactionId id = turn.send(request, Awaited.Purpose.CHANGE, fork.tag());
        turn.change = Optional.of(change.sentIn(id));
    }

    /** A reliable provisional response to a re-INVITE wants its PRACK, and may hold the answer. */
    static void onProvisional(Turn turn, Awaited awaited, SipResponse response) {
        Optional<Fork> fork = turn.fork(awaited.fork());
        if (fork.isEmpty()
                || !isCurrent(turn, awaited)
                || !ReliableReceiving.isReliable(turn, response)
                || !ReliableReceiving.isNew(turn, fork.get(), response)) {
            return;
        }
        turn.put(ReliableReceiving.counted(turn, fork.get(), response));
        Sdp.of(response).ifPresent(sdp -> takeAnswer(turn, awaited, sdp));
        ReliableReceiving.acknowledge(turn, response, Optional.empty());
    }

    private static boolean isCurrent(Turn turn, Awaited awaited) {
        return turn.change.filter(c -> c.isIn(awaited.id())).isPresent();
    }

    /** An answer that says nothing new to a refresh is no news for the call. */
    private static void takeAnswer(Turn turn, Awaited awaited, String sdp) {
        Fork fork = turn.fork(awaited.fork()).orElseThrow();
        if (!fork.sdp().weOffered()) {
            return;
        }
        boolean refresh = turn.change.filter(c -> c.sdp().isEmpty()).isPresent();
        boolean news = !refresh || fork.sdp().remote().filter(sdp::equals).isEmpty();
        boolean early = !(turn.setup instanceof Setup.Talking);
        turn.put(fork.with(fork.sdp().peerAnswers(sdp)));
        if (news) {
            turn.tell(new UsageNotice.AnswerReceived(sdp, early));
        }
    }

    static void onFinal(Turn turn, Awaited awaited, SipResponse response) {
        if (!response.isSuccess()) {
            Optional<Duration> later =
                    RetryAfter.of(response.headers()).map(a -> Duration.ofSeconds(a.seconds()));
            ChangeFailures.onRefusal(turn, awaited, response, later);
            return;
        }
        turn.fork(awaited.fork()).ifPresent(fork -> refreshed(turn, awaited, fork, response));
        if (!isCurrent(turn, awaited)) {
            return;
        }
        if (turn.setup instanceof Setup.Talking) {
            turn.timer = turn.timer.answered(response, turn.nowNanos);
        }
        Sdp.of(response).ifPresent(sdp -> takeAnswer(turn, awaited, sdp));
        done(turn, awaited);
    }

    /** The target is refreshed first: the ACK goes there (RFC 3261 §12.2.1.2). */
    private static void refreshed(Turn turn, Awaited awaited, Fork fork, SipResponse response) {
        Fork next =
                fork.with(fork.dialog().refreshedBy(response.headers()))
                        .with(fork.peer().heard(response.headers()));
        turn.put(next);
        if (response.method().equals(SipMethod.INVITE)) {
            Acks.send(
                    turn,
                    next.dialog(),
                    response,
                    Requests.credentialsOf(awaited.request()),
                    Optional.empty());
        }
    }

    /** A 2xx that left our offer without an answer has not changed the session. */
    private static void done(Turn turn, Awaited awaited) {
        Change change = turn.change.orElseThrow();
        Fork fork = turn.fork(awaited.fork()).orElseThrow();
        if (fork.sdp().weOffered()) {
            turn.put(fork.with(fork.sdp().withdrawn()));
            if (change.sdp().isPresent()) {
                turn.tell(new UsageNotice.OfferRefused(488));
            }
        }
        turn.change = change.next().map(Change::offer);
    }

    static void tick(Turn turn) {
        if (turn.change.filter(c -> Deadlines.due(c.holdUntilNanos(), turn.nowNanos)).isPresent()) {
            turn.change = turn.change.map(c -> c.waiting(OptionalLong.empty()));
        }
    }
}
