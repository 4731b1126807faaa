package io.jackfield.contactcenter.agent;

import io.jackfield.contactcenter.CallId;
import io.jackfield.contactcenter.QueueId;
import java.time.Instant;

/** A caller whom the agent was rung for and did not answer. */
public record MissedOffer(Instant at, QueueId queue, CallId call, String number, Miss why) {}
