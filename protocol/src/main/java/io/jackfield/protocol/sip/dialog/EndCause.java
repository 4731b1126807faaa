package io.jackfield.protocol.sip.dialog;

import io.jackfield.protocol.sip.Reason;
import java.util.Optional;

/**
 * Who ended an invite usage, and by what.
 *
 * @param status the final status of the INVITE or of the request that broke the dialog, 300 to 699;
 *     0 when none was involved (BYE, CANCEL, NO_ACK, SESSION_EXPIRED, PROTOCOL)
 * @param phrase the reason phrase that came with {@code status}; empty when there was none
 * @param reason the first Reason header that came or went with it (RFC 3326)
 */
public record EndCause(Side by, Kind kind, int status, String phrase, Optional<Reason> reason) {

    /** Who brought the end about. */
    public enum Side {
        /** We: a command of the call. */
        LOCAL,
        /** The party on the other end of this dialog. */
        REMOTE,
        /** Neither: something was not heard in time. */
        NETWORK
    }

    /** By what. */
    public enum Kind {
        BYE,
        CANCEL,
        /** A final response of 300 or above to the INVITE. */
        STATUS,
        /** Our 2xx was never acknowledged (RFC 3261 §13.3.1.4). */
        NO_ACK,
        /** Our reliable provisional response was never acknowledged (RFC 3262 §3). */
        NO_PRACK,
        /** No session refresh in time (RFC 4028 §10). */
        SESSION_EXPIRED,
        /** A request of ours was not answered in time, or with 408 (RFC 3261 §12.2.1.2). */
        TIMEOUT,
        /** The INVITE could not be sent. */
        TRANSPORT,
        /** The peer no longer knows the dialog: 481 (RFC 3261 §12.2.1.2). */
        DIALOG_GONE,
        /** The peer broke the rules so that no session can be: for example a 2xx without SDP. */
        PROTOCOL
    }

    public EndCause {
        if (status != 0 && (status < 300 || status > 699)) {
            throw new IllegalArgumentException("not a failure status: " + status);
        }
    }

    /** An end in which no final status had a part. */
    static EndCause of(Side by, Kind kind, Optional<Reason> reason) {
        return new EndCause(by, kind, 0, "", reason);
    }

    static EndCause of(Side by, Kind kind) {
        return of(by, kind, Optional.empty());
    }

    /** An end by a final response. */
    static EndCause status(Side by, Kind kind, int status, String phrase) {
        return new EndCause(by, kind, status, phrase, Optional.empty());
    }
}
