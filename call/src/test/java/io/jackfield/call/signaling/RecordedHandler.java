package io.jackfield.call.signaling;

import io.jackfield.call.edge.Flow;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.transaction.ServerTransactionId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** Remembers what it is given, and does with a request what it was told to. One thread. */
final class RecordedHandler implements RequestHandler {
    final List<SipRequest> requests = new ArrayList<>();
    final List<ServerTransactionId> ids = new ArrayList<>();
    final List<SipRequest> acks = new ArrayList<>();
    final List<ServerTransactionId> cancels = new ArrayList<>();
    final List<Flow> closed = new ArrayList<>();
    private final BiConsumer<ServerTransactionId, SipRequest> onRequest;

    /** Does nothing further. */
    RecordedHandler() {
        this((_, _) -> {});
    }

    RecordedHandler(BiConsumer<ServerTransactionId, SipRequest> onRequest) {
        this.onRequest = onRequest;
    }

    @Override
    public void onRequest(ServerTransactionId id, SipRequest request, Flow flow) {
        ids.add(id);
        requests.add(request);
        onRequest.accept(id, request);
    }

    @Override
    public void onAck(SipRequest ack, Flow flow) {
        acks.add(ack);
    }

    @Override
    public void onCancel(ServerTransactionId invite, SipRequest cancel, Flow flow) {
        cancels.add(invite);
    }

    @Override
    public void onFlowClosed(Flow flow) {
        closed.add(flow);
    }
}
