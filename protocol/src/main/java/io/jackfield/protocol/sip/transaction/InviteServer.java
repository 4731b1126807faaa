package io.jackfield.protocol.sip.transaction;

import io.jackfield.protocol.sip.SipMethod;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import io.jackfield.protocol.sip.SipResponses;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The INVITE server transaction: RFC 3261 §17.2.1 and figure 7, as RFC 6026 §8.7 changed them. */
public sealed interface InviteServer extends ServerTransaction
        permits InviteServer.Proceeding,
                InviteServer.Completed,
                InviteServer.Confirmed,
                InviteServer.Accepted {
    /**
     * Given to the user, who has not answered finally. The INVITE itself is not kept: it may be
     * large, and strangers choose how many there are.
     *
     * @param last the most recent provisional response; a 100 that waits while nothing was sent
     * @param sent that it was sent
     */
    record Proceeding(SipResponse last, boolean sent) implements InviteServer {}

    /**
     * Answered 3xx to 6xx, not yet acknowledged.
     *
     * @param resendAfter the pause of timer G that is running
     */
    record Completed(SipResponse last, Duration resendAfter) implements InviteServer {}

    /** "…to absorb any additional ACK messages that arrive" (§17.2.1). */
    record Confirmed() implements InviteServer {}

    /** Answered 2xx, which the user repeats until the ACK comes (§13.3.1.4). */
    record Accepted() implements InviteServer {}

    /**
     * "The server transaction MUST generate a 100 (Trying) response unless it knows that the TU
     * will generate a provisional or final response within 200 ms" (§17.2.1): it waits and sees, or
     * sends it at once when told to. "…the insertion of tags in the To header field of the response
     * … is downgraded from MAY to SHOULD NOT".
     */
    static Step start(SipRequest invite, Timing timing) {
        Proceeding silent = new Proceeding(SipResponses.trying(invite), false);
        return timing.tryingAfter().isZero()
                ? trying(silent)
                : Step.to(silent, new Effect.Start(Timer.TRYING, timing.tryingAfter()));
    }

    @Override
    default Step on(Event event, Timing timing) {
        return switch (this) {
            case Proceeding s -> proceeding(s, event, timing);
            case Completed s -> completed(s, event, timing);
            case Confirmed s -> confirmed(s, event);
            case Accepted s -> accepted(s, event);
        };
    }

    private static Step proceeding(Proceeding s, Event event, Timing timing) {
        return switch (event) {
            // "If a request retransmission is received while in the "Proceeding" state, the most
            // recent provisional response that was received from the TU MUST be passed to the
            // transport layer for retransmission" (§17.2.1)
            case Event.Received(var request) when isInvite(request) -> repeat(s);
            case Event.Received _ -> Step.to(s);
            case Event.Respond(var response) -> answer(response, timing);
            case Event.Fired(var timer) when timer == Timer.TRYING && !s.sent -> trying(s);
            case Event.Fired _ -> Step.to(s);
            // "SHOULD inform the TU that a failure has occurred, and MUST remain in the current
            // state" (RFC 6026 §8.8)
            case Event.TransportFailed _ -> Step.to(s, new Effect.TellNotSent());
        };
    }

    private static Step repeat(Proceeding s) {
        return s.sent ? Step.to(s, new Effect.Send(s.last)) : Step.to(s);
    }

    private static Step trying(Proceeding silent) {
        return Step.to(new Proceeding(silent.last, true), new Effect.Send(silent.last));
    }

    private static Step answer(SipResponse response, Timing timing) {
        // "So long as the server transaction is in the "Proceeding" state, each of these MUST be
        // passed to the transport layer for transmission" (§17.2.1)
        if (response.isProvisional()) {
            return Step.to(new Proceeding(response, true), new Effect.Send(response));
        }
        // "If, while in the "Proceeding" state, the TU passes a 2xx response to the server
        // transaction, the server transaction MUST pass this response to the transport layer for
        // transmission… MUST then
        // transition to the "Accepted" state" (RFC 6026 §8.5); timer L: 64*T1 (§8.7)
        if (response.isSuccess()) {
            return Step.to(
                    new Accepted(),
                    new Effect.Send(response),
                    new Effect.Start(Timer.L, timing.patience()));
        }
        return complete(response, timing);
    }

    /**
     * "…if the TU passes a response with status code from 300 to 699 to the server transaction, the
     * response MUST be passed to the transport layer for transmission, and the state machine MUST
     * enter the "Completed" state. For unreliable transports, timer G is set to fire in T1 seconds,
     * and is not set to fire for reliable transports"; "timer H MUST be set to fire in 64*T1
     * seconds for all transports" (§17.2.1).
     */
    private static Step complete(SipResponse response, Timing timing) {
        List<Effect> effects = new ArrayList<>();
        effects.add(new Effect.Send(response));
        if (!timing.reliable()) {
            effects.add(new Effect.Start(Timer.G, timing.t1()));
        }
        effects.add(new Effect.Start(Timer.H, timing.patience()));
        return new Step(new Completed(response, timing.t1()), effects);
    }

    private static Step completed(Completed s, Event event, Timing timing) {
        return switch (event) {
            // "Furthermore, while in the "Completed" state, if a request retransmission is
            // received, the server SHOULD pass the response to the transport for retransmission"
            case Event.Received(var request) when isInvite(request) ->
                    Step.to(s, new Effect.Send(s.last));
            case Event.Received _ -> confirm(timing);
            case Event.Fired(var timer) when timer == Timer.G -> resend(s, timing);
            // "If timer H fires while in the "Completed" state, it implies that the ACK was never
            // received. In this case, the server transaction MUST transition to the "Terminated"
            // state, and MUST indicate to the TU that a transaction failure has occurred"
            case Event.Fired(var timer) when timer == Timer.H ->
                    Step.to(new Terminated(), new Effect.TellAckTimeout());
            case Event.Fired _ -> Step.to(s);
            case Event.Respond _ -> Step.to(s);
            // The user has answered; timer H tells what came of it.
            case Event.TransportFailed _ -> Step.to(s);
        };
    }

    /**
     * "If timer G fires, the response is passed to the transport layer once more for
     * retransmission, and timer G is set to fire in MIN(2*T1, T2) seconds. From then on, when timer
     * G fires, the response is passed to the transport again for transmission, and timer G is reset
     * with a value that doubles, unless that value exceeds T2" (§17.2.1).
     */
    private static Step resend(Completed s, Timing timing) {
        Duration next = timing.doubledUpToT2(s.resendAfter);
        return Step.to(
                new Completed(s.last, next),
                new Effect.Send(s.last),
                new Effect.Start(Timer.G, next));
    }

    /**
     * "If an ACK is received while the server transaction is in the "Completed" state, the server
     * transaction MUST transition to the "Confirmed" state"; "…timer I is set to fire in T4 seconds
     * for unreliable transports, and zero seconds for reliable transports" (§17.2.1).
     */
    private static Step confirm(Timing timing) {
        return timing.reliable()
                ? Step.to(new Terminated())
                : Step.to(new Confirmed(), new Effect.Start(Timer.I, timing.t4()));
    }

    private static Step confirmed(Confirmed s, Event event) {
        return switch (event) {
            // "Once timer I fires, the server MUST transition to the "Terminated" state" (§17.2.1)
            case Event.Fired(var timer) when timer == Timer.I -> Step.to(new Terminated());
            case Event.Fired _, Event.Received _ -> Step.to(s);
            case Event.Respond _, Event.TransportFailed _ -> Step.to(s);
        };
    }

    private static Step accepted(Accepted s, Event event) {
        return switch (event) {
            // "…any retransmissions of the INVITE received will match this transaction state
            // machine and will be absorbed by the machine without changing its state. These
            // retransmissions are not passed onto the TU" (RFC 6026 §8.7)
            case Event.Received(var request) when isInvite(request) -> Step.to(s);
            // The ACK for a 2xx is the user's (§13.3.1.4). It has a branch of its own, unless it
            // comes from an element of RFC 2543.
            case Event.Received(var ack) -> Step.to(s, new Effect.TellAck(ack));
            // "…if the TU passes a 2xx response, the server transaction MUST pass the response to
            // the transport layer for transmission" (RFC 6026 §8.7)
            case Event.Respond(var response) when response.isSuccess() ->
                    Step.to(s, new Effect.Send(response));
            case Event.Respond _ -> Step.to(s);
            case Event.Fired(var timer) when timer == Timer.L -> Step.to(new Terminated());
            case Event.Fired _ -> Step.to(s);
            // Who said 2xx waits for the ACK, and learns from its absence.
            case Event.TransportFailed _ -> Step.to(s);
        };
    }

    private static boolean isInvite(SipRequest request) {
        return !request.method().equals(SipMethod.ACK);
    }
}
