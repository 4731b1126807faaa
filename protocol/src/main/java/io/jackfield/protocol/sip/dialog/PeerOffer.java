package io.jackfield.protocol.sip.dialog;

import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import io.jackfield.protocol.sip.transaction.ServerTransactionId;
import java.util.OptionalLong;

/**
 * What the peer asked of our session and the call has not answered yet. The first INVITE's own
 * offer does not count here: {@link Setup.Called} awaits that answer.
 *
 * @param fork remote tag of the dialog it came in
 * @param wanted true when the peer sent no offer but wants ours
 * @param answerByNanos when we stop waiting for the call; empty when another deadline covers it
 */
record PeerOffer(Carrier carrier, String fork, boolean wanted, OptionalLong answerByNanos) {

    /** What brought it, and so what the answer goes out in. */
    sealed interface Carrier {
        /** re-INVITE, UPDATE or PRACK; answered in its 2xx. */
        record InRequest(ServerTransactionId tx, SipRequest request) implements Carrier {}

        /** A reliable provisional response to our INVITE without offer; answered in its PRACK. */
        record InProvisional(SipResponse response) implements Carrier {}

        /** The 2xx to our INVITE without offer; answered in its ACK. */
        record InSuccess(SipResponse response) implements Carrier {}
    }

    boolean cameIn(ServerTransactionId tx) {
        return carrier instanceof Carrier.InRequest in && in.tx().equals(tx);
    }
}
