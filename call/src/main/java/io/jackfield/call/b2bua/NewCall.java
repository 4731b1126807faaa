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
 * @param first who is rung first and is the caller then, where there is no INVITE
 * @param caller as proved, whatever From says (threat T7)
 * @param dialled the user part of the Request-URI
 * @param reference the CRM's id, from {@code X-Call-Ref}
 */
public record NewCall(
        String id,
        Optional<Invited> invited,
        Optional<First> first,
        Party caller,
        String dialled,
        Destination destination,
        Cdr.Direction direction,
        Optional<String> reference,
        Instant startedAt) {
    /** The INVITE with which the caller began it, and the way it came. */
    public record Invited(SipRequest invite, ServerTransactionId transaction, Flow flow) {}

    /** Who is rung first, where nobody has sent an INVITE. */
    public sealed interface First {
        /** An agent, who then reaches the destination, as after a click in the CRM. */
        record Dialling(Agent agent) implements First {}

        /**
         * An agent to whom a call back is offered. Once answered, {@link CallEvent.RouteOn} says
         * whom they reach.
         *
         * @param offer in events and commands
         */
        record Offered(long offer, Agent agent) implements First {}

        /**
         * A customer who is called back. Once answered, they wait in the queue: {@link
         * CallEvent.Park} and {@link CallEvent.Offer} follow.
         */
        record CalledBack(Destination customer) implements First {}
    }

    /** That agent is rung first, and dials then. */
    public static NewCall ringing(
            String id,
            Agent agent,
            String dialled,
            Destination destination,
            Optional<String> reference,
            Instant startedAt) {
        return ringing(
                id, new First.Dialling(agent), agent, dialled, destination, reference, startedAt);
    }

    /** That agent is offered to call a customer back. */
    public static NewCall offered(
            String id,
            First.Offered offer,
            String number,
            Destination customer,
            Instant startedAt) {
        return ringing(id, offer, offer.agent(), number, customer, Optional.empty(), startedAt);
    }

    private static NewCall ringing(
            String id,
            First first,
            Agent agent,
            String dialled,
            Destination destination,
            Optional<String> reference,
            Instant startedAt) {
        return new NewCall(
                id,
                Optional.empty(),
                Optional.of(first),
                Party.Phone.of(agent, Optional.empty()),
                dialled,
                destination,
                direction(destination),
                reference,
                startedAt);
    }

    /** That customer is called back, and waits in that queue then. */
    public static NewCall calledBack(
            String id, Party customer, Destination reachedBy, String queue, Instant startedAt) {
        return new NewCall(
                id,
                Optional.empty(),
                Optional.of(new First.CalledBack(reachedBy)),
                customer,
                queue,
                new Destination.Waiting(queue),
                direction(reachedBy),
                Optional.empty(),
                startedAt);
    }

    private static Cdr.Direction direction(Destination destination) {
        return destination instanceof Destination.Trunks
                ? Cdr.Direction.OUTBOUND
                : Cdr.Direction.INTERNAL;
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
