package io.jackfield.protocol.sip.dialog;

import io.jackfield.protocol.sip.Identifiers;
import io.jackfield.protocol.sip.Via;

/**
 * What stays the same in a usage from beginning to end.
 *
 * @param weCalled true as caller: we made the Call-ID, which decides who waits longer on glare
 */
record Basis(
        boolean weCalled, String callId, String localTag, LegSettings settings, Identifiers ids) {

    /** Our Via with a new branch. */
    Via via() {
        Via template = settings.via();
        return new Via(
                template.transport(),
                template.host(),
                template.port(),
                template.parameters().with("branch", ids.branch()));
    }

    Basis with(LegSettings next) {
        return new Basis(weCalled, callId, localTag, next, ids);
    }
}
