package io.jackfield.protocol.sip.dialog;

import io.jackfield.protocol.sip.Identifiers;
import io.jackfield.protocol.sip.SipMethod;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import io.jackfield.protocol.sip.dialog.EndCause.Kind;
import io.jackfield.protocol.sip.dialog.EndCause.Side;
import io.jackfield.protocol.sip.transaction.ClientTransactionId;
import io.jackfield.protocol.sip.transaction.ServerTransactionId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * All that one leg says and hears in its dialog, as caller or as called party: RFC 3261 §12 to §15.
 *
 * <p>A value: {@link #on} gives the next one and what is to be done. It reads no clock; {@code
 * nowNanos} is monotonic time. Any thread, one at a time.
 */
public final class InviteUsage {

    /** The next state, and what is to be done in that order. */
    public record Step(InviteUsage next, List<UsageEffect> effects) {
        public Step {
            effects = List.copyOf(effects);
        }
    }

    private final UsageState state;

    private InviteUsage(UsageState state) {
        this.state = state;
    }

    /** Calls someone: the first step sends the INVITE (RFC 3261 §13.2.1). */
    public static Step calling(
            OutgoingInvite spec, LegSettings settings, Identifiers ids, long nowNanos) {
        Basis basis = new Basis(true, ids.callId(), ids.tag(), settings, ids);
        return finish(UacInvite.begin(basis, spec, nowNanos));
    }

    /**
     * Is called: the first step tells of the offer, or refuses what cannot be (RFC 3261 §8.2,
     * §13.3.1), in which case the usage has ended at once.
     *
     * @param tx the transaction of {@code invite}
     */
    public static Step called(
            SipRequest invite,
            ServerTransactionId tx,
            LegSettings settings,
            Identifiers ids,
            long nowNanos) {
        Basis basis = new Basis(false, invite.headers().callId(), ids.tag(), settings, ids);
        return finish(UasInvite.begin(basis, tx, invite, nowNanos));
    }

    /**
     * Goes on where another node stopped. When refreshing the session is our part, that is due at
     * once, which also shows whether the peer is still there.
     *
     * @param settings of this node, with its Via and Contact
     */
    public static InviteUsage restored(
            SavedUsage saved, LegSettings settings, Identifiers ids, long nowNanos) {
        Dialog dialog = saved.dialog();
        Basis basis =
                new Basis(
                        saved.weCalled(),
                        dialog.callId(),
                        dialog.local().tag().orElseThrow(),
                        settings,
                        ids);
        Setup setup = new Setup.Talking(true, List.of(), Optional.empty());
        Turn turn = new Turn(basis, setup, nowNanos);
        turn.forks = List.of(saved.fork());
        turn.timer = turn.timer.takenOver(saved.intervalSeconds(), saved.weRefresh(), nowNanos);
        return new InviteUsage(turn.state());
    }

    /** What another node needs to go on; empty unless the dialog is confirmed and not ending. */
    public Optional<SavedUsage> saved() {
        return phase() == Phase.CONFIRMED
                ? state.forks().stream().findFirst().map(fork -> SavedUsage.of(state, fork))
                : Optional.empty();
    }

    /**
     * Takes one event. After the end it still may be called: late messages get the answer they are
     * due (a repeated 2xx its ACK, a request 481).
     */
    public Step on(UsageEvent event, long nowNanos) {
        Turn turn = new Turn(state, nowNanos);
        switch (event) {
            case UsageEvent.RequestReceived(var tx, var request) ->
                    InDialog.onRequest(turn, tx, request);
            case UsageEvent.AckReceived(var ack) -> Answers.onAck(turn, ack);
            case UsageEvent.CancelReceived(var invite, var cancel) ->
                    Hangups.onCancel(turn, invite, cancel);
            case UsageEvent.ResponseReceived(var tx, var response) ->
                    onResponse(turn, tx, response);
            case UsageEvent.RequestFailed(var tx, var kind) -> onFailure(turn, tx, kind);
            case UsageEvent.Tick() -> tick(turn);
            case UsageEvent.Ring ring -> UasInvite.ring(turn, ring);
            case UsageEvent.Accept(var sdp) -> UasInvite.accept(turn, sdp);
            case UsageEvent.Reject(var status, var reason, var extra) ->
                    UasInvite.reject(turn, status, reason, extra);
            case UsageEvent.Offer(var sdp) -> Changes.offer(turn, sdp);
            case UsageEvent.AnswerOffer(var sdp) -> PeerOffers.answer(turn, sdp);
            case UsageEvent.RefuseOffer(var status) -> PeerOffers.refuse(turn, status);
            case UsageEvent.SendInfo(var content) -> InDialog.sendInfo(turn, content);
            case UsageEvent.AnswerRefer answer -> Refers.answer(turn, answer);
            case UsageEvent.NotifyRefer progress -> Refers.notify(turn, progress);
            case UsageEvent.Retry(var challenged, var credentials) ->
                    Challenges.find(turn, challenged)
                            .ifPresent(a -> Challenges.retry(turn, a, credentials));
            case UsageEvent.GiveUp(var challenged) ->
                    Challenges.find(turn, challenged)
                            .ifPresent(a -> onFinal(turn, a, a.challenge().orElseThrow()));
            case UsageEvent.Hangup(var reason) -> Hangups.hangup(turn, reason);
        }
        return finish(turn);
    }

