package io.jackfield.contactcenter.agent;

/** A state that an agent, or somebody for them, asks for. */
public sealed interface AgentRequest {
    record Ready() implements AgentRequest {}

    /**
     * @param reason one of the site's
     */
    record Break(String reason) implements AgentRequest {}

    record Offline() implements AgentRequest {}

    record ExtendWrapUp() implements AgentRequest {}

    record FinishWrapUp() implements AgentRequest {}
}
