package io.jackfield.contactcenter.floor;

import io.jackfield.contactcenter.AgentId;
import io.jackfield.contactcenter.CallId;
import io.jackfield.contactcenter.QueueId;
import java.time.Instant;

/**
 * Ringing one agent for one caller.
 *
 * @param ticket the caller's place
 * @param until then it is withdrawn
 * @param reserved whether the agent only waits for a customer to be reached, and no phone rings
 */
public record QueueOffer(
        long id,
        long ticket,
        CallId call,
        QueueId queue,
        AgentId agent,
        Instant until,
        boolean reserved) {
    /** The customer was reached: now the agent's phone rings. */
    QueueOffer real(Instant nextUntil) {
        return new QueueOffer(id, ticket, call, queue, agent, nextUntil, false);
    }
}
