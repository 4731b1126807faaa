package io.jackfield.protocol.sip.transaction;

import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import java.time.Duration;

/** The non-INVITE client transaction: RFC 3261 §17.1.2 and figure 6. */
public sealed interface NonInviteClient extends ClientTransaction
        permits NonInviteClient.Trying, NonInviteClient.Proceeding, NonInviteClient.Completed {
    /**
     * Sent, and nothing heard.
     *
     * @param resendAfter the pause of timer E that is running
     */
    record Trying(SipRequest request, Duration resendAfter) implements NonInviteClient {}

    /** A provisional response came: repeat less often. */
    record Proceeding(SipRequest request) implements NonInviteClient {}

    /** "…exists to buffer any additional response retransmissions" (§17.1.2.2). */
    record Completed() implements NonInviteClient {}

    /**
     * "When entering this state, the client transaction SHOULD set timer F to fire in 64*T1
     * seconds. The request MUST be passed to the transport layer for transmission. If an unreliable
     * transport is in use, the client transaction MUST set timer E to fire in T1 seconds"
     * (§17.1.2.2).
     */
    static Step start(SipRequest request, Timing timing) {
        Trying trying = new Trying(request, timing.t1());
        Effect send = new Effect.Send(request);
        Effect timerF = new Effect.Start(Timer.F, timing.patience());
        return timing.reliable()
                ? Step.to(trying, send, timerF)
                : Step.to(trying, send, new Effect.Start(Timer.E, timing.t1()), timerF);
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
            // "If a provisional response is received while in the "Trying" state, the response MUST
            // be passed to the TU, and then the client transaction SHOULD move to the "Proceeding"
            // state" (§17.1.2.2)
            case Event.Received(var response) when response.isProvisional() ->
                    Step.to(new Proceeding(s.request), new Effect.TellResponse(response));
            case Event.Received(var response) -> onFinal(response, timing);
            case Event.Fired(var timer) when timer == Timer.E -> resend(s, timing);
            case Event.Fired(var timer) when timer == Timer.F -> timeOut();
            case Event.Fired _ -> Step.to(s);
            case Event.Cancel _ -> Step.to(s);
            case Event.TransportFailed _ -> Step.to(new Terminated(), new Effect.TellNotSent());
        };
    }

    /**
     * "If timer E fires while still in this state, the timer is reset, but this time with a value
     * of MIN(2*T1, T2). When the timer fires again, it is reset to a MIN(4*T1, T2)" (§17.1.2.2).
     */
    private static Step resend(Trying s, Timing timing) {
        Duration next = timing.doubledUpToT2(s.resendAfter);
        return Step.to(
                new Trying(s.request, next),
                new Effect.Send(s.request),
                new Effect.Start(Timer.E, next));
    }

    private static Step proceeding(Proceeding s, Event event, Timing timing) {
        return switch (event) {
            case Event.Received(var response) when response.isProvisional() ->
                    Step.to(s, new Effect.TellResponse(response));
            case Event.Received(var response) -> onFinal(response, timing);
            // "If Timer E fires while in the "Proceeding" state, the request MUST be passed to the
            // transport layer for retransmission, and Timer E MUST be reset with a value of T2
            // seconds" (§17.1.2.2)
            case Event.Fired(var timer) when timer == Timer.E ->
                    Step.to(s, new Effect.Send(s.request), new Effect.Start(Timer.E, timing.t2()));
            case Event.Fired(var timer) when timer == Timer.F -> timeOut();
            case Event.Fired _ -> Step.to(s);
            case Event.Cancel _ -> Step.to(s);
            case Event.TransportFailed _ -> Step.to(new Terminated(), new Effect.TellNotSent());
        };
    }

    /**
     * "If Timer F fires while the client transaction is still in the "Trying" state, the client
     * transaction SHOULD inform the TU about the timeout, and then it SHOULD enter the "Terminated"
     * state"; in "Proceeding" "the TU MUST be informed of a timeout, and the client transaction
     * MUST transition to the terminated state" (§17.1.2.2).
     */
    private static Step timeOut() {
        return Step.to(new Terminated(), new Effect.TellTimeout());
    }

    /**
     * "…a final response (status codes 200-699) … MUST be passed to the TU, and the client
     * transaction MUST transition to the "Completed" state"; "…it MUST set Timer K to fire in T4
     * seconds for unreliable transports, and zero seconds for reliable transports" (§17.1.2.2).
     */
    private static Step onFinal(SipResponse response, Timing timing) {
        Effect tell = new Effect.TellResponse(response);
        return timing.reliable()
                ? Step.to(new Terminated(), tell)
                : Step.to(new Completed(), tell, new Effect.Start(Timer.K, timing.t4()));
    }

    private static Step completed(Completed s, Event event) {
        return switch (event) {
            // "If Timer K fires while in this state, the client transaction MUST transition to the
            // "Terminated" state" (§17.1.2.2)
            case Event.Fired(var timer) when timer == Timer.K -> Step.to(new Terminated());
            case Event.Fired _, Event.Received _, Event.Cancel _ -> Step.to(s);
            case Event.TransportFailed _ -> Step.to(new Terminated());
        };
    }
}
