package io.jackfield.contactcenter.agent;

import io.jackfield.contactcenter.CallId;
import io.jackfield.contactcenter.QueueId;
import io.jackfield.contactcenter.site.WrapUpSettings;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What an agent does. */
public sealed interface AgentState {
    AgentStatus status();

    /** A state that outlives the loss of the phone. */
    sealed interface Lasting extends AgentState {}

    /** A state without a call or an offer: an agent comes back to one after each call. */
    sealed interface Resting extends Lasting {}

    /** Not logged in, or away for longer than the grace. */
    record Offline() implements AgentState {
        @Override
        public AgentStatus status() {
            return AgentStatus.OFFLINE;
        }
    }

    /**
     * Gets offers.
     *
     * @param idleSince since the last call, or the last missed offer
     * @param notBefore while there, no offer is made yet: the last one was missed
     */
    record Ready(Instant idleSince, Optional<Instant> notBefore) implements Resting {
        public static Ready from(Instant now) {
            return new Ready(now, Optional.empty());
        }

        @Override
        public AgentStatus status() {
            return AgentStatus.READY;
        }
    }

    record OnBreak(String reason) implements Resting {
        @Override
        public AgentStatus status() {
            return AgentStatus.BREAK;
        }
    }

    /**
     * Writes down what was talked about.
     *
     * @param call the last one
     * @param extensions how often it was extended
     * @param rules the queue's, as they were when that call began
     */
    record WrapUp(QueueId queue, CallId call, Instant endsAt, int extensions, WrapUpSettings rules)
            implements Resting {
        @Override
        public AgentStatus status() {
            return AgentStatus.WRAP_UP;
        }
    }

    /** Chosen for an offer; the phone does not ring yet. */
    record Reserved(long offer, Ready was) implements AgentState {
        @Override
        public AgentStatus status() {
            return AgentStatus.RESERVED;
        }
    }

    record Ringing(long offer, Ready was) implements AgentState {
        @Override
        public AgentStatus status() {
            return AgentStatus.RINGING;
        }
    }

    /**
     * In one call or several.
     *
     * @param conversations at least one
     * @param after what the agent was doing before
     * @param owed of the queue's calls that are over, the one with the longest wrap-up
     */
    record OnCall(List<Conversation> conversations, Resting after, Optional<Conversation> owed)
            implements Lasting {
        public OnCall {
            conversations = List.copyOf(conversations);
            if (conversations.isEmpty()) {
                throw new IllegalArgumentException("no conversation");
            }
        }

        /** On hold while every one of the calls is. */
        @Override
        public AgentStatus status() {
            boolean held = conversations.stream().allMatch(Conversation::held);
            return held ? AgentStatus.HOLD : AgentStatus.TALKING;
        }

        public Optional<Conversation> conversation(CallId call) {
            return conversations.stream().filter(c -> c.call().equals(call)).findFirst();
        }
    }

    /**
     * The phone is away; what was done before goes on when it is back.
     *
     * @param until then the agent is offline, unless a call still runs
     */
    record NetworkLost(Lasting kept, Instant until) implements AgentState {
        @Override
        public AgentStatus status() {
            return AgentStatus.NETWORK_LOST;
        }
    }
}
