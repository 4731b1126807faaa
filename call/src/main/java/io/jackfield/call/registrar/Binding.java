package io.jackfield.call.registrar;

import io.jackfield.call.edge.Flow;
import io.jackfield.protocol.sip.SipUri;
import java.util.Optional;

/**
 * One phone of an agent (RFC 3261 §10.2.1): its contact, and the flow that leads back to it.
 *
 * @param agent the address-of-record's user
 * @param contact as registered; for a browser its host is a name under {@code .invalid}
 * @param flow the way back; requests go there, whatever the contact says
 * @param instance {@code +sip.instance} (RFC 5626 §4.1): the same phone keeps it over reconnects
 * @param regId {@code reg-id}: which of that phone's flows (RFC 5626 §4.2)
 * @param registrationCallId Call-ID of the REGISTER, with {@code cseq} the order of changes (§10.3)
 * @param expiresAtNanos when it ends unless refreshed
 */
public record Binding(
        String agent,
        SipUri contact,
        Flow flow,
        Optional<String> instance,
        Optional<String> regId,
        String registrationCallId,
        long cseq,
        long expiresAtNanos) {}
