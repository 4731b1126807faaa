package io.jackfield.protocol.sip.transaction;

import io.jackfield.protocol.sip.SipRequest;

/** A client transaction in its table. */
final class ClientEntry<F extends TransactionFlow> extends Entry<F> {
    private final ClientTransactionId id;
    private final boolean told;
    private ClientTransaction state = new ClientTransaction.Terminated();

    /**
     * @param told that the user hears what becomes of it: of all but a CANCEL
     */
    ClientEntry(SipRequest request, F flow, Timing timing, boolean told) {
        super(flow, timing);
        this.id = ClientTransactionId.of(request);
        this.told = told;
    }

    ClientTransactionId id() {
        return id;
    }

    boolean told() {
        return told;
    }

    ClientTransaction state() {
        return state;
    }

    void become(ClientTransaction next) {
        state = next;
    }

    @Override
    boolean terminated() {
        return state instanceof ClientTransaction.Terminated;
    }
}
