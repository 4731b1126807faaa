package io.jackfield.protocol.sip.transaction;

/**
 * What transactions must know of the way back to a peer. Flows are compared by {@code equals}: two
 * that are equal are the same way.
 */
public interface TransactionFlow {
    /** Server transactions that one source may hold; those above it are answered 503. */
    int TRANSACTIONS_MAX = 200;

    /** True when nothing has to be sent twice (RFC 3261 §17): TCP, TLS and WebSocket. */
    boolean reliable();

    /**
     * Server transactions that this source may hold at one time, those that only wait for their
     * last timer included. A configured trunk carries many people's calls and may say more than
     * {@link #TRANSACTIONS_MAX}.
     */
    default int transactionsMax() {
        return TRANSACTIONS_MAX;
    }
}
