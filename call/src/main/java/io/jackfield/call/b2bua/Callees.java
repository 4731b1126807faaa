package io.jackfield.call.b2bua;

import io.jackfield.call.edge.Flow;
import io.jackfield.call.event.PbxEvent;
import io.jackfield.call.registrar.Binding;
import io.jackfield.call.routing.Agent;
import io.jackfield.call.routing.Destination;
import io.jackfield.protocol.sdp.Codec;
import io.jackfield.protocol.sip.SipResponse;
import io.jackfield.protocol.sip.SipUri;
import io.jackfield.protocol.sip.dialog.InviteUsage;
import io.jackfield.protocol.sip.dialog.OutgoingInvite;
import io.jackfield.protocol.sip.dialog.UsageEvent;
import io.jackfield.protocol.sip.dialog.UsageNotice;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Legs that are called for one purpose: all phones of the agents at once, or trunks one after the
 * other. The first to answer has it; what the others said decides what is told when nobody does.
 *
 * <p>Confined to its call.
 */
final class Callees {
    private static final String ELSEWHERE = "SIP;cause=200;text=\"Call completed elsewhere\"";
    private static final String UNACCEPTABLE = "SIP;cause=488;text=\"Not Acceptable Here\"";

    /** What the INVITE of a called leg will say, kept while its media is being opened. */
    private record Target(SipUri uri, Optional<String> callerId) {}

    /** Why somebody is called, and what follows. */
    interface Purpose {
        /** What whoever they would talk with speaks: that comes first. */
        List<Codec> codecs();

        /** Who calls, as the called one sees it. */
        Party from();

        /** Somebody rings; told of each. */
        void rings(int status);

        /** A description before the answer, of the only one who may still answer. */
        void early(Leg callee);

        /**
         * That one has answered first.
         *
         * @return false when the two have no codec in common
         */
        boolean connect(Leg callee);

        /** Whether whoever answers waits for a word before talking with anybody. */
        default boolean isOffer() {
            return false;
        }

        /** Nobody has; told once, unless the call ends meanwhile. */
        void failed(CallEnd why);
    }

    private final CallState state;
    private final Dialogs dialogs;
    private final MediaControl media;
    private final Endings endings;
    private final Purpose purpose;
    private final OptionalLong ringForNanos;
    private final TrunkAttempts attempts;
    private final Failures failures = new Failures();
    private final Map<String, Target> targets = new LinkedHashMap<>();

    /** Somebody has answered, or nobody is waited for any more. */
    private boolean over;

    /** Legs that were told to hang up and have not ended yet: they count no more. */
    private final Set<String> givenUp = new HashSet<>();

    private OptionalLong ringUntilNanos = OptionalLong.empty();

    /**
     * @param ringForNanos how long they ring; empty where somebody else says when it is enough
     */
    Callees(
            CallState state,
            Dialogs dialogs,
            MediaControl media,
            Endings endings,
            Purpose purpose,
            OptionalLong ringForNanos) {
        this.state = state;
        this.dialogs = dialogs;
        this.media = media;
        this.endings = endings;
        this.purpose = purpose;
        this.ringForNanos = ringForNanos;
        this.attempts = new TrunkAttempts(state);
    }

    /** Whether somebody may still answer. */
    boolean open() {
        return !over && !state.ending() && !state.ended();
    }

    /** Whether that leg was called for this. */
    boolean has(String legId) {
        return targets.containsKey(legId);
    }

    private void fail(CallEnd why) {
        if (open()) {
            over = true;
            purpose.failed(why);
        }
    }

    // ---- whom to call

    /** Calls whoever that is; echoes are not for others to be called into. */
    void call(Destination destination) {
        switch (destination) {
            case Destination.Agents(var agents) -> ring(agents);
            case Destination.Trunks(var trunks) -> {
                attempts.of(trunks);
                tryNextTrunk(503);
            }
            case Destination.WithToken _ -> fail(CallEnd.byPbx("call token required", 403));
            case Destination.Echo(),
                    Destination.QualityEcho(),
                    Destination.Waiting _,
                    Destination.InMenu _,
                    Destination.Unknown() ->
                    fail(CallEnd.byPbx("number not found", 404));
        }
    }

