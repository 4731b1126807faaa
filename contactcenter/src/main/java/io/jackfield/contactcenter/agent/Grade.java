package io.jackfield.contactcenter.agent;

/** How good the agent's network is, best first. */
public enum Grade {
    GOOD,
    FAIR,
    POOR
}
