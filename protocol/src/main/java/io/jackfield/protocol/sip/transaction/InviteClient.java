package io.jackfield.protocol.sip.transaction;

import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The INVITE client transaction: RFC 3261 §17.1.1 and figure 5, as RFC 6026 §8.4 changed them. */
public sealed interface InviteClient extends ClientTransaction
        permits InviteClient.Calling,
                InviteClient.Proceeding,
                InviteClient.Completed,
                InviteClient.Accepted {
    /**
     * Sent, and nothing heard.
     *
     * @param resendAfter the pause of timer A that is running
     * @param cancel what to send as soon as something is heard (§9.1)
     */
    record Calling(SipRequest invite, Duration resendAfter, Optional<SipRequest> cancel)
            implements InviteClient {}

    /**
     * A provisional response came; there may be more of them, for minutes.
     *
     * @param cancelled that the CANCEL was sent
     */
    record Proceeding(SipRequest invite, boolean cancelled) implements InviteClient {}

    /** A 3xx to 6xx came; its repetitions earn this ACK again. */
    record Completed(SipRequest ack) implements InviteClient {}

    /** A 2xx came; more may, from here or from another fork, and all are the user's. */
    record Accepted() implements InviteClient {}

    /**
     * "The client transaction MUST pass the request to the transport layer"; "If an unreliable
     * transport is being used, the client transaction MUST start timer A with a value of T1. If a
     * reliable transport is being used, the client transaction SHOULD NOT start timer A"; "For any
     * transport, the client transaction MUST start timer B with a value of 64*T1 seconds"
     * (§17.1.1.2).
     */
    static Step start(SipRequest invite, Timing timing) {
        Calling calling = new Calling(invite, timing.t1(), Optional.empty());
        Effect send = new Effect.Send(invite);
        Effect timerB = new Effect.Start(Timer.B, timing.patience());
        return timing.reliable()
                ? Step.to(calling, send, timerB)
                : Step.to(calling, send, new Effect.Start(Timer.A, timing.t1()), timerB);
    }

    @Override
    default Step on(Event event, Timing timing) {
        return switch (this) {
            case Calling s -> calling(s, event, timing);
            case Proceeding s -> proceeding(s, event, timing);
            case Completed s -> completed(s, event);
            case Accepted s -> accepted(s, event);
        };
    }

    private static Step calling(Calling s, Event event, Timing timing) {
        return switch (event) {
            case Event.Received(var response) when response.isProvisional() ->
                    firstProvisional(s, response, timing);
            case Event.Received(var response) -> onFinal(s.invite, response, timing);
            case Event.Fired(var timer) when timer == Timer.A -> resend(s);
            // "If the client transaction is still in the "Calling" state when timer B fires, the
            // client transaction SHOULD inform the TU that a timeout has occurred" (§17.1.1.2)
            case Event.Fired(var timer) when timer == Timer.B ->
                    Step.to(new Terminated(), new Effect.TellTimeout());
            case Event.Fired _ -> Step.to(s);
            case Event.Cancel(var reason) -> Step.to(remember(s, reason));
            // "SHOULD inform the TU that a transport failure has occurred, and the client
            // transaction SHOULD transition directly to the "Terminated" state" (§17.1.4)
            case Event.TransportFailed _ -> Step.to(new Terminated(), new Effect.TellNotSent());
        };
    }

    /**
     * "When timer A fires, the client transaction MUST retransmit the request by passing it to the
     * transport layer, and MUST reset the timer with a value of 2*T1"; "…intervals that double
     * after each transmission" (§17.1.1.2).
     */
    private static Step resend(Calling s) {
        Duration doubled = s.resendAfter.multipliedBy(2);
        return Step.to(
                new Calling(s.invite, doubled, s.cancel),
                new Effect.Send(s.invite),
                new Effect.Start(Timer.A, doubled));
    }

    /**
     * "If no provisional response has been received, the CANCEL request MUST NOT be sent; rather,
     * the client MUST wait for the arrival of a provisional response" (§9.1).
     */
    private static Calling remember(Calling s, Optional<String> reason) {
        return s.cancel.isPresent()
                ? s
                : new Calling(
                        s.invite, s.resendAfter, Optional.of(HopByHop.cancel(s.invite, reason)));
    }

    /**
     * "…transitions to the "Proceeding" state. In the "Proceeding" state, the client transaction
     * SHOULD NOT retransmit the request any longer. Furthermore, the provisional response MUST be
     * passed to the TU" (§17.1.1.2).
     */
    private static Step firstProvisional(Calling s, SipResponse response, Timing timing) {
        List<Effect> effects = new ArrayList<>();
        effects.add(new Effect.TellResponse(response));
        s.cancel.ifPresent(cancel -> effects.addAll(cancelling(cancel, timing)));
        return new Step(new Proceeding(s.invite, s.cancel.isPresent()), effects);
    }

    /**
     * "If there is no final response for the original request in 64*T1 seconds, the client SHOULD
     * then consider the original transaction cancelled and SHOULD destroy the client transaction"
     * (§9.1).
     */
    private static List<Effect> cancelling(SipRequest cancel, Timing timing) {
        return List.of(
                new Effect.BeginCancel(cancel),
                new Effect.Start(Timer.CANCELLED, timing.patience()));
    }

    private static Step proceeding(Proceeding s, Event event, Timing timing) {
        return switch (event) {
            // "Any further provisional responses MUST be passed up to the TU" (§17.1.1.2)
            case Event.Received(var response) when response.isProvisional() ->
                    Step.to(s, new Effect.TellResponse(response));
            case Event.Received(var response) -> onFinal(s.invite, response, timing);
            case Event.Fired(var timer) when timer == Timer.CANCELLED ->
                    Step.to(new Terminated(), new Effect.TellTimeout());
            case Event.Fired _ -> Step.to(s);
            case Event.Cancel _ when s.cancelled -> Step.to(s);
            case Event.Cancel(var reason) ->
                    new Step(
                            new Proceeding(s.invite, true),
                            cancelling(HopByHop.cancel(s.invite, reason), timing));
            // Nothing more is to be sent, but the flow is also the only way for a response.
            case Event.TransportFailed _ -> Step.to(new Terminated(), new Effect.TellNotSent());
        };
    }

    private static Step onFinal(SipRequest invite, SipResponse response, Timing timing) {
        return response.isSuccess() ? accept(response, timing) : complete(invite, response, timing);
    }

    /**
     * "When a 2xx response is received while in either the "Calling" or "Proceeding" states, the
     * client transaction MUST transition to the "Accepted" state… The 2xx response MUST be passed
     * up to the TU. The client transaction MUST NOT generate an ACK to the 2xx response"; timer M
     * is 64*T1 (RFC 6026 §8.4).
     */
    private static Step accept(SipResponse response, Timing timing) {
        return Step.to(
                new Accepted(),
                new Effect.TellResponse(response),
                new Effect.Start(Timer.M, timing.patience()));
    }

    /**
     * "…reception of a response with status code from 300-699 MUST cause the client transaction to
     * transition to "Completed". The client transaction MUST pass the received response up to the
     * TU, and the client transaction MUST generate an ACK request"; "…start timer D … with a value
     * of at least 32 seconds for unreliable transports, and a value of zero seconds for reliable
     * transports" (§17.1.1.2).
     */
    private static Step complete(SipRequest invite, SipResponse response, Timing timing) {
        SipRequest ack = HopByHop.ack(invite, response);
        Effect send = new Effect.Send(ack);
        Effect tell = new Effect.TellResponse(response);
        return timing.reliable()
                ? Step.to(new Terminated(), send, tell)
                : Step.to(
                        new Completed(ack), send, tell, new Effect.Start(Timer.D, timing.timerD()));
    }

    private static Step completed(Completed s, Event event) {
        return switch (event) {
            // "Any retransmissions of the final response that are received while in the "Completed"
            // state MUST cause the ACK to be re-passed to the transport layer for retransmission,
            // but the newly received response MUST NOT be passed up to the TU" (§17.1.1.2)
            case Event.Received(var response) when response.status() >= 300 ->
                    Step.to(s, new Effect.Send(s.ack));
            case Event.Received _ -> Step.to(s);
            case Event.Fired(var timer) when timer == Timer.D -> Step.to(new Terminated());
            case Event.Fired _ -> Step.to(s);
            case Event.Cancel _ -> Step.to(s);
            // Figure 5 has the user informed here too. It has its final response and can do nothing
            // about a lost ACK, so we end without a word: one transaction, one result.
            case Event.TransportFailed _ -> Step.to(new Terminated());
        };
    }

    private static Step accepted(Accepted s, Event event) {
        return switch (event) {
            // "Any 2xx responses that match this client transaction and that are received while in
            // the "Accepted" state MUST be passed up to the TU" (RFC 6026 §8.4)
            case Event.Received(var response) when response.isSuccess() ->
                    Step.to(s, new Effect.TellResponse(response));
            case Event.Received _ -> Step.to(s);
            case Event.Fired(var timer) when timer == Timer.M -> Step.to(new Terminated());
            case Event.Fired _, Event.Cancel _ -> Step.to(s);
            // Nothing is sent in this state; a 2xx may come by another way.
            case Event.TransportFailed _ -> Step.to(s);
        };
    }
}
