package io.jackfield.protocol.sip.transaction;

import io.jackfield.protocol.sip.SipResponse;

/** The non-INVITE server transaction: RFC 3261 §17.2.2 and figure 8. */
public sealed interface NonInviteServer extends ServerTransaction
        permits NonInviteServer.Trying, NonInviteServer.Proceeding, NonInviteServer.Completed {
    /** Given to the user, who is silent. */
    record Trying() implements NonInviteServer {}

    /**
     * Answered provisionally.
     *
     * @param last the most recent provisional response
     */
    record Proceeding(SipResponse last) implements NonInviteServer {}

    /** Answered. */
    record Completed(SipResponse last) implements NonInviteServer {}

    /** "The state machine is initialized in the "Trying" state" (§17.2.2). */
    static Step start() {
        return Step.to(new Trying());
    }

    @Override
    default Step on(Event event, Timing timing) {
        return switch (this) {
            case Trying s -> trying(s, event, timing);
            case Proceeding s -> proceeding(s, event, timing);
            case Completed s -> completed(s, event);
        };
    }

    private static Step trying(Trying s, Event event, Timing timing) {
        return switch (event) {
            // "Once in the "Trying" state, any further request retransmissions are discarded"
            case Event.Received _ -> Step.to(s);
            case Event.Respond(var response) -> answer(response, timing);
            case Event.Fired _ -> Step.to(s);
            case Event.TransportFailed _ -> Step.to(s, new Effect.TellNotSent());
        };
    }

    private static Step proceeding(Proceeding s, Event event, Timing timing) {
        return switch (event) {
            // "If a retransmission of the request is received while in the "Proceeding" state, the
            // most recently sent provisional response MUST be passed to the transport layer for
            // retransmission" (§17.2.2)
            case Event.Received _ -> Step.to(s, new Effect.Send(s.last));
            case Event.Respond(var response) -> answer(response, timing);
            case Event.Fired _ -> Step.to(s);
            case Event.TransportFailed _ -> Step.to(s, new Effect.TellNotSent());
        };
    }

    /**
     * "…if the TU passes a provisional response to the server transaction, the server transaction
     * MUST enter the "Proceeding" state"; "If the TU passes a final response (status codes 200-699)
     * to the server while in the "Proceeding" state, the transaction MUST enter the "Completed"
     * state, and the response MUST be passed to the transport layer"; "…it MUST set Timer J to fire
     * in 64*T1 seconds for unreliable transports, and zero seconds for reliable transports"
     * (§17.2.2).
     */
    private static Step answer(SipResponse response, Timing timing) {
        Effect send = new Effect.Send(response);
        if (response.isProvisional()) {
            return Step.to(new Proceeding(response), send);
        }
        return timing.reliable()
                ? Step.to(new Terminated(), send)
                : Step.to(
                        new Completed(response),
                        send,
                        new Effect.Start(Timer.J, timing.patience()));
    }

    private static Step completed(Completed s, Event event) {
        return switch (event) {
            // "While in the "Completed" state, the server transaction MUST pass the final response
            // to the transport layer for retransmission whenever a retransmission of the request
            // is received" (§17.2.2)
            case Event.Received _ -> Step.to(s, new Effect.Send(s.last));
            // "Any other final responses passed by the TU to the server transaction MUST be
            // discarded while in the "Completed" state" (§17.2.2)
            case Event.Respond _ -> Step.to(s);
            case Event.Fired(var timer) when timer == Timer.J -> Step.to(new Terminated());
            case Event.Fired _ -> Step.to(s);
            case Event.TransportFailed _ -> Step.to(s);
        };
    }
}
