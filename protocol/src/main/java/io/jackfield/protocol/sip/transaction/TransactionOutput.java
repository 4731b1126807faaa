package io.jackfield.protocol.sip.transaction;

import io.jackfield.protocol.sip.SipMessage;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;

/**
 * What {@link Transactions} wants done or known; performed in the order of the list.
 *
 * <p>A client transaction that {@link Transactions#send} began ends in exactly one of: a final
 * {@link ResponseArrived} (to an INVITE also a second 2xx and its repetitions), {@link
 * RequestTimedOut}, {@link RequestNotSent}.
 *
 * @param <F> the flow
 */
public sealed interface TransactionOutput<F> {
    /** Write this message to that flow. If the flow breaks, say {@code transportFailed}. */
    record Send<F>(SipMessage message, F flow) implements TransactionOutput<F> {}

    /**
     * A request that was not seen before: never an ACK, a CANCEL or a repetition. It must be
     * answered with {@link Transactions#respond}, some day with a final response.
     */
    record RequestArrived<F>(ServerTransactionId id, SipRequest request, F flow)
            implements TransactionOutput<F> {}

    /**
     * An ACK for a 2xx (RFC 3261 §13.2.2.4), or one that belongs to nothing; a repetition arrives
     * again. It is never answered.
     */
    record AckArrived<F>(SipRequest ack, F flow) implements TransactionOutput<F> {}

    /**
     * The peer cancels an INVITE that has no final response yet (§9.2): answer it 487. The CANCEL
     * itself has been answered. Comes once per INVITE.
     */
    record CancelArrived<F>(ServerTransactionId invite, SipRequest cancel, F flow)
            implements TransactionOutput<F> {}

    /**
     * A response to a request of ours, without repetitions, except that every 2xx to an INVITE
     * arrives, each of which the user must ACK (§13.2.2.4; RFC 6026 §7.2).
     *
     * @param flow over which the request was sent
     */
    record ResponseArrived<F>(ClientTransactionId id, SipResponse response, F flow)
            implements TransactionOutput<F> {}

    /**
     * No final response came in 64*T1, or none to an INVITE in 64*T1 after its CANCEL: treat it as
     * a 408 (§8.1.3.1).
     */
    record RequestTimedOut<F>(ClientTransactionId id) implements TransactionOutput<F> {}

    /** The flow broke, or the table is full: treat it as a 503 (§8.1.3.1). */
    record RequestNotSent<F>(ClientTransactionId id) implements TransactionOutput<F> {}

    /**
     * The flow broke under a request that is not yet answered (§17.2.4). The transaction stays: it
     * must still be answered, though the answer may reach nobody.
     */
    record ResponseNotSent<F>(ServerTransactionId id) implements TransactionOutput<F> {}

    /**
     * A 3xx to 6xx to an INVITE was never acknowledged (§17.2.1, timer H). The transaction ended.
     */
    record AckTimedOut<F>(ServerTransactionId id) implements TransactionOutput<F> {}

    /**
     * A response that no transaction awaits; to be counted. A 2xx to an INVITE may come so late
     * that its transaction is gone: whoever wants to be thorough acknowledges it and says BYE.
     */
    record Stray<F>(SipResponse response, F flow) implements TransactionOutput<F> {}

    /** A request that was answered or dropped here; to be counted. Its answer is its own output. */
    record Refused<F>(SipRequest request, F flow, Refusal why) implements TransactionOutput<F> {}
}
