package io.jackfield.call.b2bua;

import io.jackfield.call.cdr.Cdr;
import io.jackfield.call.edge.Flow;
import io.jackfield.call.routing.Agent;
import io.jackfield.call.routing.Destination;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.transaction.ServerTransactionId;
import java.time.Instant;
import java.util.Optional;

/**
 * A call that is to begin: somebody who is known wants to talk with whoever was found.
 *
 * @param id of the call; unique for ever and sorting by time
 * @param invited the caller's INVITE; empty where the caller is to be rung first
 * @param ringFirst the agent who is the caller, where there is no INVITE
 * @param caller as proved, whatever From says (threat T7)
 * @param dialled the user part of the Request-URI
 * @param reference the CRM's id, from {@code X-Call-Ref}
 */
public record NewCall(
        String id,
        Optional<Invited> invited,
        Optional<Agent> ringFirst,
        Party caller,
        String dialled,
        Destination destination,
        Cdr.Direction direction,
        Optional<String> reference,
        Instant startedAt) {
    /** The INVITE with which the caller began it, and the way it came. */
    public record Invited(SipRequest invite, ServerTransactionId transaction, Flow flow) {}

    /** That agent is rung first, and dials then. */
    public static NewCall ringing(
            String id,
            Agent agent,
            String dialled,
            Destination destination,
            Optional<String> reference,
            Instant startedAt) {
        return new NewCall(
                id,
                Optional.empty(),
                Optional.of(agent),
                Party.Phone.of(agent, Optional.empty()),
                dialled,
                destination,
                destination instanceof Destination.Trunks
                        ? Cdr.Direction.OUTBOUND
                        : Cdr.Direction.INTERNAL,
                reference,
                startedAt);
    }

    /** The caller has sent an INVITE. */
    public NewCall(
            String id,
            SipRequest invite,
            ServerTransactionId transaction,
            Flow flow,
            Party caller,
            String dialled,
            Destination destination,
            Cdr.Direction direction,
            Optional<String> reference,
            Instant startedAt) {
        this(
                id,
                Optional.of(new Invited(invite, transaction, flow)),
                Optional.empty(),
                caller,
                dialled,
                destination,
                direction,
                reference,
                startedAt);
    }
}
