package io.jackfield.protocol.sip.transaction;

import io.jackfield.protocol.sip.Identifiers;
import io.jackfield.protocol.sip.SipMessage;
import io.jackfield.protocol.sip.SipMethod;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * All transactions of one signalling shard: matching, repetition, timers, bounds.
 *
 * <p>Every method returns what to do, in order. The time is monotonic, in nanoseconds, and never
 * goes back between two calls. Nothing that a peer sends makes a method throw.
 *
 * <p>Thread-safety: none; one thread owns a table.
 *
 * @param <F> the flow, compared by {@code equals}
 */
public final class Transactions<F extends TransactionFlow> {
    private final TransactionSettings settings;
    private final Agenda<F> agenda = new Agenda<>();
    private final ClientTable<F> clients;
    private final ServerTable<F> servers;

    /**
     * @param identifiers drawn from once, for a secret from which To tags of our own answers are
     *     made, so that the same request always earns the same tag (RFC 3261 §8.2.7)
     */
    public Transactions(TransactionSettings settings, Identifiers identifiers) {
        this.settings = settings;
        this.clients = new ClientTable<>(settings, agenda);
        this.servers =
                new ServerTable<>(
                        settings, agenda, new OwnTags(identifiers.tag() + identifiers.tag()));
    }

    /**
     * A message came from that flow.
     *
     * <p>The transport's own duties come first and are the caller's: {@code received} and {@code
     * rport} in a request's topmost Via (RFC 3261 §18.2.1, RFC 3581), dropping a response whose
     * topmost Via is not ours (§18.1.2).
     */
    public List<TransactionOutput<F>> receive(SipMessage message, F flow, long nowNanos) {
        List<TransactionOutput<F>> out = new ArrayList<>();
        switch (message) {
            case SipRequest request -> servers.receive(request, flow, size(), nowNanos, out);
            case SipResponse response -> clients.receive(response, flow, nowNanos, out);
        }
        return out;
    }

    /**
     * Begins a client transaction: {@link ClientTransactionId#of} tells its identity.
     *
     * @param request with a topmost Via of ours and a new branch; neither ACK, which is not a
     *     transaction, nor CANCEL, for which {@link #cancel} is there
     * @throws IllegalArgumentException for ACK, CANCEL or a branch in use: our mistake
     */
    public List<TransactionOutput<F>> send(SipRequest request, F flow, long nowNanos) {
        ClientTransactionId id = checked(request);
        if (size() >= settings.totalMax()) {
            return List.of(new TransactionOutput.RequestNotSent<>(id));
        }
        List<TransactionOutput<F>> out = new ArrayList<>();
        clients.begin(request, flow, nowNanos, out);
        return out;
    }

    /**
     * Answers a request. A transaction that has ended, or has its final response, ignores it; only
     * a 2xx to an INVITE may be said again, as the user must until the ACK comes (§13.3.1.4).
     */
    public List<TransactionOutput<F>> respond(
            ServerTransactionId id, SipResponse response, long nowNanos) {
        List<TransactionOutput<F>> out = new ArrayList<>();
        servers.respond(id, response, nowNanos, out);
        return out;
    }

    /**
     * Cancels an INVITE of ours (§9.1): the CANCEL leaves at once when a provisional response has
     * come, else with the first one. What became of the CANCEL is not told; the INVITE ends as any
     * other: mostly with 487, with a 2xx that overtook the CANCEL (acknowledge it and say BYE), or
     * in {@link TransactionOutput.RequestTimedOut}. Without effect once a final response came.
     *
     * @param reason the value of a Reason header (RFC 3326), for example {@code SIP;cause=200}
     */
    public List<TransactionOutput<F>> cancel(
            ClientTransactionId invite, Optional<String> reason, long nowNanos) {
        List<TransactionOutput<F>> out = new ArrayList<>();
        clients.cancel(invite, reason, nowNanos, out);
        return out;
    }

    /** That flow is gone: what was sent over it did not arrive (§17.1.4, §17.2.4). */
    public List<TransactionOutput<F>> transportFailed(F flow, long nowNanos) {
        List<TransactionOutput<F>> out = new ArrayList<>();
        clients.transportFailed(flow, nowNanos, out);
        servers.transportFailed(flow, nowNanos, out);
        return out;
    }

    /** Fires all timers that are due. Early calls do nothing. */
    public List<TransactionOutput<F>> tick(long nowNanos) {
        List<TransactionOutput<F>> out = new ArrayList<>();
        Optional<Agenda.Due<F>> due = agenda.takeDue(nowNanos);
        while (due.isPresent()) {
            Timer timer = due.get().timer();
            switch (due.get().entry()) {
                case ClientEntry<F> entry -> clients.fire(entry, timer, nowNanos, out);
                case ServerEntry<F> entry -> servers.fire(entry, timer, nowNanos, out);
            }
            due = agenda.takeDue(nowNanos);
        }
        return out;
    }

    /** When {@link #tick} wants to be called; empty when no timer runs. */
    public OptionalLong deadlineNanos() {
        return agenda.deadlineNanos();
    }

    /** Transactions that are there, ours and theirs; 0 to {@code totalMax}, a few CANCELs more. */
    public int size() {
        return clients.size() + servers.size();
    }

    /** Everything that is kept, in all its indexes: nothing when {@link #size} is 0. */
    int remembered() {
        return clients.remembered() + servers.remembered() + agenda.size();
    }

    private ClientTransactionId checked(SipRequest request) {
        ClientTransactionId id = ClientTransactionId.of(request);
        if (request.method().equals(SipMethod.ACK) || request.method().equals(SipMethod.CANCEL)) {
            throw new IllegalArgumentException(request.method() + " is not for send");
        }
        if (!request.headers().via().hasMagicCookie() || clients.has(id)) {
            throw new IllegalArgumentException("the branch is not new: " + id);
        }
        return id;
    }
}
