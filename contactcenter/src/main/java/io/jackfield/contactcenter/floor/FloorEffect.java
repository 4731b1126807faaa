package io.jackfield.contactcenter.floor;

import io.jackfield.contactcenter.AgentId;
import io.jackfield.contactcenter.CallId;
import io.jackfield.contactcenter.QueueId;
import io.jackfield.contactcenter.agent.AgentChange;
import io.jackfield.contactcenter.agent.AgentRequest;
import io.jackfield.contactcenter.agent.AskedBy;
import io.jackfield.contactcenter.queue.CallbackOutcome;
import io.jackfield.contactcenter.queue.Outcome;
import io.jackfield.contactcenter.site.OverflowCause;
import io.jackfield.contactcenter.site.OverflowTarget;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/** What the floor wants done, or tells. */
public sealed interface FloorEffect {
    /** To be done with calls. */
    sealed interface ForCalls extends FloorEffect {}

    /** To be told to those who listen. */
    sealed interface Told extends FloorEffect {}

    // ---- callers

    /** The caller waits from now on and hears that music. */
    record Park(CallId call, QueueId queue, String music) implements ForCalls {}

    /** The caller hears a prompt, then the music again. */
    record Play(CallId call, QueueId queue, String prompt) implements ForCalls {}

    /** The caller is told their place and how long it may take. */
    record Announce(CallId call, QueueId queue, OptionalInt position, Optional<Duration> estimate)
            implements ForCalls {}

    /** The caller leaves the queues for a number, a message or the end. */
    record Overflow(CallId call, QueueId queue, OverflowCause cause, OverflowTarget target)
            implements ForCalls {}

    /** The caller is told that they will be called back, and the call ends. */
    record PromiseCallback(CallId call, QueueId queue, String number) implements ForCalls {}

    /** Nobody knows about this call: it ends. */
    record HangUp(CallId call) implements ForCalls {}

    // ---- agents

    /**
     * Ring the agent; everything that the screen shows before the first ring.
     *
     * @param isCallback whether the customer is not there yet
     */
    record Offer(QueueOffer offer, String number, Duration waited, boolean isCallback)
            implements ForCalls {}

    /** Ring no more, or, where it was answered just now, hang up. */
    record CancelOffer(long offer) implements ForCalls {}

    /** The agent who has answered and the caller who waits hear each other. */
    record Connect(long offer, CallId call, AgentId agent) implements ForCalls {}

    /** An agent waits for a customer who does not come: they are told so, and their leg ends. */
    record ReleaseAgent(AgentId agent, CallId call) implements ForCalls {}

    // ---- call backs

    /**
     * Call the customer.
     *
     * @param call what it is named from now on
     * @param agent who is in that call already; empty when the customer comes first
     */
    record StartCallback(CallId call, QueueId queue, String number, Optional<AgentId> agent)
            implements ForCalls {}

    record CancelCallback(CallId call) implements ForCalls {}

    // ---- told

    record AgentChanged(AgentChange change) implements Told {}

    record RequestRefused(AgentId agent, AgentRequest request, AskedBy by, String reason)
            implements Told {}

    /**
     * Somebody's time in a queue ended.
     *
     * @param cause why they overflowed
     */
    record VisitEnded(
            QueueId queue,
            long ticket,
            CallId call,
            String number,
            Outcome outcome,
            Optional<OverflowCause> cause,
            Duration waited,
            Instant at)
            implements Told {}

    /** A promise to call back was kept, or could not be. */
    record CallbackEnded(
            QueueId queue, long ticket, String number, CallbackOutcome outcome, Instant at)
            implements Told {}

    record Figures(FloorFigures figures) implements Told {}
}
