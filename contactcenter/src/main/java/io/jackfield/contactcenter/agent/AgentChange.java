package io.jackfield.contactcenter.agent;

import io.jackfield.contactcenter.AgentId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * An agent's state changed.
 *
 * @param by empty when nobody asked for it
 * @param lasted how long the state before had been
 */
public record AgentChange(
        AgentId agent,
        AgentState from,
        AgentState to,
        AgentCause cause,
        Optional<AskedBy> by,
        Instant at,
        Duration lasted) {}
