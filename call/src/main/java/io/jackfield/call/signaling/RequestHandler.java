package io.jackfield.call.signaling;

import io.jackfield.call.edge.Flow;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.transaction.ServerTransactionId;

/**
 * Who receives new requests; retransmissions have been absorbed before.
 *
 * <p>Called on a signalling loop: decide, put it into a mailbox and return.
 */
public interface RequestHandler {
    /** A new request other than ACK and CANCEL. */
    void onRequest(ServerTransactionId id, SipRequest request, Flow flow);

    /** The ACK of a 2xx; it belongs to no transaction (RFC 3261 §17). */
    void onAck(SipRequest ack, Flow flow);

    /** A CANCEL for an INVITE that is not answered yet; it has had its own 200 (§9.2). */
    void onCancel(ServerTransactionId invite, SipRequest cancel, Flow flow);

    /** The way back is gone. */
    void onFlowClosed(Flow flow);
}
