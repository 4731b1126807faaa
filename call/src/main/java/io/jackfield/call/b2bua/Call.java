package io.jackfield.call.b2bua;

import io.jackfield.call.b2bua.CallEffect.Publish;
import io.jackfield.call.cdr.Cdr;
import io.jackfield.call.cdr.Cdr.HangupSide;
import io.jackfield.call.edge.Flow;
import io.jackfield.call.event.PbxEvent;
import io.jackfield.call.registrar.Binding;
import io.jackfield.call.routing.Agent;
import io.jackfield.call.routing.Destination;
import io.jackfield.call.routing.Destination.TrunkAttempt;
import io.jackfield.media.LegParameters.SourceRule;
import io.jackfield.media.MediaEvent;
import io.jackfield.protocol.sdp.Codec;
import io.jackfield.protocol.sdp.LocalMedia;
import io.jackfield.protocol.sip.SipUri;
import io.jackfield.protocol.sip.dialog.EndCause;
import io.jackfield.protocol.sip.dialog.InviteUsage;
import io.jackfield.protocol.sip.dialog.OutgoingInvite;
import io.jackfield.protocol.sip.dialog.Phase;
import io.jackfield.protocol.sip.dialog.UsageEffect;
import io.jackfield.protocol.sip.dialog.UsageEvent;
import io.jackfield.protocol.sip.dialog.UsageNotice;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * One call: the caller's leg, and the legs that are rung for it (RFC 7092, "signaling B2BUA with
 * media relay").
 *
 * <p>No socket, no clock, no thread: {@link #on} takes an event and gives what is to be done.
 * Confined to the call's own thread.
 */
public final class Call {
    /** How long the last statistics of the media may take before the record is written without. */
    private static final long CLOSING_MAX_NANOS = 1_000_000_000L;

    private static final String ELSEWHERE = "SIP;cause=200;text=\"Call completed elsewhere\"";

    /** Where the call stands. */
    private enum State {
        /** The caller's media is being opened, or phones ring. */
        SETTING_UP,
        /** Both sides can talk. */
        TALKING,
        /** Legs are being ended, or their last statistics are awaited. */
        ENDING,
        /** Written down; nothing left. */
        ENDED
    }

    private final IncomingCall incoming;
    private final CallContext context;
    private final CallRecord record;
    private final Legs legs;
    private final Deque<TrunkAttempt> trunksLeft = new ArrayDeque<>();
    private final Silences silences;
    private final Set<String> holding = new HashSet<>();

    /** Called legs that were told to hang up and have not ended yet: they count no more. */
    private final Set<String> givenUp = new HashSet<>();

    private final Failures failures = new Failures();
    private final List<CallEffect> effects = new ArrayList<>();

    private State state = State.SETTING_UP;
    private Optional<String> winnerId = Optional.empty();
    private int toldCaller;
    private boolean rings;
    private OptionalLong ringUntilNanos = OptionalLong.empty();
    private OptionalLong progressUntilNanos = OptionalLong.empty();
    private OptionalLong closeByNanos = OptionalLong.empty();
    private OptionalLong talkUntilNanos = OptionalLong.empty();
    private final Map<String, TargetOf> targets = new LinkedHashMap<>();

    /** Legs whose media was asked for and is not closed yet. */
    private final Set<String> mediaAsked = new HashSet<>();

    private Call(IncomingCall incoming, CallContext context, long nowNanos) {
        this.incoming = incoming;
        this.context = context;
        this.record = new CallRecord(incoming, nowNanos);
        this.legs = new Legs(incoming.id());
        this.silences = new Silences(context.settings().silenceFor());
    }

    /** A new call; {@link #begin} sets it going. */
    public static Call of(IncomingCall incoming, CallContext context, long nowNanos) {
        return new Call(incoming, context, nowNanos);
    }

    public String id() {
        return incoming.id();
    }

    public boolean ended() {
        return state == State.ENDED;
    }

    /** Reads the INVITE; what follows comes as effects. */
    public List<CallEffect> begin(long nowNanos) {
        publish(new PbxEvent.CallStarted(id(), incoming.caller().number(), incoming.dialled()));
        Leg caller =
                Leg.of(
                        legs.nextId(),
                        incoming.caller(),
                        incoming.flow(),
                        LegMedia.expectingOffer(sessionId()));
        legs.put(caller);
        InviteUsage.Step step =
                InviteUsage.called(
                        incoming.invite(),
                        incoming.transaction(),
                        context.legSettings(incoming.flow()),
                        context.identifiers(),
                        nowNanos);
        start(caller.id(), step, nowNanos);
        return drain();
    }

    /** Takes one event; what is to be done because of it comes back, in order. */
    public List<CallEffect> on(CallEvent event, long nowNanos) {
        switch (event) {
            case CallEvent.Sip(var legId, var sip) -> onSip(legId, sip, nowNanos);
            case CallEvent.MediaOpened(var legId, var local) -> onOpened(legId, local, nowNanos);
            case CallEvent.MediaRefused(var legId, var reason) -> {
                mediaAsked.remove(legId);
                end(CallEnd.byPbx(reason, 503), Optional.empty(), nowNanos);
            }
            case CallEvent.IceRestarted(var legId, var local) ->
                    legs.find(legId).ifPresent(leg -> answerReoffer(leg, local, nowNanos));
            case CallEvent.Media(var media) -> onMedia(media, nowNanos);
            case CallEvent.FlowClosed(var flow) -> onFlowClosed(flow, nowNanos);
            case CallEvent.PhoneReturned(var agent, var instance, var flow) ->
                    onPhoneReturned(agent, instance, flow);
            case CallEvent.Tick() -> onTick(nowNanos);
            case CallEvent.Stop(var cause) ->
                    end(CallEnd.byPbx(cause, 503), Optional.empty(), nowNanos);
        }
        return drain();
    }

    /**
     * Gives the call up where its own rules have failed: only its record is written, once, and
     * whatever else was to be done is left.
     */
    List<CallEffect> writtenOff(String cause, long nowNanos) {
        effects.clear();
        if (state != State.ENDED) {
            if (state != State.ENDING) {
                record.ended(CallEnd.byPbx(cause, 500), nowNanos);
            }
            finish(nowNanos);
        }
        return drain();
    }

    /** When to be given {@link CallEvent.Tick}; empty when only events are awaited. */
    public OptionalLong deadlineNanos() {
        OptionalLong next = earlier(earlier(ringUntilNanos, progressUntilNanos), closeByNanos);
        for (Leg leg : legs.all()) {
            if (!leg.ended() && leg.usage().isPresent()) {
                next = earlier(next, leg.usage().get().deadlineNanos());
            }
            next = earlier(next, lostUntil(leg));
        }
        return earlier(earlier(next, talkUntilNanos), silences.deadlineNanos());
    }

    // ---- what a leg says in its dialog

    private void onSip(String legId, UsageEvent event, long nowNanos) {
        if (event instanceof UsageEvent.ResponseReceived(_, var response)
                && response.isProvisional()
                && !givenUp.contains(legId)) {
            progressUntilNanos = OptionalLong.empty();
        }
        legs.find(legId)
                .flatMap(Leg::usage)
                .ifPresent(usage -> step(legId, usage.on(event, nowNanos), nowNanos));
    }

    /** Gives the usage of a leg a command. */
    private void tell(String legId, UsageEvent command, long nowNanos) {
        onSip(legId, command, nowNanos);
    }

    private void start(String legId, InviteUsage.Step first, long nowNanos) {
        listen(legs.get(legId), first.next());
        step(legId, first, nowNanos);
    }

    private void listen(Leg leg, InviteUsage usage) {
        effects.add(
                new CallEffect.Listen(
                        leg.id(), leg.party(), leg.flow(), usage.callId(), usage.localTag()));
    }

    private void step(String legId, InviteUsage.Step step, long nowNanos) {
        legs.put(legs.get(legId).with(step.next()));
        // All that the dialog has to send goes first: what the call makes of a notice comes after.
        List<UsageNotice> notices = new ArrayList<>();
        for (UsageEffect effect : step.effects()) {
            switch (effect) {
                case UsageEffect.Tell(var notice) -> notices.add(notice);
                case UsageEffect.SendRequest(var id, var request) ->
                        send(
                                new CallEffect.SendRequest(
                                        legId, id, request, legs.get(legId).flow()));
                case UsageEffect.SendAck(var ack) ->
                        effects.add(new CallEffect.SendAck(ack, legs.get(legId).flow()));
                case UsageEffect.SendResponse(var tx, var response) ->
                        effects.add(new CallEffect.SendResponse(tx, response));
                case UsageEffect.CancelRequest(var invite, var reason) ->
                        effects.add(new CallEffect.Cancel(invite, step.next().callId(), reason));
            }
        }
        notices.forEach(notice -> onNotice(legId, notice, nowNanos));
        tellRinging(nowNanos);
    }

    /** A request for a phone that is away waits until it is back. */
    private void send(CallEffect.SendRequest request) {
        Leg leg = legs.get(request.legId());
        if (leg.lost()) {
            legs.put(leg.keeping(request));
        } else {
            effects.add(request);
        }
    }

    private void onNotice(String legId, UsageNotice notice, long nowNanos) {
        boolean caller = legs.isCaller(legId);
        switch (notice) {
            case UsageNotice.OfferReceived(var sdp) -> {
                if (caller && !legs.get(legId).media().known()) {
                    onFirstOffer(sdp, nowNanos);
                } else {
                    onReoffer(legId, sdp, nowNanos);
                }
            }
            case UsageNotice.OfferWanted() -> {
                if (caller && !legs.get(legId).media().known()) {
                    openCallerToOffer();
                } else {
                    reoffer(legId, nowNanos);
                }
            }
            case UsageNotice.OfferWithdrawn() -> {}
            case UsageNotice.Progress(var status, _) -> onProgress(legId, status);
            case UsageNotice.AnswerReceived(var sdp, var early) ->
                    onAnswer(legId, sdp, early, nowNanos);
            case UsageNotice.Answered() -> {
                if (!caller) {
                    onAnswered(legId, nowNanos);
                }
            }
            case UsageNotice.Confirmed() -> {}
            case UsageNotice.OfferRefused(_) -> {}
            case UsageNotice.InfoReceived(var content) ->
                    InfoDtmf.parse(content.type(), content.bytes())
                            .ifPresent(dtmf -> relay(legId, dtmf));
            case UsageNotice.Challenged challenged -> onChallenged(legId, challenged, nowNanos);
            case UsageNotice.Redirected(_) -> {}
            case UsageNotice.Failed(var status, _, _) -> onFailed(legId, status);
            case UsageNotice.Ended(var cause) -> onLegEnded(legId, cause, nowNanos);
        }
    }

    // ---- the caller's first offer, and where it leads

    private void onFirstOffer(String sdp, long nowNanos) {
        Leg caller = legs.caller();
        switch (caller.media().read(sdp)) {
            case LegMedia.Read.Refused(var status, var reason) ->
                    end(
                            CallEnd.byPbx(reason, status),
                            Optional.of(new UsageEvent.Reject(status, "", List.of())),
                            nowNanos);
            case LegMedia.Read.Understood(var media) -> {
                legs.put(caller.with(media));
                openMedia(legs.caller());
            }
        }
    }

    /** An INVITE without an offer wants ours in the 200 (RFC 3261 §13.2.1). */
    private void openCallerToOffer() {
        Leg caller = legs.caller();
        boolean webRtc = caller.flow().transport().webSocket();
        legs.put(caller.with(LegMedia.offering(codecs(caller), webRtc, sessionId())));
        openMedia(legs.caller());
    }

    private void openMedia(Leg leg) {
        mediaAsked.add(leg.id());
        effects.add(
                leg.media().webRtc()
                        ? new CallEffect.OpenBrowserMedia(leg.id(), leg.media().weOffer())
                        : new CallEffect.OpenPlainMedia(leg.id(), leg.flow()));
    }

    private void onOpened(String legId, LocalMedia local, long nowNanos) {
        Optional<Leg> found = legs.find(legId).filter(l -> !l.ended());
        if (found.isEmpty()) {
            return;
        }
        Leg leg = found.get().with(found.get().media().opened(local));
        legs.put(leg);
        record.mediaOpened(legId);
        if (state != State.SETTING_UP) {
            if (!legs.isCaller(legId)) {
                legOver(legId, "not needed any more");
            }
            return;
        }
        if (legs.isCaller(legId)) {
            connect(nowNanos);
        } else {
            invite(leg, nowNanos);
        }
    }

    private void connect(long nowNanos) {
        switch (incoming.destination()) {
            case Destination.Echo() -> echo(nowNanos);
            case Destination.Agents(var agents) -> ring(agents, nowNanos);
            case Destination.Trunks(var attempts) -> {
                trunksLeft.addAll(attempts);
                tryNextTrunk(503, nowNanos);
            }
            case Destination.Unknown() ->
                    end(CallEnd.byPbx("number not found", 404), Optional.empty(), nowNanos);
        }
    }

    private void echo(long nowNanos) {
        Leg caller = legs.caller();
        Optional<LegMedia.Said> answer = answerWith(caller.media().codecs());
        if (answer.isEmpty()) {
            end(CallEnd.byPbx("no common codec", 488), Optional.empty(), nowNanos);
            return;
        }
        say(caller.id(), answer.get());
        effects.add(new CallEffect.Echo(caller.id()));
        state = State.TALKING;
        answered("echo", nowNanos);
        tell(caller.id(), new UsageEvent.Accept(answer.get().sdp()), nowNanos);
        publish(new PbxEvent.CallAnswered(id(), caller.id()));
    }

    private void ring(List<Agent> agents, long nowNanos) {
        for (Agent agent : agents) {
            for (Binding phone : context.phones(agent.name())) {
                if (legs.size() <= context.settings().legsMax()) {
                    Party party =
                            new Party.Phone(agent.name(), agent.displayName(), phone.instance());
                    addCallee(party, phone.flow(), phone.contact(), Optional.empty());
                }
            }
        }
        if (legs.size() == 1) {
            end(CallEnd.byPbx("not registered", 480), Optional.empty(), nowNanos);
            return;
        }
        ringUntilNanos = OptionalLong.of(nowNanos + context.settings().ringFor().toNanos());
    }

    private void tryNextTrunk(int lastStatus, long nowNanos) {
        while (!trunksLeft.isEmpty()) {
            TrunkAttempt attempt = trunksLeft.removeFirst();
            Optional<Flow> flow = context.trunkFlow(attempt.trunk());
            if (flow.isPresent()) {
                Party party =
                        new Party.Customer(attempt.trunk(), attempt.number(), Optional.empty());
                SipUri target =
                        SipUri.of(attempt.number(), attempt.trunk().host())
                                .withHostPort(
                                        attempt.trunk().host(),
                                        OptionalInt.of(attempt.trunk().port()));
                addCallee(party, flow.get(), target, attempt.callerId());
                if (legs.callees().getLast().ended()) {
                    continue;
                }
                progressUntilNanos =
                        OptionalLong.of(nowNanos + context.settings().attemptFor().toNanos());
                if (ringUntilNanos.isEmpty()) {
                    ringUntilNanos =
                            OptionalLong.of(nowNanos + context.settings().ringFor().toNanos());
                }
                return;
            }
        }
        int status = failures.isEmpty() ? lastStatus : failures.best();
        end(CallEnd.refused(status), Optional.empty(), nowNanos);
    }

    // ---- the called legs

    /** What the INVITE of a called leg will say, kept while its media is being opened. */
    private record TargetOf(SipUri uri, Optional<String> callerId) {}

    private void addCallee(Party party, Flow flow, SipUri target, Optional<String> callerId) {
        boolean webRtc = flow.transport().webSocket();
        List<Codec> wanted = legs.caller().media().codecs();
        List<Codec> allowed =
                switch (party) {
                    case Party.Phone _ -> wanted;
                    case Party.Customer customer -> Codecs.allowed(wanted, customer.trunk());
                };
        String legId = legs.nextId();
        legs.put(Leg.of(legId, party, flow, LegMedia.offering(allowed, webRtc, sessionId())));
        targets.put(legId, new TargetOf(target, callerId));
        if (allowed.isEmpty()) {
            failures.add(488);
            legOver(legId, "no common codec");
            return;
        }
        openMedia(legs.get(legId));
        publish(new PbxEvent.LegStarted(id(), legId, legs.get(legId).partyName()));
    }

    private void invite(Leg leg, long nowNanos) {
        LegMedia.Said offer = leg.media().offerAgain();
        legs.put(leg.with(offer.next()));
        TargetOf target = targets.get(leg.id());
        if (target == null) {
            throw new IllegalStateException("leg without a target: " + leg.id());
        }
        OutgoingInvite spec =
                Invitation.to(leg, target.uri(), target.callerId(), incoming, context, offer.sdp());
        start(
                leg.id(),
                InviteUsage.calling(
                        spec, context.legSettings(leg.flow()), context.identifiers(), nowNanos),
                nowNanos);
    }

    private void onProgress(String legId, int status) {
        publish(new PbxEvent.LegProgressed(id(), legId, status));
        rings = true;
    }

    /** Once, and only when the same message has not brought early media: that says more. */
    private void tellRinging(long nowNanos) {
        if (rings && state == State.SETTING_UP && toldCaller == 0) {
            toldCaller = 180;
            tell(legs.caller().id(), new UsageEvent.Ring(180, Optional.empty()), nowNanos);
        }
    }

    /** The called side's answer, or the caller's to an offer of ours. */
    private void onAnswer(String legId, String sdp, boolean early, long nowNanos) {
        Leg leg = legs.get(legId);
        switch (leg.media().readAnswer(sdp)) {
            case LegMedia.Read.Refused _ -> onAnswerRefused(legId, nowNanos);
            case LegMedia.Read.Understood(var media) -> {
                legs.put(legs.get(legId).with(media));
                applyMedia(legId);
                if (early && !legs.isCaller(legId) && hopeful().size() == 1) {
                    earlyMedia(legId, nowNanos);
                }
            }
        }
    }

    /** Of a re-offer: the old session stands. Of the first one: there is nothing to talk by. */
    private void onAnswerRefused(String legId, long nowNanos) {
        if (legs.get(legId).media().agreed() || givenUp.contains(legId)) {
            return;
        }
        if (legs.isCaller(legId)) {
            end(CallEnd.byPbx("no common codec", 488), Optional.empty(), nowNanos);
            return;
        }
        failures.add(488);
        giveUp(legId, Optional.of("SIP;cause=488;text=\"Not Acceptable Here\""), nowNanos);
        onCalleeGone(nowNanos);
    }

    /** Ends a called leg that shall not get the call, however long it takes to say so. */
    private void giveUp(String legId, Optional<String> reason, long nowNanos) {
        if (givenUp.add(legId)) {
            tell(legId, new UsageEvent.Hangup(reason), nowNanos);
        }
    }

    /** The called legs that may still get the call. */
    private List<Leg> hopeful() {
        return legs.callees().stream()
                .filter(l -> !l.ended() && !givenUp.contains(l.id()))
                .toList();
    }

    /** Early media of a carrier reaches the caller: announcements, its own ringback (RFC 3960). */
    private void earlyMedia(String legId, long nowNanos) {
        if (state != State.SETTING_UP) {
            return;
        }
        if (toldCaller == 183) {
            effects.add(new CallEffect.Bridge(legs.caller().id(), legId));
            return;
        }
        Optional<LegMedia.Said> answer = answerForCaller(legId);
        if (answer.isPresent()) {
            toldCaller = 183;
            say(legs.caller().id(), answer.get());
            effects.add(new CallEffect.Bridge(legs.caller().id(), legId));
            tell(
                    legs.caller().id(),
                    new UsageEvent.Ring(183, Optional.of(answer.get().sdp())),
                    nowNanos);
        }
    }

    private void onAnswered(String legId, long nowNanos) {
        if (givenUp.contains(legId)) {
            return;
        }
        if (state != State.SETTING_UP) {
            giveUp(legId, Optional.of(ELSEWHERE), nowNanos);
            return;
        }
        Optional<LegMedia.Said> answer = answerForCaller(legId);
        if (answer.isEmpty()) {
            end(CallEnd.byPbx("no common codec", 488), Optional.empty(), nowNanos);
            return;
        }
        winnerId = Optional.of(legId);
        ringUntilNanos = OptionalLong.empty();
        progressUntilNanos = OptionalLong.empty();
        trunksLeft.clear();
        say(legs.caller().id(), answer.get());
        effects.add(new CallEffect.Bridge(legs.caller().id(), legId));
        state = State.TALKING;
        answered(legs.get(legId).partyName(), nowNanos);
        tell(legs.caller().id(), new UsageEvent.Accept(answer.get().sdp()), nowNanos);
        publish(new PbxEvent.CallAnswered(id(), legId));
        for (Leg other : legs.callees()) {
            if (!other.id().equals(legId) && !other.ended()) {
                giveUp(other.id(), Optional.of(ELSEWHERE), nowNanos);
                dropUnsent(other.id());
            }
        }
    }

    /** The caller's answer names the one codec that the called side chose: nothing is decoded. */
    private Optional<LegMedia.Said> answerForCaller(String calleeId) {
        return answerWith(legs.get(calleeId).media().chosen());
    }

    /** Our answer to the caller's offer; our offer where it made none. */
    private Optional<LegMedia.Said> answerWith(List<Codec> wanted) {
        LegMedia caller = legs.caller().media();
        return caller.weOffer() ? Optional.of(caller.offerOf(wanted)) : caller.answer(wanted);
    }

    private void onChallenged(String legId, UsageNotice.Challenged challenged, long nowNanos) {
        Optional<UsageEvent> retry =
                switch (legs.get(legId).party()) {
                    case Party.Customer customer ->
                            context.credentials(customer.trunk(), challenged)
                                    .map(h -> new UsageEvent.Retry(challenged.tx(), h));
                    case Party.Phone _ -> Optional.empty();
                };
        tell(legId, retry.orElseGet(() -> new UsageEvent.GiveUp(challenged.tx())), nowNanos);
    }

    private void onFailed(String legId, int status) {
        if (givenUp.contains(legId)) {
            return;
        }
        failures.add(status);
        if (legs.get(legId).party() instanceof Party.Customer customer) {
            effects.add(
                    new CallEffect.ReportTrunk(
                            customer.trunk(), Failures.anotherTrunkMayHelp(status)));
        }
    }

    // ---- hold, resume, refresh, ICE restart

    private void onReoffer(String legId, String sdp, long nowNanos) {
        Leg leg = legs.get(legId);
        switch (leg.media().readReoffer(sdp)) {
            case LegMedia.Read.Refused(var status, _) ->
                    tell(legId, new UsageEvent.RefuseOffer(status), nowNanos);
            case LegMedia.Read.Understood(var media) -> {
                legs.put(leg.with(media));
                if (media.iceRestarts()) {
                    effects.add(new CallEffect.RestartIce(legId));
                } else {
                    answerReoffer(legs.get(legId), media.local().orElseThrow(), nowNanos);
                }
            }
        }
    }

    private void answerReoffer(Leg leg, LocalMedia local, long nowNanos) {
        LegMedia media = leg.media().opened(local);
        LegMedia.Said answer = media.answerReoffer(other(leg.id()).map(Leg::media));
        say(leg.id(), answer);
        tell(leg.id(), new UsageEvent.AnswerOffer(answer.sdp()), nowNanos);
        boolean held = answer.next().holds();
        if (held ? holding.add(leg.id()) : holding.remove(leg.id())) {
            publish(new PbxEvent.CallHeld(id(), leg.id(), held));
        }
        other(leg.id()).ifPresent(other -> passOn(legs.get(leg.id()), other, nowNanos));
    }

    /** The other side's equipment is told of a hold as well, when its direction changes by it. */
    private void passOn(Leg from, Leg to, long nowNanos) {
        to.media()
                .reofferFor(from.media())
                .ifPresent(said -> {
                    legs.put(to.with(said.next()));
                    tell(to.id(), new UsageEvent.Offer(said.sdp()), nowNanos);
                });
    }

    /** A re-INVITE without an offer asks for ours: the session as it stands. */
    private void reoffer(String legId, long nowNanos) {
        LegMedia.Said said = legs.get(legId).media().offerAgain();
        legs.put(legs.get(legId).with(said.next()));
        tell(legId, new UsageEvent.AnswerOffer(said.sdp()), nowNanos);
    }

    // ---- media

    private void onMedia(MediaEvent event, long nowNanos) {
        publish(new PbxEvent.MediaHappened(id(), event));
        switch (event) {
            case MediaEvent.DtlsFailed(var legId, var reason, _) ->
                    endBecauseOf(legId, "media failed: " + reason, nowNanos);
            case MediaEvent.Silent(var legId, var since, _) ->
                    silences.begin(legId, since, nowNanos);
            case MediaEvent.ConsentLost(var legId) ->
                    silences.begin(legId, Duration.ZERO, nowNanos);
            case MediaEvent.Resumed(var legId) -> silences.end(legId);
            case MediaEvent.Closed(var legId, var statistics) -> {
                silences.end(legId);
                record.mediaClosed(legId, statistics);
                closeIfDone(nowNanos);
            }
            case MediaEvent.IceConnected _,
                    MediaEvent.DtlsConnected _,
                    MediaEvent.DtlsClosed _,
                    MediaEvent.FirstPacket _,
                    MediaEvent.DtmfReceived _ -> {}
        }
    }

    private void endBecauseOf(String legId, String cause, long nowNanos) {
        if (legs.isCaller(legId) || isWinner(legId)) {
            end(CallEnd.byPbx(cause, 480), Optional.empty(), nowNanos);
        } else if (legs.find(legId).filter(l -> !l.ended()).isPresent()) {
            giveUp(legId, Optional.empty(), nowNanos);
            onCalleeGone(nowNanos);
        }
    }

    private void relay(String legId, InfoDtmf dtmf) {
        other(legId)
                .ifPresent(other ->
                        effects.add(
                                new CallEffect.SendDtmf(
                                        other.id(), dtmf.digit(), dtmf.durationMillis())));
    }

    private void say(String legId, LegMedia.Said said) {
        legs.put(legs.get(legId).with(said.next()));
        applyMedia(legId);
    }

    private void applyMedia(String legId) {
        legs.get(legId)
                .media()
                .parameters(sourceRule(legs.get(legId)))
                .ifPresent(p -> effects.add(new CallEffect.ApplyMedia(legId, p)));
    }

    // ---- connections come and go

    private void onFlowClosed(Flow flow, long nowNanos) {
        for (Leg leg : legs.all()) {
            if (!leg.ended() && leg.flow().equals(flow) && !leg.lost()) {
                legs.put(leg.lostAt(nowNanos));
                publish(new PbxEvent.LegLost(id(), leg.id()));
            }
        }
    }

    private void onPhoneReturned(String agent, Optional<String> instance, Flow flow) {
        for (Leg leg : legs.all()) {
            if (!leg.ended() && leg.isPhoneOf(agent, instance) && awaits(leg, flow)) {
                legs.put(leg.returnedOn(flow));
                leg.usage().ifPresent(usage -> listen(legs.get(leg.id()), usage));
                leg.unsent()
                        .forEach(r ->
                                effects.add(
                                        new CallEffect.SendRequest(
                                                r.legId(), r.id(), r.request(), flow)));
                publish(new PbxEvent.LegReturned(id(), leg.id()));
            }
        }
    }

    /**
     * A phone that names its instance may be back before its old connection is known to be gone:
     * after a change of network that takes as long as a ping. One that does not is only awaited.
     */
    private static boolean awaits(Leg leg, Flow flow) {
        boolean named = leg.party() instanceof Party.Phone phone && phone.instance().isPresent();
        return leg.lost() || named && !leg.flow().equals(flow);
    }

    private OptionalLong lostUntil(Leg leg) {
        return leg.lost() && !leg.ended()
                ? OptionalLong.of(
                        leg.lostSinceNanos().getAsLong()
                                + context.settings().keepLostFor().toNanos())
                : OptionalLong.empty();
    }

    private void dropUnsent(String legId) {
        Leg leg = legs.get(legId);
        if (leg.lost()) {
            legs.put(leg.returnedOn(leg.flow()).lostAt(leg.lostSinceNanos().getAsLong()));
        }
    }

    // ---- time

    private void onTick(long nowNanos) {
        for (Leg leg : legs.all()) {
            if (!leg.ended()
                    && leg.usage().filter(u -> due(u.deadlineNanos(), nowNanos)).isPresent()) {
                onSip(leg.id(), new UsageEvent.Tick(), nowNanos);
            }
            if (due(lostUntil(legs.get(leg.id())), nowNanos)) {
                giveUpLost(leg.id(), nowNanos);
            }
        }
        if (due(progressUntilNanos, nowNanos)) {
            giveUpSilentTrunk(nowNanos);
        }
        if (due(ringUntilNanos, nowNanos)) {
            ringUntilNanos = OptionalLong.empty();
            end(new CallEnd(HangupSide.PBX, "no answer", 480), Optional.empty(), nowNanos);
        }
        if (due(talkUntilNanos, nowNanos)) {
            talkUntilNanos = OptionalLong.empty();
            end(CallEnd.byPbx("maximum length reached", 480), Optional.empty(), nowNanos);
        }
        for (String legId : silences.over(nowNanos)) {
            endBecauseOf(legId, "no media received", nowNanos);
        }
        if (due(closeByNanos, nowNanos)) {
            finish(nowNanos);
        }
    }

    /** It cannot even be cancelled before it says something (RFC 3261 §9.1): the next one now. */
    private void giveUpSilentTrunk(long nowNanos) {
        progressUntilNanos = OptionalLong.empty();
        for (Leg leg : hopeful()) {
            onFailed(leg.id(), 408);
            giveUp(leg.id(), Optional.empty(), nowNanos);
        }
        onCalleeGone(nowNanos);
    }

    private void giveUpLost(String legId, long nowNanos) {
        legOver(legId, "network lost");
        if (legs.isCaller(legId) || isWinner(legId)) {
            HangupSide side = legs.isCaller(legId) ? HangupSide.CALLER : HangupSide.CALLEE;
            end(new CallEnd(side, "network lost", 480), Optional.empty(), nowNanos);
        } else {
            onCalleeGone(nowNanos);
        }
        closeIfDone(nowNanos);
    }

    // ---- the end

    private void onLegEnded(String legId, EndCause cause, long nowNanos) {
        if (legs.get(legId).ended()) {
            return;
        }
        legOver(legId, cause.kind().name());
        if (state == State.ENDING) {
            closeIfDone(nowNanos);
        } else if (legs.isCaller(legId)) {
            boolean cancelled = state == State.SETTING_UP && Causes.isNormal(cause);
            end(
                    cancelled ? CallEnd.cancelled() : Causes.of(cause, HangupSide.CALLER),
                    Optional.empty(),
                    nowNanos);
        } else if (isWinner(legId)) {
            end(Causes.of(cause, HangupSide.CALLEE), Optional.empty(), nowNanos);
        } else {
            onCalleeGone(nowNanos);
        }
    }

    /** One called leg less: the next trunk, or the best of what the others said. */
    private void onCalleeGone(long nowNanos) {
        if (state != State.SETTING_UP || !hopeful().isEmpty()) {
            return;
        }
        int status = failures.best();
        if (!trunksLeft.isEmpty() && Failures.anotherTrunkMayHelp(status)) {
            failures.clear();
            tryNextTrunk(status, nowNanos);
        } else {
            end(CallEnd.refused(status), Optional.empty(), nowNanos);
        }
    }

    /** Ends every leg that still lives; the caller's by a refusal when it was never answered. */
    private void end(CallEnd end, Optional<UsageEvent> forCaller, long nowNanos) {
        if (state == State.ENDING || state == State.ENDED) {
            return;
        }
        boolean answered = state == State.TALKING;
        state = State.ENDING;
        ringUntilNanos = OptionalLong.empty();
        progressUntilNanos = OptionalLong.empty();
        talkUntilNanos = OptionalLong.empty();
        trunksLeft.clear();
        record.ended(end, nowNanos);
        Optional<String> reason = Causes.reasonHeader(end);
        for (Leg leg : legs.all()) {
            if (leg.ended()) {
                continue;
            }
            if (leg.usage().isEmpty() || leg.usage().get().phase() == Phase.ENDED) {
                legOver(leg.id(), end.cause());
                continue;
            }
            UsageEvent command =
                    legs.isCaller(leg.id()) && !answered
                            ? forCaller.orElseGet(() ->
                                    new UsageEvent.Reject(end.status(), "", Causes.headers(end)))
                            : new UsageEvent.Hangup(reason);
            tell(leg.id(), command, nowNanos);
        }
        closeIfDone(nowNanos);
    }

    private void legOver(String legId, String cause) {
        Leg leg = legs.get(legId);
        if (leg.ended()) {
            return;
        }
        legs.put(leg.over());
        if (mediaAsked.remove(legId)) {
            effects.add(new CallEffect.CloseMedia(legId));
        }
        publish(new PbxEvent.LegEnded(id(), legId, cause));
    }

    private void closeIfDone(long nowNanos) {
        if (state != State.ENDING || !legs.allEnded()) {
            return;
        }
        if (record.complete()) {
            finish(nowNanos);
        } else if (closeByNanos.isEmpty()) {
            closeByNanos = OptionalLong.of(nowNanos + CLOSING_MAX_NANOS);
        }
    }

    private void finish(long nowNanos) {
        closeByNanos = OptionalLong.empty();
        state = State.ENDED;
        Cdr cdr = record.write(legs.caller().id(), winnerId, legs.size(), nowNanos);
        effects.add(new CallEffect.Write(cdr));
        publish(new PbxEvent.CallEnded(id(), cdr));
    }

    // ---- small words

    private void answered(String by, long nowNanos) {
        record.answered(by, nowNanos);
        talkUntilNanos = OptionalLong.of(nowNanos + context.settings().lengthMax().toNanos());
    }

    /** What the call is like now, for those who only look. */
    CallSnapshot snapshot() {
        return record.snapshot(legs.size());
    }

    private List<CallEffect> drain() {
        List<CallEffect> out = List.copyOf(effects);
        effects.clear();
        return out;
    }

    private void publish(PbxEvent event) {
        effects.add(new Publish(event));
    }

    /** 62 random bits for the o= line (RFC 8829 §5.2.1). */
    private long sessionId() {
        long high = context.identifiers().tag().hashCode() & 0x7FFFFFFFL;
        long low = context.identifiers().tag().hashCode() & 0x7FFFFFFFL;
        return high << 31 | low;
    }

    private boolean isWinner(String legId) {
        return winnerId.filter(legId::equals).isPresent();
    }

    /** Whom this leg talks with. */
    private Optional<Leg> other(String legId) {
        if (winnerId.isEmpty()) {
            return Optional.empty();
        }
        return legs.find(legs.isCaller(legId) ? winnerId.get() : legs.caller().id())
                .filter(l -> !l.ended());
    }

    private static List<Codec> codecs(Leg leg) {
        return switch (leg.party()) {
            case Party.Customer customer -> Codecs.of(customer.trunk());
            case Party.Phone _ -> Codecs.ALL;
        };
    }

    private static SourceRule sourceRule(Leg leg) {
        return leg.party() instanceof Party.Customer customer && customer.trunk().latch()
                ? SourceRule.LATCHED
                : SourceRule.SIGNALLED;
    }

    private static boolean due(OptionalLong deadline, long nowNanos) {
        return deadline.isPresent() && deadline.getAsLong() - nowNanos <= 0;
    }

    private static OptionalLong earlier(OptionalLong one, OptionalLong other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.isEmpty() ? other : one;
        }
        return one.getAsLong() - other.getAsLong() <= 0 ? one : other;
    }
}
