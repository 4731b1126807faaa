package io.jackfield.call.b2bua;

import io.jackfield.call.edge.Flow;
import io.jackfield.call.event.PbxEvent;
import io.jackfield.protocol.sip.SipMethod;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.dialog.InviteUsage;
import io.jackfield.protocol.sip.dialog.UsageEffect;
import io.jackfield.protocol.sip.dialog.UsageEvent;
import io.jackfield.protocol.sip.dialog.UsageNotice;
import io.jackfield.protocol.sip.transaction.ClientTransactionId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The dialogs of a call's legs: brings events and commands to a leg's {@link InviteUsage}, makes
 * effects of what it has to send, and tells what it notices.
 *
 * <p>Confined to its call.
 */
final class Dialogs {
    /** Hears what the usages notice. */
    interface Listener {
        /**
         * What one event brought, in order. All that the dialog has to send because of it is among
         * the effects already.
         */
        void onNotices(String legId, List<UsageNotice> notices);
    }

    private final CallState state;
    private final Listener listener;

    /** The latest INVITE of each leg that we called. */
    private final Map<String, ClientTransactionId> invites = new HashMap<>();

    Dialogs(CallState state, Listener listener) {
        this.state = state;
        this.listener = listener;
    }

    /** Begins a leg's dialog with its first step. */
    void start(String legId, InviteUsage.Step first) {
        begin(state.legs().get(legId), first.next());
        step(legId, first);
    }

    /** Gives the usage of a leg a command, or what arrived for it. */
    void tell(String legId, UsageEvent event) {
        state.legs()
                .find(legId)
                .flatMap(Leg::usage)
                .ifPresent(usage -> step(legId, usage.on(event, state.nowNanos())));
    }

    /** The same, and nobody hears what the usage notices: for when the rules have failed. */
    void tellUnheard(String legId, UsageEvent command) {
        state.legs()
                .find(legId)
                .flatMap(Leg::usage)
                .ifPresent(usage -> take(legId, usage.on(command, state.nowNanos())));
    }

    /** The leg goes on over another flow: what has waited goes out, and there. */
    void moveTo(Flow flow, Leg leg) {
        Leg moved =
                leg.usage()
                        .map(usage -> usage.with(state.context().legSettings(flow)))
                        .map(leg::with)
                        .orElse(leg)
                        .returnedOn(flow);
        state.legs().put(moved);
        moved.usage().ifPresent(usage -> listen(moved, usage));
        for (CallEffect.SendRequest waiting : leg.unsent()) {
            state.effect(
                    new CallEffect.SendRequest(leg.id(), waiting.id(), waiting.request(), flow));
        }
        state.publish(new PbxEvent.LegReturned(state.id(), leg.id()));
    }

    /** The leg's dialog is long over: what still comes for it is nobody's. */
    void forgetOver(Leg leg) {
        invites.remove(leg.id());
        leg.usage()
                .ifPresent(usage ->
                        state.effect(new CallEffect.Unlisten(usage.callId(), usage.localTag())));
    }

    /** The leg came from another call: its dialog is ours from now on. */
    void takeIn(Leg leg) {
        leg.usage().ifPresent(usage -> begin(leg, usage));
    }

    private void begin(Leg leg, InviteUsage usage) {
        state.publish(
                new PbxEvent.DialogBegan(state.id(), leg.id(), leg.partyName(), usage.callId()));
        listen(leg, usage);
    }

    private void listen(Leg leg, InviteUsage usage) {
        state.effect(
                new CallEffect.Listen(
                        leg.id(), leg.party(), leg.flow(), usage.callId(), usage.localTag()));
    }

    private void step(String legId, InviteUsage.Step step) {
        listener.onNotices(legId, take(legId, step));
    }

    private List<UsageNotice> take(String legId, InviteUsage.Step step) {
        state.legs().put(state.legs().get(legId).with(step.next()));
        List<UsageNotice> notices = new ArrayList<>();
        for (UsageEffect effect : step.effects()) {
            switch (effect) {
                case UsageEffect.Tell(var notice) -> notices.add(notice);
                case UsageEffect.SendRequest(var id, var request) ->
                        send(reached(legId), id, request);
                case UsageEffect.SendAck(var ack) ->
                        state.effect(new CallEffect.SendAck(ack, reached(legId).flow()));
                case UsageEffect.SendResponse(var tx, var response) ->
                        state.effect(new CallEffect.SendResponse(tx, response));
                case UsageEffect.CancelRequest(var invite, var reason) ->
                        state.effect(new CallEffect.Cancel(invite, step.next().callId(), reason));
            }
        }
        return notices;
    }

    /**
     * Nobody will wait any longer for what becomes of the leg's INVITE. It is cancelled even when
     * nothing has been heard of it: its transaction does so as soon as something is (RFC 3261
     * §9.1), or else the phone would ring on.
     */
    void forget(Leg leg) {
        ClientTransactionId invite = invites.remove(leg.id());
        if (invite != null) {
            String sipCallId = leg.usage().map(InviteUsage::callId).orElse("");
            state.effect(new CallEffect.Cancel(invite, sipCallId, Optional.empty()));
        }
    }

    /** A carrier whose connection is gone is called anew; a phone has to come back by itself. */
    private Leg reached(String legId) {
        Leg leg = state.legs().get(legId);
        if (leg.lost() && leg.party() instanceof Party.Customer customer) {
            state.context().trunkFlow(customer.trunk()).ifPresent(flow -> moveTo(flow, leg));
        }
        return state.legs().get(legId);
    }

    /** A request for a phone that is away waits until it is back. */
    private void send(Leg leg, ClientTransactionId id, SipRequest request) {
        if (request.method().equals(SipMethod.INVITE)) {
            invites.put(leg.id(), id);
        }
        CallEffect.SendRequest sending =
                new CallEffect.SendRequest(leg.id(), id, request, leg.flow());
        if (leg.lost()) {
            state.legs().put(leg.keeping(sending));
        } else {
            state.effect(sending);
        }
    }
}
