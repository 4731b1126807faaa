package io.jackfield.contactcenter.agent;

/** Why an agent's state changed. */
public enum AgentCause {
    REGISTERED,
    PHONE_LOST,
    GRACE_OVER,
    ASKED,
    OFFERED,
    PHONE_RINGS,
    ANSWERED,
    MISSED,
    OFFER_WITHDRAWN,
    CALL_BEGAN,
    CALL_HELD,
    CALL_RESUMED,
    CALL_ENDED,
    PAUSE_OVER,
    WRAP_UP_OVER,
    REMOVED
}
