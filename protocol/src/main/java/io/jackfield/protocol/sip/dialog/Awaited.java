package io.jackfield.protocol.sip.dialog;

import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import io.jackfield.protocol.sip.transaction.ClientTransactionId;
import java.util.Optional;

/**
 * A request of ours that awaits its final response, or the call's word after a challenge.
 *
 * @param fork the remote tag of the dialog it was sent in; empty text for the INVITE
 * @param tries how often it was sent with other credentials
 * @param challenge the 401 or 407 for which the call is asked for credentials
 */
record Awaited(
        ClientTransactionId id,
        SipRequest request,
        Purpose purpose,
        String fork,
        int tries,
        Optional<SipResponse> challenge) {

    enum Purpose {
        /** The INVITE that makes the dialog. */
        INVITE,
        /** Our re-INVITE or UPDATE; {@link Change} says what for. */
        CHANGE,
        PRACK,
        INFO,
        /** How a REFER goes; nothing hangs on its answer. */
        NOTIFY,
        /** What ends the dialog. */
        BYE,
        /** Ends a dialog that nobody wants: another fork, or one that is broken anyway. */
        STRAY_BYE
    }

    Awaited challenged(SipResponse response) {
        return new Awaited(id, request, purpose, fork, tries, Optional.of(response));
    }
}