    /** What had to wait may be possible now. */
    private static Step finish(Turn turn) {
        UasInvite.pump(turn);
        Changes.pump(turn);
        return new Step(new InviteUsage(turn.state()), turn.effects());
    }

    private static void onResponse(Turn turn, ClientTransactionId tx, SipResponse response) {
        Optional<Awaited> awaited = turn.awaited(tx).filter(a -> a.challenge().isEmpty());
        if (awaited.isPresent() && response.isProvisional()) {
            onProvisional(turn, awaited.get(), response);
        } else if (awaited.isPresent()) {
            if (!Challenges.ask(turn, awaited.get(), response)) {
                onFinal(turn, awaited.get(), response);
            }
        } else if (response.isSuccess() && tx.method().equals(SipMethod.INVITE)) {
            Acks.stray(turn, response);
        }
    }

    private static void onProvisional(Turn turn, Awaited awaited, SipResponse response) {
        switch (awaited.purpose()) {
            case INVITE -> UacInvite.onProvisional(turn, awaited, response);
            case CHANGE -> Changes.onProvisional(turn, awaited, response);
            case PRACK, INFO, NOTIFY, BYE, STRAY_BYE -> {}
        }
    }

    private static void onFinal(Turn turn, Awaited awaited, SipResponse response) {
        turn.forget(awaited);
        switch (awaited.purpose()) {
            case INVITE -> {
                if (response.isSuccess()) {
                    UacInvite.onSuccess(turn, response);
                } else {
                    UacInvite.onRefusal(turn, response);
                }
            }
            case CHANGE -> Changes.onFinal(turn, awaited, response);
            case INFO -> InDialog.onInfoDone(turn, response);
            case BYE -> Hangups.onByeDone(turn);
            case PRACK, NOTIFY, STRAY_BYE -> {}
        }
    }

    private static void onFailure(Turn turn, ClientTransactionId tx, FailureKind kind) {
        Optional<Awaited> known = turn.awaited(tx).filter(a -> a.challenge().isEmpty());
        if (known.isEmpty()) {
            return;
        }
        turn.forget(known.get());
        switch (known.get().purpose()) {
            case INVITE -> UacInvite.onFailure(turn, kind);
            case CHANGE -> ChangeFailures.onFailure(turn, known.get(), kind);
            case INFO -> {
                if (kind == FailureKind.TIMEOUT) {
                    InDialog.onSilence(turn);
                }
            }
            case BYE -> Hangups.onByeDone(turn);
            case PRACK, NOTIFY, STRAY_BYE -> {}
        }
    }

    private static void tick(Turn turn) {
        Answers.tick(turn);
        ReliableSending.tick(turn);
        UasInvite.tick(turn);
        PeerOffers.tick(turn);
        Changes.tick(turn);
        tickSession(turn);
        Hangups.tick(turn);
    }

    /** RFC 4028 §10. */
    private static void tickSession(Turn turn) {
        if (!(turn.setup instanceof Setup.Talking) || turn.ending.isPresent()) {
            return;
        }
        if (Deadlines.due(turn.timer.expiresAtNanos(), turn.nowNanos)) {
            Hangups.broken(turn, EndCause.of(Side.NETWORK, Kind.SESSION_EXPIRED));
        } else if (Deadlines.due(turn.timer.refreshAtNanos(), turn.nowNanos)) {
            turn.timer = turn.timer.refreshing();
            Changes.refresh(turn);
        }
    }

    /** When to give it {@link UsageEvent.Tick}; empty when it waits for nothing but events. */
    public OptionalLong deadlineNanos() {
        return state.deadlineNanos();
    }

    public Phase phase() {
        return state.phase();
    }

    /** Part of what in-dialog requests are matched by (RFC 3261 §12). */
    public String callId() {
        return state.basis().callId();
    }

    /** Our tag: in To of the peer's requests, in From of ours. The same for every fork. */
    public String localTag() {
        return state.basis().localTag();
    }

    /** The dialog: of several early ones that of the latest response; empty while there is none. */
    public Optional<Dialog> dialog() {
        return state.forks().stream().findFirst().map(Fork::dialog);
    }

    /** All of it, for those in this package. */
    UsageState state() {
        return state;
    }

    /** The same usage over another flow: its next requests name another Via and Contact. */
    public InviteUsage with(LegSettings settings) {
        return new InviteUsage(
                new UsageState(
                        state.basis().with(settings),
                        state.setup(),
                        state.forks(),
                        state.change(),
                        state.peerOffer(),
                        state.awaited(),
                        state.accepted(),
                        state.acks(),
                        state.timer(),
                        state.ending()));
    }
}
