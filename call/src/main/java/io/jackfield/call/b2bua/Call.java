package io.jackfield.call.b2bua;

import io.jackfield.call.cdr.Cdr.HangupSide;
import io.jackfield.call.event.PbxEvent;
import io.jackfield.call.routing.Destination;
import io.jackfield.protocol.sdp.LocalMedia;
import io.jackfield.protocol.sip.dialog.EndCause;
import io.jackfield.protocol.sip.dialog.InviteUsage;
import io.jackfield.protocol.sip.dialog.UsageEvent;
import io.jackfield.protocol.sip.dialog.UsageNotice;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One call: the caller's leg, and the legs that are rung for it (RFC 7092, "signaling B2BUA with
 * media relay").
 *
 * <p>Here is where every event and every notice goes; the rules are with {@link Setup}, {@link
 * Originating}, {@link CallingBack}, {@link Caller}, {@link Waiting}, {@link Callees}, {@link
 * Conversation}, {@link Transfers}, {@link Referrals}, {@link Joining}, {@link Departures}, {@link
 * Reoffers}, {@link MediaReports}, {@link Connections} and {@link Endings}.
 *
 * <p>No socket, no clock, no thread: {@link #on} takes an event and gives what is to be done.
 * Confined to the call's own thread.
 */
public final class Call {
    private static final CallEnd INTERNAL_ERROR = CallEnd.byPbx("internal error", 500);

    private final CallState state;
    private final Dialogs dialogs;
    private final MediaControl media;
    private final Endings endings;
    private final Caller caller;
    private final CalledLegs called;
    private final Setup setup;
    private final Originating originating;
    private final CallingBack callingBack;
    private final Waiting waiting;
    private final Transfers transfers;
    private final Referrals referrals;
    private final Joining joining;
    private final Departures departures;
    private final Reoffers reoffers;
    private final MediaReports reports;
    private final Connections connections;

    private Call(NewCall newCall, CallContext context, long nowNanos) {
        state = new CallState(newCall, context, nowNanos);
        dialogs = new Dialogs(state, this::onNotices);
        media = new MediaControl(state);
        endings = new Endings(state, dialogs, media);
        caller = new Caller(state, dialogs, media, endings);
        called = new CalledLegs(state, dialogs, media, endings);
        setup = new Setup(state, called, caller, endings);
        originating = new Originating(state, called, media, endings, this::reach);
        waiting = new Waiting(state, dialogs, media, endings, called, caller, this::reach);
        callingBack = new CallingBack(state, called, media, endings, waiting);
        Conversation talk = state.conversation();
        reoffers = new Reoffers(state, dialogs, media);
        transfers = new Transfers(state, dialogs, media, endings, called, talk, reoffers);
        referrals = new Referrals(state, dialogs, transfers);
        joining = new Joining(state, called, talk);
        departures = new Departures(state, dialogs, endings, talk, transfers, reoffers, waiting);
        OpusOnLoss opusOnLoss = new OpusOnLoss(state, dialogs);
        reports = new MediaReports(state, called, endings, departures, opusOnLoss);
        connections = new Connections(state, dialogs, called, endings, departures);
    }

    /** A new call; {@link #begin} sets it going. */
    public static Call of(NewCall newCall, CallContext context, long nowNanos) {
        return new Call(newCall, context, nowNanos);
    }

    public String id() {
        return state.id();
    }

    public boolean ended() {
        return state.ended();
    }

    /** What the call is like now, for those who only look. */
    CallSnapshot snapshot() {
        return state.record().snapshot(state.legs().size(), state.parties());
    }

    /** Reads the INVITE; what follows comes as effects. */
    public List<CallEffect> begin(long nowNanos) {
        state.nowIs(nowNanos);
        NewCall newCall = state.newCall();
        state.publish(
                new PbxEvent.CallStarted(
                        state.id(),
                        newCall.caller().number(),
                        newCall.dialled(),
                        newCall.caller().displayName(),
                        newCall.direction(),
                        newCall.reference()));
        newCall.invited().ifPresent(invited -> begin(newCall, invited));
        newCall.first().ifPresent(this::begin);
        return state.drain();
    }

    private void begin(NewCall.First first) {
        switch (first) {
            case NewCall.First.Dialling(var agent) -> originating.begin(agent);
            case NewCall.First.Offered(var offer, var agent) -> callingBack.offer(offer, agent);
            case NewCall.First.CalledBack(var customer) -> callingBack.call(customer);
        }
    }

    private void begin(NewCall newCall, NewCall.Invited invited) {
        Leg leg =
                Leg.of(
                        state.legs().nextId(),
                        newCall.caller(),
                        invited.flow(),
                        media.expectingOffer());
        state.legs().put(leg);
        state.agentIsIn(leg, true);
        dialogs.start(
                leg.id(),
                InviteUsage.called(
                        invited.invite(),
                        invited.transaction(),
                        state.context().legSettings(invited.flow()),
                        state.context().identifiers(),
                        state.nowNanos()));
    }

    /**
     * Takes one event; what is to be done because of it comes back, in order. Where it throws,
     * which is a mistake of ours, what it had found to be done comes with the next event.
     */
    public List<CallEffect> on(CallEvent event, long nowNanos) {
        state.nowIs(nowNanos);
        if (!state.ended()) {
            happens(event);
        }
        return state.drain();
    }

    private void happens(CallEvent event) {
        Optional<String> elsewhere =
                event instanceof CallEvent.OfLeg of
                        ? transfers.elsewhere(of.legId())
                        : Optional.empty();
        if (elsewhere.isPresent()) {
            state.effect(new CallEffect.PassOn(elsewhere.get(), event));
            return;
        }
        switch (event) {
            case CallEvent.Sip(var legId, var sip) -> onSip(legId, sip);
            case CallEvent.MediaOpened(var legId, var local) -> onOpened(legId, local);
            case CallEvent.MediaRefused(var legId, var reason) -> onMediaRefused(legId, reason);
            case CallEvent.IceRestarted(var legId, var local) -> reoffers.answer(legId, local);
            case CallEvent.Media(var happened) -> reports.on(happened);
            case CallEvent.FlowClosed(var flow) -> connections.onFlowClosed(flow);
            case CallEvent.PhoneReturned(var agent, var instance, var flow) ->
                    connections.onPhoneReturned(agent, instance, flow);
            case CallEvent.RecordingBegun(var recordingId) -> state.record().recorded(recordingId);
            case CallEvent.PauseRecording(var paused) ->
                    state.effect(new CallEffect.PauseRecording(paused));
            case CallEvent.Transfer(var leaving, var to) -> transfers.begin(leaving, to);
            case CallEvent.PartnerWanted wanted -> transfers.onPartnerWanted(wanted);
            case CallEvent.HandedOver(var legId, var toCallId) ->
                    transfers.onHandedOver(legId, toCallId);
            case CallEvent.NoPartner(var legId) -> transfers.onNoPartner(legId);
            case CallEvent.Arrived(var leg, var handle) -> transfers.onArrived(leg, handle);
            case CallEvent.Park(var music) -> waiting.park(music);
            case CallEvent.Announce(var prompt) -> waiting.announce(prompt);
            case CallEvent.LastWords(var prompt, var cause) -> waiting.lastWords(prompt, cause);
            case CallEvent.RouteOn(var destination) -> waiting.routeOn(destination);
            case CallEvent.Offer(var id, var agent) -> waiting.offer(id, agent);
            case CallEvent.CancelOffer(var id) -> {
                waiting.cancel(id);
                callingBack.cancel(id);
            }
            case CallEvent.Connect(var id) -> waiting.connect(id);
            case CallEvent.Invite(var whom) -> joining.invite(whom);
            case CallEvent.Supervise(var supervisor, var phones, var agent, var mode) ->
                    joining.supervise(supervisor, phones, agent, mode);
            case CallEvent.HangUp(var cause) -> endings.end(CallEnd.byPbx(cause, 480));
            case CallEvent.Tick() -> onTick();
            case CallEvent.Stop(var cause) -> endings.endSoon(CallEnd.byPbx(cause, 503));
            case CallEvent.Broken() -> endings.endSoon(INTERNAL_ERROR);
        }
    }

    /**
     * Ends the call at once and without the rules, for when they have failed again after {@link
     * CallEvent.Broken}: last words to whom they can be said, media closed, the record written.
     */
    List<CallEffect> abandon(long nowNanos) {
        state.nowIs(nowNanos);
        try {
            endings.abandon(INTERNAL_ERROR);
        } finally {
            state.become(CallState.Stage.ENDED);
        }
        return state.drain();
    }

    // ---- time

    /** When to be given {@link CallEvent.Tick}; empty when only events are awaited. */
    public OptionalLong deadlineNanos() {
        if (state.ended()) {
            return OptionalLong.empty();
        }
        OptionalLong next = called.deadlineNanos();
        for (Leg leg : state.legs().all()) {
            next = Deadlines.earlier(next, leg.deadlineNanos());
        }
        next = Deadlines.earlier(next, waiting.deadlineNanos());
        next = Deadlines.earlier(next, transfers.deadlineNanos());
        next = Deadlines.earlier(next, connections.deadlineNanos());
        next = Deadlines.earlier(next, reports.deadlineNanos());
        return Deadlines.earlier(next, endings.deadlineNanos());
    }

    private void onTick() {
        for (Leg leg : state.legs().all()) {
            if (Deadlines.due(leg.deadlineNanos(), state.nowNanos())) {
                dialogs.tell(leg.id(), new UsageEvent.Tick());
            }
            connections.onTick(leg.id());
        }
        called.onTick();
        waiting.onTick();
        transfers.onTick();
        reports.onTick();
        endings.onTick();
    }

    // ---- what arrives for a leg

    private void onSip(String legId, UsageEvent event) {
        if (event instanceof UsageEvent.ResponseReceived(_, var response)) {
            called.of(legId)
                    .filter(attempt -> !attempt.isGivenUp(legId))
                    .ifPresent(attempt -> attempt.heard(response));
        }
        dialogs.tell(legId, event);
    }

    private void onOpened(String legId, LocalMedia local) {
        Optional<Leg> leg = media.opened(legId, local);
        if (leg.isEmpty()) {
            return;
        }
        boolean isCaller = state.legs().isCaller(legId);
        Optional<Callees> attempt = called.of(legId);
        if (attempt.filter(Callees::open).isPresent()) {
            attempt.get().invite(leg.get());
        } else if (attempt.isPresent()) {
            endings.legOver(legId, "not needed any more");
        } else if (state.settingUp() && isCaller) {
            reach(state.newCall().destination());
        }
    }

    /** Whom the caller has dialled. */
    private void reach(Destination destination) {
        switch (destination) {
            case Destination.Waiting(var queue) -> waiting.enter(queue);
            case Destination.InMenu(var menu) -> waiting.enterMenu(menu);
            default -> setup.begin(destination);
        }
    }

    private void onMediaRefused(String legId, String reason) {
        media.refused(legId);
        if (state.legs().isCaller(legId)) {
            endings.end(CallEnd.byPbx(reason, 503));
        } else {
            called.of(legId).ifPresent(attempt -> attempt.onMediaRefused(legId, reason));
        }
    }

    // ---- what a leg's dialog notices

    private void onNotices(String legId, List<UsageNotice> notices) {
        notices.forEach(notice -> onNotice(legId, notice));
        caller.tellRinging();
    }

    private void onNotice(String legId, UsageNotice notice) {
        switch (notice) {
            case UsageNotice.OfferReceived(var sdp) -> {
                if (isCallerFirst(legId)) {
                    caller.onOffer(sdp);
                } else {
                    reoffers.onOffer(legId, sdp);
                }
            }
            case UsageNotice.OfferWanted() -> {
                if (isCallerFirst(legId)) {
                    caller.onOfferWanted();
                } else {
                    reoffers.offer(legId);
                }
            }
            case UsageNotice.OfferWithdrawn() -> {}
            case UsageNotice.Progress(var status, _) ->
                    called.of(legId).ifPresent(attempt -> attempt.onProgress(legId, status));
            case UsageNotice.AnswerReceived(var sdp, var early) -> onAnswer(legId, sdp, early);
            case UsageNotice.Answered() -> {
                called.of(legId).ifPresent(attempt -> attempt.onAnswered(legId));
            }
            // Refused: the old session stands, and is transcoded where the other side has changed.
            case UsageNotice.Confirmed(), UsageNotice.OfferRefused(_) -> {}
            case UsageNotice.InfoReceived(var content) ->
                    InfoDtmf.parse(content.type(), content.bytes())
                            .ifPresent(dtmf -> media.relay(legId, dtmf));
            case UsageNotice.ReferReceived refer -> referrals.onRefer(legId, refer);
            case UsageNotice.Challenged challenged -> onChallenged(legId, challenged);
            case UsageNotice.Redirected(_) -> {}
            case UsageNotice.Failed(var status, _, _) ->
                    called.of(legId).ifPresent(attempt -> attempt.onFailed(legId, status));
            case UsageNotice.Ended(var cause) -> onLegEnded(legId, cause);
        }
    }

    /** Only who was called can be asked for credentials; a caller's later requests have none. */
    private void onChallenged(String legId, UsageNotice.Challenged challenged) {
        called.of(legId)
                .ifPresentOrElse(
                        attempt -> attempt.onChallenged(legId, challenged),
                        () -> dialogs.tell(legId, new UsageEvent.GiveUp(challenged.tx())));
    }

    /** True of the first thing said about media in this call. */
    private boolean isCallerFirst(String legId) {
        return state.legs().isCaller(legId) && !state.legs().caller().media().known();
    }

    /** The called side's answer, or the caller's to an offer of ours. */
    private void onAnswer(String legId, String sdp, boolean early) {
        if (!media.hearAnswer(legId, sdp)) {
            onUnfitAnswer(legId);
        } else if (early) {
            called.of(legId).ifPresent(attempt -> attempt.onEarlyAnswer(legId));
        }
    }

    /** To a re-offer: the old session stands. To the first one: there is nothing to talk by. */
    private void onUnfitAnswer(String legId) {
        if (state.legs().get(legId).media().agreed()) {
            return;
        }
        if (state.legs().isCaller(legId)) {
            endings.end(CallEnd.byPbx("no common codec", 488));
        } else {
            called.of(legId).ifPresent(attempt -> attempt.onUnfitAnswer(legId));
        }
    }

    private void onLegEnded(String legId, EndCause cause) {
        if (state.legs().get(legId).ended()) {
            return;
        }
        endings.legOver(legId, cause.kind().name());
        if (state.ending()) {
            endings.closeIfDone();
        } else if (state.settingUp() && state.legs().isCaller(legId) && Causes.isNormal(cause)) {
            endings.end(CallEnd.cancelled());
        } else if (departures.concerns(legId)) {
            HangupSide side = state.legs().isCaller(legId) ? HangupSide.CALLER : HangupSide.CALLEE;
            departures.gone(legId, Causes.of(cause, side));
        } else {
            called.of(legId).ifPresent(Callees::onGone);
        }
    }
}
