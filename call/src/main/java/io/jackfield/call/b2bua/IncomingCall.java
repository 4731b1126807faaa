package io.jackfield.call.b2bua;

import io.jackfield.call.cdr.Cdr;
import io.jackfield.call.edge.Flow;
import io.jackfield.call.routing.Destination;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.transaction.ServerTransactionId;
import java.time.Instant;
import java.util.Optional;

/**
 * An INVITE that has been admitted: its sender is known and its destination found.
 *
 * @param id of the call; unique for ever and sorting by time
 * @param caller as proved, whatever From says (threat T7)
 * @param dialled the user part of the Request-URI
 * @param reference the CRM's id, from {@code X-Call-Ref}
 */
public record IncomingCall(
        String id,
        SipRequest invite,
        ServerTransactionId transaction,
        Flow flow,
        Party caller,
        String dialled,
        Destination destination,
        Cdr.Direction direction,
        Optional<String> reference,
        Instant startedAt) {}
