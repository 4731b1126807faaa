package io.jackfield.contactcenter.agent;

/** What screens and routing both call an agent's state. */
public enum AgentStatus {
    OFFLINE,
    READY,
    RESERVED,
    RINGING,
    TALKING,
    HOLD,
    WRAP_UP,
    BREAK,
    NETWORK_LOST
}
