package io.jackfield.call.b2bua;

import io.jackfield.call.cdr.Cdr.HangupSide;
import io.jackfield.call.event.PbxEvent;
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
 * <p>Here is where every event and every notice goes; the rules are with {@link Caller}, {@link
 * Callees}, {@link Reoffers}, {@link MediaReports}, {@link Connections} and {@link Endings}.
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
    private final TrunkAttempts attempts;
    private final Callees callees;
    private final Reoffers reoffers;
    private final MediaReports reports;
    private final Connections connections;

    private Call(IncomingCall incoming, CallContext context, long nowNanos) {
        state = new CallState(incoming, context, nowNanos);
        dialogs = new Dialogs(state, this::onNotices);
        media = new MediaControl(state);
        endings = new Endings(state, dialogs, media);
        caller = new Caller(state, dialogs, media, endings);
        attempts = new TrunkAttempts(state);
        callees = new Callees(state, dialogs, media, endings, caller, attempts);
        reoffers = new Reoffers(state, dialogs, media);
        reports = new MediaReports(state, callees, endings, new OpusOnLoss(state, dialogs));
        connections = new Connections(state, dialogs, callees, endings);
    }

    /** A new call; {@link #begin} sets it going. */
    public static Call of(IncomingCall incoming, CallContext context, long nowNanos) {
        return new Call(incoming, context, nowNanos);
    }

    public String id() {
        return state.id();
    }

    public boolean ended() {
        return state.ended();
    }

    /** What the call is like now, for those who only look. */
    CallSnapshot snapshot() {
        return state.record().snapshot(state.legs().size());
    }

    /** Reads the INVITE; what follows comes as effects. */
    public List<CallEffect> begin(long nowNanos) {
        state.nowIs(nowNanos);
        IncomingCall incoming = state.incoming();
        state.publish(
                new PbxEvent.CallStarted(
                        state.id(), incoming.caller().number(), incoming.dialled()));
        Leg leg =
                Leg.of(
                        state.legs().nextId(),
                        incoming.caller(),
                        incoming.flow(),
                        media.expectingOffer());
        state.legs().put(leg);
        dialogs.start(
                leg.id(),
                InviteUsage.called(
                        incoming.invite(),
                        incoming.transaction(),
                        state.context().legSettings(incoming.flow()),
                        state.context().identifiers(),
                        nowNanos));
        return state.drain();
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
        OptionalLong next = callees.deadlineNanos();
        for (Leg leg : state.legs().all()) {
            next = Deadlines.earlier(next, leg.deadlineNanos());
        }
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
        callees.onTick();
        reports.onTick();
        endings.onTick();
    }

    // ---- what arrives for a leg

    private void onSip(String legId, UsageEvent event) {
        if (event instanceof UsageEvent.ResponseReceived(_, var response)
                && !callees.isGivenUp(legId)) {
            attempts.heard(response);
        }
        dialogs.tell(legId, event);
    }

    private void onOpened(String legId, LocalMedia local) {
        Optional<Leg> leg = media.opened(legId, local);
        if (leg.isEmpty()) {
            return;
        }
        boolean isCaller = state.legs().isCaller(legId);
        if (state.settingUp() && isCaller) {
            callees.call(state.incoming().destination());
        } else if (state.settingUp()) {
            callees.invite(leg.get());
        } else if (!isCaller) {
            endings.legOver(legId, "not needed any more");
        }
    }

    private void onMediaRefused(String legId, String reason) {
        media.refused(legId);
        if (state.legs().isCaller(legId)) {
            endings.end(CallEnd.byPbx(reason, 503));
        } else {
            callees.onMediaRefused(legId, reason);
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
            case UsageNotice.Progress(var status, _) -> callees.onProgress(legId, status);
            case UsageNotice.AnswerReceived(var sdp, var early) -> onAnswer(legId, sdp, early);
            case UsageNotice.Answered() -> {
                if (!state.legs().isCaller(legId)) {
                    callees.onAnswered(legId);
                }
            }
            // Refused: the old session stands, and is transcoded where the other side has changed.
            case UsageNotice.Confirmed(), UsageNotice.OfferRefused(_) -> {}
            case UsageNotice.InfoReceived(var content) ->
                    InfoDtmf.parse(content.type(), content.bytes())
                            .ifPresent(dtmf -> media.relay(legId, dtmf));
            case UsageNotice.Challenged challenged -> callees.onChallenged(legId, challenged);
            case UsageNotice.Redirected(_) -> {}
            case UsageNotice.Failed(var status, _, _) -> callees.onFailed(legId, status);
            case UsageNotice.Ended(var cause) -> onLegEnded(legId, cause);
        }
    }

    /** True of the first thing said about media in this call. */
    private boolean isCallerFirst(String legId) {
        return state.legs().isCaller(legId) && !state.legs().caller().media().known();
    }

    /** The called side's answer, or the caller's to an offer of ours. */
    private void onAnswer(String legId, String sdp, boolean early) {
        boolean isCaller = state.legs().isCaller(legId);
        if (!media.hearAnswer(legId, sdp)) {
            onUnfitAnswer(legId);
        } else if (early && !isCaller) {
            callees.onEarlyAnswer(legId);
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
            callees.onUnfitAnswer(legId);
        }
    }

    private void onLegEnded(String legId, EndCause cause) {
        if (state.legs().get(legId).ended()) {
            return;
        }
        endings.legOver(legId, cause.kind().name());
        if (state.ending()) {
            endings.closeIfDone();
        } else if (state.legs().isCaller(legId)) {
            boolean cancelled = state.settingUp() && Causes.isNormal(cause);
            endings.end(cancelled ? CallEnd.cancelled() : Causes.of(cause, HangupSide.CALLER));
        } else if (state.isWinner(legId)) {
            endings.end(Causes.of(cause, HangupSide.CALLEE));
        } else {
            callees.onGone();
        }
    }
}
