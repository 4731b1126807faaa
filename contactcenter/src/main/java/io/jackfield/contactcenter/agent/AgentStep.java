package io.jackfield.contactcenter.agent;

import java.util.Optional;

/**
 * What came of an event.
 *
 * @param change empty when the state is as before
 * @param dropped an offer that the agent can't take any more; the phone may still ring for it
 * @param refused why a request was not granted, for the one who asked
 */
public record AgentStep(
        Agent next,
        Optional<AgentChange> change,
        Optional<Long> dropped,
        Optional<String> refused) {}
