package io.jackfield.call.b2bua;

import io.jackfield.call.edge.Flow;
import io.jackfield.call.event.PbxEvent;
import io.jackfield.call.registrar.Binding;
import io.jackfield.call.routing.Agent;
import io.jackfield.call.routing.Destination;
import io.jackfield.protocol.sdp.Codec;
import io.jackfield.protocol.sip.SipUri;
import io.jackfield.protocol.sip.dialog.InviteUsage;
import io.jackfield.protocol.sip.dialog.OutgoingInvite;
import io.jackfield.protocol.sip.dialog.UsageEvent;
import io.jackfield.protocol.sip.dialog.UsageNotice;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The called legs until one has the call: all phones of the agents at once, or trunks one after the
 * other. The first to answer wins; what the others said decides what the caller hears when nobody
 * does.
 *
 * <p>Confined to its call.
 */
final class Callees {
    private static final String ELSEWHERE = "SIP;cause=200;text=\"Call completed elsewhere\"";
    private static final String UNACCEPTABLE = "SIP;cause=488;text=\"Not Acceptable Here\"";

    /** What the INVITE of a called leg will say, kept while its media is being opened. */
    private record Target(SipUri uri, Optional<String> callerId) {}

    private final CallState state;
    private final Dialogs dialogs;
    private final MediaControl media;
    private final Endings endings;
    private final Caller caller;
    private final TrunkAttempts attempts;
    private final Failures failures = new Failures();
    private final Map<String, Target> targets = new HashMap<>();

    /** Legs that were told to hang up and have not ended yet: they count no more. */
    private final Set<String> givenUp = new HashSet<>();

    private OptionalLong ringUntilNanos = OptionalLong.empty();

    Callees(
            CallState state,
            Dialogs dialogs,
            MediaControl media,
            Endings endings,
            Caller caller,
            TrunkAttempts attempts) {
        this.state = state;
        this.dialogs = dialogs;
        this.media = media;
        this.endings = endings;
        this.caller = caller;
        this.attempts = attempts;
    }

    // ---- whom to call

    void call(Destination destination) {
        switch (destination) {
            case Destination.Echo() -> caller.echo();
            case Destination.QualityEcho() -> caller.qualityEcho();
            case Destination.Agents(var agents) -> ring(agents);
            case Destination.Trunks(var trunks) -> {
                attempts.of(trunks);
                tryNextTrunk(503);
            }
            case Destination.WithToken _ -> endings.end(CallEnd.byPbx("call token required", 403));
            case Destination.Unknown() -> endings.end(CallEnd.byPbx("number not found", 404));
        }
    }

    private void ring(List<Agent> agents) {
        for (Agent agent : agents) {
            for (Binding phone : state.context().phones(agent.name())) {
                if (state.legs().size() <= state.settings().legsMax()) {
                    Party party = Party.Phone.of(agent, phone.instance());
                    add(party, phone.flow(), new Target(phone.contact(), Optional.empty()));
                }
            }
        }
        if (state.legs().size() == 1) {
            endings.end(CallEnd.byPbx("not registered", 480));
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
        int status = failures.isEmpty() ? lastStatus : failures.best();
        endings.end(CallEnd.refused(status));
    }

    private void ringFromNow() {
        ringUntilNanos = OptionalLong.of(state.nowNanos() + state.settings().ringFor().toNanos());
    }

    /** A new leg, whose media is being opened; over at once when no codec fits. */
    private Leg add(Party party, Flow flow, Target target) {
        boolean webRtc = flow.transport().webSocket();
        Leg calling = state.legs().caller();
        // After early media the caller has its codec: the next trunk had better take that one.
        List<Codec> allowed = Codecs.offered(calling.media().chosen(), calling.party(), party);
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
                        state.incoming(),
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
        caller.rings();
    }

    /** A description before the answer; of several phones that ring, none is heard. */
    void onEarlyAnswer(String legId) {
        if (hopeful().size() == 1) {
            caller.earlyMedia(state.legs().get(legId));
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
        if (!state.settingUp()) {
            giveUp(legId, Optional.of(ELSEWHERE));
            return;
        }
        if (!caller.connect(state.legs().get(legId))) {
            endings.end(CallEnd.byPbx("no common codec", 488));
            return;
        }
        report(state.legs().get(legId).party(), false);
        for (Leg other : state.legs().callees()) {
            if (!other.id().equals(legId) && !other.ended()) {
                giveUp(other.id(), Optional.of(ELSEWHERE));
                state.legs().put(state.legs().get(other.id()).withoutUnsent());
            }
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
        return state.legs().callees().stream()
                .filter(l -> !l.ended() && !isGivenUp(l.id()))
                .toList();
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
        if (!state.settingUp() || !hopeful().isEmpty()) {
            return;
        }
        int status = failures.best();
        if (!attempts.isEmpty() && Failures.anotherTrunkMayHelp(status)) {
            failures.clear();
            tryNextTrunk(status);
        } else {
            endings.end(CallEnd.refused(status));
        }
    }

    // ---- time

    void onTick() {
        if (state.settingUp() && attempts.silentForTooLong()) {
            giveUpSilentTrunk();
        }
        if (state.settingUp() && Deadlines.due(ringUntilNanos, state.nowNanos())) {
            endings.end(CallEnd.byPbx("no answer", 480));
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
        return state.settingUp()
                ? Deadlines.earlier(ringUntilNanos, attempts.deadlineNanos())
                : OptionalLong.empty();
    }
}
