package io.jackfield.contactcenter.strategy;

import io.jackfield.contactcenter.AgentId;
import io.jackfield.contactcenter.agent.Grade;
import java.time.Instant;

/**
 * A free agent who could be rung for a caller.
 *
 * @param order place among the members of the queue, from 0
 * @param tier lower is rung first by priority
 * @param level the levels added up of the skills that the caller needs
 * @param answered callers answered today
 */
public record Candidate(
        AgentId agent,
        int order,
        int tier,
        int level,
        Instant idleSince,
        int answered,
        Grade grade) {}
