package io.jackfield.protocol.sip.dialog;

import io.jackfield.protocol.sip.Header;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.transaction.ServerTransactionId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** How far the INVITE that makes the dialog has come. */
sealed interface Setup {

    /**
     * Ours awaits its final response (RFC 3261 §13.2.2).
     *
     * @param invite as sent last
     * @param heard true after a provisional response, which is when CANCEL may go out (§9.1)
     * @param raises how often a 422 has raised the session interval
     */
    record Calling(SipRequest invite, boolean heard, int raises) implements Setup {}

    /**
     * The peer's awaits ours (RFC 3261 §13.3.1).
     *
     * @param rung the latest provisional status we sent; empty while there was none
     * @param sayAgainAtNanos when it is due once more, lest a proxy gives up (§13.3.1.1)
     * @param accept what the call wants to answer as soon as the rules let it
     */
    record Called(
            ServerTransactionId tx,
            SipRequest invite,
            Optional<Integer> rung,
            OptionalLong sayAgainAtNanos,
            Reliability reliability,
            Optional<String> accept)
            implements Setup {

        Called with(Reliability next) {
            return new Called(tx, invite, rung, sayAgainAtNanos, next, accept);
        }

        Called withAccept(Optional<String> next) {
            return new Called(tx, invite, rung, sayAgainAtNanos, reliability, next);
        }

        Called rung(int status, long againAtNanos) {
            return new Called(
                    tx,
                    invite,
                    Optional.of(status),
                    OptionalLong.of(againAtNanos),
                    reliability,
                    accept);
        }
    }

    /**
     * Answered with 2xx.
     *
     * @param confirmed true after the ACK
     * @param credentials those of the INVITE; its ACK repeats them (RFC 3261 §13.2.2.4)
     * @param unacknowledged a reliable provisional response whose PRACK may still come
     */
    record Talking(
            boolean confirmed,
            List<Header> credentials,
            Optional<Reliability.Outstanding> unacknowledged)
            implements Setup {
        public Talking {
            credentials = List.copyOf(credentials);
        }
    }

    /** The usage has ended. */
    record Over() implements Setup {}
}
