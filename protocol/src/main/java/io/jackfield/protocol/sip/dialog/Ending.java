package io.jackfield.protocol.sip.dialog;

import java.util.Optional;

/**
 * An end that is decided and not yet reached.
 *
 * @param stage what is awaited
 * @param reasonHeader for the BYE or CANCEL still to be sent
 * @param giveUpAtNanos after that the peer is not waited for any longer
 */
record Ending(EndCause cause, Stage stage, Optional<String> reasonHeader, long giveUpAtNanos) {

    enum Stage {
        /** The final response to our INVITE, after CANCEL or before it can go out. */
        CANCELLING,
        /** The ACK to our 2xx, before which no BYE may be sent (RFC 3261 §15). */
        AWAITING_ACK,
        /** The response to our BYE. */
        SAYING_BYE
    }

    boolean is(Stage other) {
        return stage == other;
    }
}
