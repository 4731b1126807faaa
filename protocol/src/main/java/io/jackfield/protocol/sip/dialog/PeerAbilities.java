package io.jackfield.protocol.sip.dialog;

import io.jackfield.protocol.sip.SipHeaders;

/**
 * What the peer has said of itself in Allow, Supported and Require (RFC 3261 §20.5, §20.37).
 *
 * <p>A message without such a header says nothing new.
 */
record PeerAbilities(boolean allowsUpdate, boolean knowsTimer, boolean knows100rel) {
    static final PeerAbilities UNKNOWN = new PeerAbilities(false, false, false);

    PeerAbilities heard(SipHeaders headers) {
        boolean update =
                headers.first("Allow").isPresent()
                        ? headers.lists("Allow", "UPDATE")
                        : allowsUpdate;
        return new PeerAbilities(
                update,
                knows(headers, Options.TIMER, knowsTimer),
                knows(headers, Options.RELIABLE, knows100rel));
    }

    PeerAbilities withoutUpdate() {
        return new PeerAbilities(false, knowsTimer, knows100rel);
    }

    private static boolean knows(SipHeaders headers, String option, boolean before) {
        if (headers.lists("Supported", option) || headers.lists("Require", option)) {
            return true;
        }
        return headers.first("Supported").isEmpty() && before;
    }
}
