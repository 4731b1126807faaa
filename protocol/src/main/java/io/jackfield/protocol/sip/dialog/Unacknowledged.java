package io.jackfield.protocol.sip.dialog;

import io.jackfield.protocol.sip.SipResponse;
import io.jackfield.protocol.sip.transaction.ServerTransactionId;

/**
 * A 2xx of ours to an INVITE that awaits its ACK (RFC 3261 §13.3.1.4).
 *
 * @param cseq the INVITE's number, by which its ACK is known
 * @param offers true when it carries our offer, so that the ACK must bring the answer
 */
record Unacknowledged(
        ServerTransactionId tx, SipResponse response, long cseq, boolean offers, Resend resend) {

    /** Re-INVITEs the peer may send without acknowledging our answers; then 500. */
    static final int MAX = 4;

    Unacknowledged with(Resend next) {
        return new Unacknowledged(tx, response, cseq, offers, next);
    }
}
