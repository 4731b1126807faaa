package io.jackfield.contactcenter.agent;

import io.jackfield.contactcenter.CallId;
import io.jackfield.contactcenter.QueueId;
import io.jackfield.contactcenter.site.WrapUpSettings;
import java.time.Instant;
import java.util.Optional;

/**
 * A call that an agent is in.
 *
 * @param queue whose caller it is; empty for the agent's own calls
 * @param wrapUp as it was when the conversation began: settings that change touch no running call
 */
public record Conversation(
        CallId call, Optional<QueueId> queue, Instant since, boolean held, WrapUpSettings wrapUp) {
    /** A call that the agent made, or that came by the agent's own number. */
    public static Conversation own(CallId call, Instant now) {
        return new Conversation(call, Optional.empty(), now, false, WrapUpSettings.NONE);
    }

    Conversation hold(boolean next) {
        return new Conversation(call, queue, since, next, wrapUp);
    }

    /** The same, after which there is nothing to wrap up. */
    Conversation withoutWrapUp() {
        return new Conversation(call, queue, since, held, WrapUpSettings.NONE);
    }
}
