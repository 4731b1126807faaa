package io.jackfield.protocol.sip.transaction;

import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The state of a client transaction (RFC 3261 §17.1): {@code (state, event) → (state, effects)}.
 *
 * <p>A timer leaves as an effect and comes back as an event. One that an earlier state started may
 * come back late; it then changes nothing, so that none need be stopped.
 */
public sealed interface ClientTransaction
        permits InviteClient, NonInviteClient, ClientTransaction.Terminated {
    /** What follows from that event. Every event is allowed in every state. */
    Step on(Event event, Timing timing);

    /** "…MUST be destroyed the instant it enters the Terminated state" (§17.1.1.2, §17.1.2.2). */
    record Terminated() implements ClientTransaction {
        @Override
        public Step on(Event event, Timing timing) {
            return Step.to(this);
        }
    }

    /** What happens to a client transaction. */
    sealed interface Event {
        /** A response that matches by §17.1.3. */
        record Received(SipResponse response) implements Event {}

        record Fired(Timer timer) implements Event {}

        /**
         * The user has lost interest (§9.1).
         *
         * @param reason the value of a Reason header for the CANCEL (RFC 3326)
         */
        record Cancel(Optional<String> reason) implements Event {}

        /** The flow is gone (§17.1.4). */
        record TransportFailed() implements Event {}
    }

    /** What a client transaction wants done. */
    sealed interface Effect {
        record Send(SipRequest request) implements Effect {}

        /** Give {@link Event.Fired} of that timer so much later; restarts one that runs. */
        record Start(Timer timer, Duration after) implements Effect {}

        record TellResponse(SipResponse response) implements Effect {}

        record TellTimeout() implements Effect {}

        record TellNotSent() implements Effect {}

        /** Begin a transaction of its own with this CANCEL. */
        record BeginCancel(SipRequest cancel) implements Effect {}
    }

    /** The state that follows, and what to do on the way, in order. */
    record Step(ClientTransaction next, List<Effect> effects) {
        public Step {
            effects = List.copyOf(effects);
        }

        static Step to(ClientTransaction next, Effect... effects) {
            return new Step(next, List.of(effects));
        }
    }
}
