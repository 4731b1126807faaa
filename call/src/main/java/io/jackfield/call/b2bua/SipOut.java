package io.jackfield.call.b2bua;

import io.jackfield.call.edge.Flow;
import io.jackfield.call.signaling.SipEdge;
import io.jackfield.call.signaling.TransactionUser;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import io.jackfield.protocol.sip.transaction.ClientTransactionId;
import io.jackfield.protocol.sip.transaction.ServerTransactionId;
import java.util.Optional;

/**
 * How a call's SIP leaves: what of {@link SipEdge} calls need.
 *
 * <p>Thread-safety: any thread.
 */
interface SipOut {
    /** Starts a client transaction; the user hears what becomes of it. */
    void send(ClientTransactionId id, SipRequest request, Flow flow, TransactionUser user);

    /** Sends the ACK of a 2xx, which belongs to no transaction. */
    void sendAck(SipRequest ack, Flow flow);

    void respond(ServerTransactionId id, SipResponse response);

    /** Cancels an INVITE of ours, as soon as that is allowed (RFC 3261 §9.1). */
    void cancel(ClientTransactionId invite, String sipCallId, Optional<String> reason);

    /** Through the signalling loops. */
    static SipOut of(SipEdge edge) {
        return new SipOut() {
            @Override
            public void send(
                    ClientTransactionId id, SipRequest request, Flow flow, TransactionUser user) {
                edge.send(id, request, flow, user);
            }

            @Override
            public void sendAck(SipRequest ack, Flow flow) {
                edge.sendDirect(ack, flow);
            }

            @Override
            public void respond(ServerTransactionId id, SipResponse response) {
                edge.respond(id, response);
            }

            @Override
            public void cancel(
                    ClientTransactionId invite, String sipCallId, Optional<String> reason) {
                edge.cancel(invite, sipCallId, reason);
            }
        };
    }
}
