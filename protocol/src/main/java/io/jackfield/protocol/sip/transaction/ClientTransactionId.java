package io.jackfield.protocol.sip.transaction;

import io.jackfield.protocol.sip.SipMessage;
import io.jackfield.protocol.sip.SipMethod;

/** What a response is matched by (RFC 3261 §17.1.3): the topmost branch and the method in CSeq. */
public record ClientTransactionId(String branch, SipMethod method) {
    /**
     * The identity of the transaction that a request of ours begins, or that a response answers.
     */
    public static ClientTransactionId of(SipMessage message) {
        return new ClientTransactionId(
                message.headers().via().branch().orElse(""), message.method());
    }
}