    private void ring(List<Agent> agents) {
        for (Agent agent : agents) {
            for (Binding phone : state.context().phones(agent.name())) {
                if (state.legs().living() <= state.settings().legsMax()) {
                    Party party = Party.Phone.of(agent, phone.instance());
                    add(party, phone.flow(), new Target(phone.contact(), Optional.empty()));
                }
            }
        }
        if (targets.isEmpty()) {
            fail(CallEnd.byPbx("not registered", 480));
            return;
        }
        ringFromNow();
    }

    private void tryNextTrunk(int lastStatus) {
        Optional<TrunkAttempts.Attempt> next = attempts.next();
        while (next.isPresent()) {
            TrunkAttempts.Attempt attempt = next.get();
            Target target = new Target(attempt.target(), attempt.callerId());
            if (!add(attempt.party(), attempt.flow(), target).ended()) {
                attempts.called();
                if (ringUntilNanos.isEmpty()) {
                    ringFromNow();
                }
                return;
            }
            next = attempts.next();
        }
        fail(CallEnd.refused(failures.isEmpty() ? lastStatus : failures.best()));
    }

    private void ringFromNow() {
        ringUntilNanos =
                ringForNanos.isPresent()
                        ? OptionalLong.of(state.nowNanos() + ringForNanos.getAsLong())
                        : OptionalLong.empty();
    }

    /** A new leg, whose media is being opened; over at once when no codec fits. */
    private Leg add(Party party, Flow flow, Target target) {
        boolean webRtc = flow.transport().webSocket();
        // One that talks already has its codec: the called one had better take that.
        List<Codec> allowed = Codecs.offered(purpose.codecs(), purpose.from(), party);
        String legId = state.legs().nextId();
        state.legs().put(Leg.of(legId, party, flow, media.offering(allowed, webRtc)));
        targets.put(legId, target);
        if (allowed.isEmpty()) {
            failures.add(488);
            endings.legOver(legId, "no common codec");
        } else {
            media.open(state.legs().get(legId));
            state.publish(
                    new PbxEvent.LegStarted(
                            state.id(), legId, state.legs().get(legId).partyName()));
        }
        return state.legs().get(legId);
    }

    /** The leg's media is there: the INVITE can go out. */
    void invite(Leg leg) {
        LegMedia.Said offer = leg.media().offerAgain();
        state.legs().put(leg.with(offer.next()));
        Target target = targets.get(leg.id());
        if (target == null) {
            throw new IllegalStateException("leg without a target: " + leg.id());
        }
        CallContext context = state.context();
        OutgoingInvite spec =
                Invitation.to(
                        leg,
                        target.uri(),
                        target.callerId(),
                        purpose.from(),
                        state.newCall(),
                        context,
                        offer.sdp());
        dialogs.start(
                leg.id(),
                InviteUsage.calling(
                        spec,
                        context.legSettings(leg.flow()),
                        context.identifiers(),
                        state.nowNanos()));
    }

    /** There is no media for that leg: it is not called. */
    void onMediaRefused(String legId, String reason) {
        failures.add(503);
        endings.legOver(legId, reason);
        onGone();
    }

    // ---- what they say

    void onProgress(String legId, int status) {
        state.publish(new PbxEvent.LegProgressed(state.id(), legId, status));
        if (open()) {
            purpose.rings(status);
        }
    }

    /** A description before the answer; of several phones that ring, none is heard. */
    void onEarlyAnswer(String legId) {
        if (open() && hopeful().size() == 1) {
            purpose.early(state.legs().get(legId));
        }
    }

    /** An answer that does not fit our offer: there is nothing to talk by. */
    void onUnfitAnswer(String legId) {
        if (isGivenUp(legId)) {
            return;
        }
        failures.add(488);
        giveUp(legId, Optional.of(UNACCEPTABLE));
        onGone();
    }

    void onAnswered(String legId) {
        if (isGivenUp(legId)) {
            return;
        }
        if (!open()) {
            giveUp(legId, Optional.of(ELSEWHERE));
            return;
        }
        over = true;
        if (!purpose.connect(state.legs().get(legId))) {
            purpose.failed(CallEnd.byPbx("no common codec", 488));
            cancel(Optional.of(UNACCEPTABLE));
            return;
        }
        Leg winner = state.legs().get(legId);
        report(winner.party(), false);
        state.agentIsIn(winner, !purpose.isOffer());
        giveUpOthers(legId);
    }

