package io.jackfield.protocol.sip.dialog;

import io.jackfield.protocol.sip.transaction.ClientTransactionId;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Our re-INVITE or UPDATE, on its way or waiting for its turn.
 *
 * @param sdp the new offer; empty for a mere refresh of the session timer
 * @param sent the transaction it is in; empty while it waits
 * @param holdUntilNanos when it may be tried again after the peer said it was a bad moment
 * @param next an offer that waits for the end of this one
 * @param tries how often it has been sent
 * @param byInvite true once the peer has refused an UPDATE
 */
record Change(
        Optional<String> sdp,
        Optional<ClientTransactionId> sent,
        OptionalLong holdUntilNanos,
        Optional<String> next,
        int tries,
        boolean byInvite) {

    /** A peer that refuses with 491 or 500 this often does not mean to pass. */
    static final int TRIES_MAX = 5;

    static Change offer(String sdp) {
        return new Change(
                Optional.of(sdp),
                Optional.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                0,
                false);
    }

    static Change refresh() {
        return new Change(
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                0,
                false);
    }

    boolean isIn(ClientTransactionId tx) {
        return sent.filter(tx::equals).isPresent();
    }

    /** Neither on its way nor told to hold. */
    boolean ready() {
        return sent.isEmpty() && holdUntilNanos.isEmpty();
    }

    boolean mayTryAgain() {
        return tries < TRIES_MAX;
    }

    /** With a newer offer of the call: in place of one that waits, behind one on its way. */
    Change offering(String newer) {
        return sent.isPresent()
                ? new Change(sdp, sent, holdUntilNanos, Optional.of(newer), tries, byInvite)
                : new Change(Optional.of(newer), sent, holdUntilNanos, next, tries, byInvite);
    }

    Change sentIn(ClientTransactionId tx) {
        return new Change(sdp, Optional.of(tx), OptionalLong.empty(), next, tries + 1, byInvite);
    }

    Change againIn(ClientTransactionId tx) {
        return new Change(sdp, Optional.of(tx), OptionalLong.empty(), next, tries, byInvite);
    }

    /** To be sent once more, not before that moment; a newer offer takes the place of this one. */
    Change waiting(OptionalLong untilNanos) {
        return new Change(
                next.or(() -> sdp),
                Optional.empty(),
                untilNanos,
                Optional.empty(),
                tries,
                byInvite);
    }

    Change byInviteNow() {
        return new Change(
                next.or(() -> sdp),
                Optional.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                tries,
                true);
    }
}
