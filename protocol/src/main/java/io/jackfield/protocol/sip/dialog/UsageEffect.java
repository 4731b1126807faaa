package io.jackfield.protocol.sip.dialog;

import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import io.jackfield.protocol.sip.transaction.ClientTransactionId;
import io.jackfield.protocol.sip.transaction.ServerTransactionId;
import java.util.Optional;

/** What an invite usage wants done; to be performed in order. */
public sealed interface UsageEffect {

    /** Start a client transaction. */
    record SendRequest(ClientTransactionId id, SipRequest request) implements UsageEffect {}

    /** Send the ACK of a 2xx: no transaction, no retransmission (RFC 3261 §13.2.2.4). */
    record SendAck(SipRequest ack) implements UsageEffect {}

    /**
     * Answer a request. The same 2xx to INVITE, and the same reliable provisional response, come
     * again until they are acknowledged: the transaction sends each.
     */
    record SendResponse(ServerTransactionId tx, SipResponse response) implements UsageEffect {}

    /**
     * Cancel our INVITE; told only after a provisional response has come (RFC 3261 §9.1). Should
     * the transaction have had its final response meanwhile, nothing needs to be done.
     */
    record CancelRequest(ClientTransactionId invite, Optional<String> reasonHeader)
            implements UsageEffect {}

    /** Tell the call. */
    record Tell(UsageNotice notice) implements UsageEffect {}
}
