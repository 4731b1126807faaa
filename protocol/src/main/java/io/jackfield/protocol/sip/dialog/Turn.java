package io.jackfield.protocol.sip.dialog;

import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import io.jackfield.protocol.sip.transaction.ClientTransactionId;
import io.jackfield.protocol.sip.transaction.ServerTransactionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The next state while one event is worked on, and what is to be done about the event.
 *
 * <p>Each rule of this package takes a turn and changes the part of the state that is its own. A
 * turn never leaves {@link InviteUsage#on}, so nobody sees a state half changed. The fields are
 * those of {@link UsageState}.
 */
final class Turn {
    /** Requests of ours that may be under way; above it INFO is not sent (a stuck peer). */
    static final int AWAITED_MAX = 32;

    /** Dialogs one INVITE may make: proxies fork to a handful. */
    static final int FORKS_MAX = 16;

    final Basis basis;
    final long nowNanos;
    Setup setup;
    List<Fork> forks = List.of();
    Optional<Change> change = Optional.empty();
    Optional<PeerOffer> peerOffer = Optional.empty();
    List<Awaited> awaited = List.of();
    List<Unacknowledged> accepted = List.of();
    List<SipRequest> acks = List.of();
    SessionTimer timer;
    Optional<Ending> ending = Optional.empty();

    private final List<UsageEffect> effects = new ArrayList<>();

    /** The turn in which a usage begins. */
    Turn(Basis basis, Setup setup, long nowNanos) {
        this.basis = basis;
        this.nowNanos = nowNanos;
        this.setup = setup;
        this.timer = SessionTimer.of(basis.settings().sessionTimer());
    }

    /** A turn that goes on from there. */
    Turn(UsageState state, long nowNanos) {
        this.basis = state.basis();
        this.nowNanos = nowNanos;
        this.setup = state.setup();
        this.forks = state.forks();
        this.change = state.change();
        this.peerOffer = state.peerOffer();
        this.awaited = state.awaited();
        this.accepted = state.accepted();
        this.acks = state.acks();
        this.timer = state.timer();
        this.ending = state.ending();
    }

    UsageState state() {
        return new UsageState(
                basis, setup, forks, change, peerOffer, awaited, accepted, acks, timer, ending);
    }

    List<UsageEffect> effects() {
        return effects;
    }

    LegSettings settings() {
        return basis.settings();
    }

    boolean over() {
        return setup instanceof Setup.Over;
    }

    /** The dialog that counts now: the latest early one, or the one that was answered. */
    Optional<Fork> current() {
        return forks.stream().findFirst();
    }

    Optional<Fork> fork(String remoteTag) {
        return forks.stream().filter(fork -> fork.tag().equals(remoteTag)).findFirst();
    }

    /** Keeps that state of a dialog which is known. */
    void put(Fork fork) {
        forks = forks.stream().map(f -> f.tag().equals(fork.tag()) ? fork : f).toList();
    }

    /** Keeps that state of a dialog, as the current one. */
    void putFirst(Fork fork) {
        List<Fork> next = new ArrayList<>(forks);
        next.removeIf(f -> f.tag().equals(fork.tag()));
        next.addFirst(fork);
        forks = List.copyOf(next);
    }

    void tell(UsageNotice notice) {
        effects.add(new UsageEffect.Tell(notice));
    }

    void respond(ServerTransactionId tx, SipResponse response) {
        effects.add(new UsageEffect.SendResponse(tx, response));
    }

    /** Sends a request and awaits its response. */
    ClientTransactionId send(SipRequest request, Awaited.Purpose purpose, String fork) {
        return send(request, purpose, fork, 0);
    }

    ClientTransactionId send(SipRequest request, Awaited.Purpose purpose, String fork, int tries) {
        ClientTransactionId id = ClientTransactionId.of(request);
        List<Awaited> next = new ArrayList<>(awaited);
        next.add(new Awaited(id, request, purpose, fork, tries, Optional.empty()));
        awaited = List.copyOf(next);
        effects.add(new UsageEffect.SendRequest(id, request));
        return id;
    }

    void sendAck(SipRequest ack) {
        effects.add(new UsageEffect.SendAck(ack));
    }

    void cancel(ClientTransactionId invite, Optional<String> reasonHeader) {
        effects.add(new UsageEffect.CancelRequest(invite, reasonHeader));
    }

    Optional<Awaited> awaited(ClientTransactionId id) {
        return awaited.stream().filter(a -> a.id().equals(id)).findFirst();
    }

    Optional<Awaited> awaited(Awaited.Purpose purpose) {
        return awaited.stream().filter(a -> a.purpose() == purpose).findFirst();
    }

    void forget(Awaited done) {
        awaited = awaited.stream().filter(a -> !a.id().equals(done.id())).toList();
    }

    /** The end, told once: whatever else was to be done is dropped. */
    void end(EndCause cause) {
        if (over()) {
            return;
        }
        setup = new Setup.Over();
        change = Optional.empty();
        peerOffer = Optional.empty();
        awaited = List.of();
        accepted = List.of();
        ending = Optional.empty();
        tell(new UsageNotice.Ended(cause));
    }
}
