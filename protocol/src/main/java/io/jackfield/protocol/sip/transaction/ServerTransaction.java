package io.jackfield.protocol.sip.transaction;

import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import java.time.Duration;
import java.util.List;

/**
 * The state of a server transaction (RFC 3261 §17.2): {@code (state, event) → (state, effects)}.
 *
 * <p>Timers as in {@link ClientTransaction}.
 */
public sealed interface ServerTransaction
        permits InviteServer, NonInviteServer, ServerTransaction.Terminated {
    /** What follows from that event. Every event is allowed in every state. */
    Step on(Event event, Timing timing);

    /** "…MUST be destroyed" (§17.2.1, §17.2.2). */
    record Terminated() implements ServerTransaction {
        @Override
        public Step on(Event event, Timing timing) {
            return Step.to(this);
        }
    }

    /** What happens to a server transaction. */
    sealed interface Event {
        /** A repetition of the request, or an ACK, that matches by §17.2.3. */
        record Received(SipRequest request) implements Event {}

        /** The user answers. */
        record Respond(SipResponse response) implements Event {}

        record Fired(Timer timer) implements Event {}

        /** The flow is gone (§17.2.4). */
        record TransportFailed() implements Event {}
    }

    /** What a server transaction wants done. */
    sealed interface Effect {
        record Send(SipResponse response) implements Effect {}

        /** Give {@link Event.Fired} of that timer so much later; restarts one that runs. */
        record Start(Timer timer, Duration after) implements Effect {}

        /** An ACK that is the user's and not the transaction's. */
        record TellAck(SipRequest ack) implements Effect {}

        record TellAckTimeout() implements Effect {}

        record TellNotSent() implements Effect {}
    }

    /** The state that follows, and what to do on the way, in order. */
    record Step(ServerTransaction next, List<Effect> effects) {
        public Step {
            effects = List.copyOf(effects);
        }

        static Step to(ServerTransaction next, Effect... effects) {
            return new Step(next, List.of(effects));
        }
    }
}
