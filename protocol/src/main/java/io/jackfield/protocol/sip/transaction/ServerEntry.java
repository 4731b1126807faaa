package io.jackfield.protocol.sip.transaction;

import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import java.util.Optional;

/** A server transaction in its table. */
final class ServerEntry<F extends TransactionFlow> extends Entry<F> {
    private final ServerTransactionId id;
    private final RequestKey key;
    private ServerTransaction state = new ServerTransaction.Terminated();
    private Optional<String> toTag = Optional.empty();
    private boolean cancelled;

    ServerEntry(SipRequest request, F flow, Timing timing) {
        super(flow, timing);
        this.id = ServerTransactionId.of(request);
        this.key = RequestKey.of(request);
    }

    ServerTransactionId id() {
        return id;
    }

    RequestKey key() {
        return key;
    }

    ServerTransaction state() {
        return state;
    }

    void become(ServerTransaction next) {
        state = next;
    }

    /** The tag that we have answered with, if we have. */
    Optional<String> toTag() {
        return toTag;
    }

    void answered(SipResponse response) {
        toTag = response.headers().to().tag().or(() -> toTag);
    }

    /** Notes a CANCEL; true for the first one, if it still has something to cancel. */
    boolean cancel() {
        boolean first = !cancelled && state instanceof InviteServer.Proceeding;
        cancelled = true;
        return first;
    }

    @Override
    boolean terminated() {
        return state instanceof ServerTransaction.Terminated;
    }
}
