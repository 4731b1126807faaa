package io.jackfield.call.signaling;

import io.jackfield.protocol.sip.SipResponse;
import io.jackfield.protocol.sip.transaction.ClientTransactionId;

/**
 * Who started a client transaction and hears what becomes of it (RFC 3261 §6, "transaction user").
 *
 * <p>Called on a signalling loop: put it into a mailbox and return.
 */
public interface TransactionUser {
    /** A response arrived; for an INVITE, each repeated 2xx as well (RFC 6026). */
    void onResponse(ClientTransactionId id, SipResponse response);

    /** No final response will come. */
    void onFailure(ClientTransactionId id, Failure failure);

    /** Why no response will come. */
    enum Failure {
        /** Nobody answered within 64 * T1 (timers B and F). */
        TIMEOUT,
        /** The flow did not take the request, or closed. */
        TRANSPORT
    }
}
