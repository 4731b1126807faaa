package io.jackfield.contactcenter.agent;

/**
 * Who asked for a state.
 *
 * @param name for the record
 */
public record AskedBy(Role role, String name) {
    /** A supervisor may end a wrap-up that the agent may not. */
    public enum Role {
        AGENT,
        SUPERVISOR
    }
}
