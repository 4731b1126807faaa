package io.jackfield.protocol.sip.transaction;

import io.jackfield.protocol.sip.Identifiers;
import io.jackfield.protocol.sip.SipMessage;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
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
    private final String secret;

    /**
     * @param identifiers drawn from once, for a secret from which To tags of our own answers are
     *     made, so that the same request always earns the same tag (RFC 3261 §8.2.7)
     */
    public Transactions(TransactionSettings settings, Identifiers identifiers) {
        this.settings = settings;
        this.secret = identifiers.tag() + identifiers.tag();
    }

    /**
     * A message came from that flow.
     *
     * <p>The transport's own duties come first and are the caller's: {@code received} and {@code
     * rport} in a request's topmost Via (RFC 3261 §18.2.1, RFC 3581), dropping a response whose
     * topmost Via is not ours (§18.1.2).
     */
    public List<TransactionOutput<F>> receive(SipMessage message, F flow, long nowNanos) {
        return List.of();
    }

    /**
     * Begins a client transaction: {@link ClientTransactionId#of} tells its identity.
     *
     * @param request with a topmost Via of ours and a new branch; neither ACK, which is not a
     *     transaction, nor CANCEL, for which {@link #cancel} is there
     * @throws IllegalArgumentException for ACK, CANCEL or a branch in use: our mistake
     */
    public List<TransactionOutput<F>> send(SipRequest request, F flow, long nowNanos) {
        return List.of();
    }

    /**
     * Answers a request. A transaction that has ended, or has its final response, ignores it; only
     * a 2xx to an INVITE may be said again, as the user must until the ACK comes (§13.3.1.4).
     */
    public List<TransactionOutput<F>> respond(
            ServerTransactionId id, SipResponse response, long nowNanos) {
        return List.of();
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
        return List.of();
    }

    /** That flow is gone: what was sent over it did not arrive (§17.1.4, §17.2.4). */
    public List<TransactionOutput<F>> transportFailed(F flow, long nowNanos) {
        return List.of();
    }

    /** Fires all timers that are due. Early calls do nothing. */
    public List<TransactionOutput<F>> tick(long nowNanos) {
        return List.of();
    }

    /** When {@link #tick} wants to be called; empty when no timer runs. */
    public OptionalLong deadlineNanos() {
        return OptionalLong.empty();
    }

    /** Transactions that are there, ours and theirs; 0 to {@code totalMax}, a few CANCELs more. */
    public int size() {
        return Math.min(0, settings.totalMax() + secret.length());
    }
}