    private void giveUpOthers(String winnerId) {
        for (Leg other : legs()) {
            if (!other.id().equals(winnerId) && !other.ended()) {
                giveUp(other.id(), Optional.of(ELSEWHERE));
                state.legs().put(state.legs().get(other.id()).withoutUnsent());
            }
        }
    }

    /**
     * Nobody is to be called any more: those who ring are told so, and none of them is waited for.
     */
    void cancel(Optional<String> reason) {
        over = true;
        if (!state.ending() && !state.ended()) {
            hopeful().forEach(leg -> giveUp(leg.id(), reason));
        }
    }

    /** Only a carrier is told our password for it (threat T6). */
    void onChallenged(String legId, UsageNotice.Challenged challenged) {
        Optional<UsageEvent> retry =
                switch (state.legs().get(legId).party()) {
                    case Party.Customer customer ->
                            state.context()
                                    .credentials(customer.trunk(), challenged)
                                    .map(h -> new UsageEvent.Retry(challenged.tx(), h));
                    case Party.Phone _ -> Optional.empty();
                };
        dialogs.tell(legId, retry.orElseGet(() -> new UsageEvent.GiveUp(challenged.tx())));
    }

    void onFailed(String legId, int status) {
        if (isGivenUp(legId)) {
            return;
        }
        Party party = state.legs().get(legId).party();
        failures.add(Failures.of(party, status));
        report(party, Failures.anotherTrunkMayHelp(status));
    }

    private void report(Party party, boolean failed) {
        if (party instanceof Party.Customer customer) {
            state.effect(new CallEffect.ReportTrunk(customer.trunk(), failed));
        }
    }

    // ---- who is still in the race

    /** The called legs that may still get the call. */
    private List<Leg> hopeful() {
        return legs().stream().filter(l -> !l.ended() && !isGivenUp(l.id())).toList();
    }

    /** Whether nobody of these matters to the call any more. */
    boolean mayBeForgotten() {
        return !open() && legs().stream().allMatch(leg -> leg.ended() && !state.isNeeded(leg.id()));
    }

    /** All that were called for this, as they are now. */
    List<Leg> legs() {
        return targets.keySet().stream().flatMap(id -> state.legs().find(id).stream()).toList();
    }

    boolean isGivenUp(String legId) {
        return givenUp.contains(legId);
    }

    /** Ends a called leg that shall not get the call, however long it takes to say so. */
    void giveUp(String legId, Optional<String> reason) {
        if (givenUp.add(legId)) {
            dialogs.tell(legId, new UsageEvent.Hangup(reason));
        }
    }

    /** One called leg less: the next trunk, or the best of what the others said. */
    void onGone() {
        if (!open() || !hopeful().isEmpty()) {
            return;
        }
        int status = failures.best();
        if (!attempts.isEmpty() && Failures.anotherTrunkMayHelp(status)) {
            failures.clear();
            tryNextTrunk(status);
        } else {
            fail(CallEnd.refused(status));
        }
    }

    /** A response has come for that leg. */
    void heard(SipResponse response) {
        attempts.heard(response);
    }

    // ---- time

    void onTick() {
        if (open() && attempts.silentForTooLong()) {
            giveUpSilentTrunk();
        }
        if (open() && Deadlines.due(ringUntilNanos, state.nowNanos())) {
            fail(CallEnd.byPbx("no answer", 480));
            cancel(Optional.empty());
        }
    }

    /** It cannot even be cancelled before it says something (RFC 3261 §9.1): the next one now. */
    private void giveUpSilentTrunk() {
        for (Leg leg : hopeful()) {
            onFailed(leg.id(), 408);
            giveUp(leg.id(), Optional.empty());
        }
        onGone();
    }

    OptionalLong deadlineNanos() {
        return open()
                ? Deadlines.earlier(ringUntilNanos, attempts.deadlineNanos())
                : OptionalLong.empty();
    }
}
