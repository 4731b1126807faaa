package io.jackfield.contactcenter.agent;

import io.jackfield.contactcenter.CallId;

/** What can happen to an agent. */
public sealed interface AgentEvent {
    /** A phone of the agent has registered, for the first time or again. */
    record Registered() implements AgentEvent {}

    /** The last phone of the agent is gone, for whatever reason. */
    record PhoneGone() implements AgentEvent {}

    record Asked(AgentRequest request, AskedBy by) implements AgentEvent {}

    /** Chosen for an offer. */
    record Offered(long offer) implements AgentEvent {}

    record Rings(long offer) implements AgentEvent {}

    /** Answered; the conversation begins. */
    record Answered(long offer, Conversation conversation) implements AgentEvent {}

    record Missed(long offer, Miss why) implements AgentEvent {}

    /** The caller is gone, or answered elsewhere: nobody's fault. */
    record Withdrawn(long offer) implements AgentEvent {}

    /** A call began that was no offer: dialled, picked up, transferred. */
    record CallBegan(Conversation conversation) implements AgentEvent {}

    record CallHeld(CallId call, boolean held) implements AgentEvent {}

    record CallEnded(CallId call) implements AgentEvent {}

    /** A call ended in which the customer was never there: no wrap-up. */
    record CallFailed(CallId call) implements AgentEvent {}

    /** A deadline passed. */
    record Tick() implements AgentEvent {}
}
