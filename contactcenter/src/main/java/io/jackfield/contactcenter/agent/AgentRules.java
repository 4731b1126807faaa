package io.jackfield.contactcenter.agent;

import io.jackfield.contactcenter.CallId;
import io.jackfield.contactcenter.site.AgentSettings;
import io.jackfield.contactcenter.site.BreakReasons;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The state machine of one agent: {@code (agent, event, now) → next}. */
public final class AgentRules {
    /** Far more calls than one person can have; beyond it a call is not noted. */
    static final int CONVERSATIONS_MAX = 8;

    private final AgentSettings settings;
    private final Set<String> breakReasons;
    private final Instant now;
    private Agent agent;
    private Optional<Long> dropped = Optional.empty();
    private Optional<String> refused = Optional.empty();

    private AgentRules(Agent agent, AgentSettings settings, Set<String> breakReasons, Instant now) {
        this.agent = agent;
        this.settings = settings;
        this.breakReasons = breakReasons;
        this.now = now;
    }

    /**
     * @param breakReasons that may be asked for
     */
    public static AgentStep step(
            Agent agent,
            AgentEvent event,
            AgentSettings settings,
            Set<String> breakReasons,
            Instant now) {
        AgentRules rules = new AgentRules(agent, settings, breakReasons, now);
        AgentCause cause = rules.on(event);
        Optional<AskedBy> by =
                event instanceof AgentEvent.Asked(_, var who) ? Optional.of(who) : Optional.empty();
        return new AgentStep(
                rules.agent,
                change(agent, rules.agent, cause, by, now),
                rules.dropped,
                rules.refused);
    }

    private static Optional<AgentChange> change(
            Agent before, Agent after, AgentCause cause, Optional<AskedBy> by, Instant now) {
        if (before.state().equals(after.state())) {
            return Optional.empty();
        }
        Duration lasted = Duration.between(before.since(), now);
        return Optional.of(
                new AgentChange(
                        before.id(), before.state(), after.state(), cause, by, now, lasted));
    }

    private AgentCause on(AgentEvent event) {
        return switch (event) {
            case AgentEvent.Registered() -> registered();
            case AgentEvent.PhoneGone() -> phoneGone();
            case AgentEvent.Asked(var request, var by) -> asked(request, by);
            case AgentEvent.Offered(var offer) -> offered(offer);
            case AgentEvent.Rings(var offer) -> rings(offer);
            case AgentEvent.Answered(var offer, var talk) -> answered(offer, talk);
            case AgentEvent.Missed(var offer, _) -> missed(offer);
            case AgentEvent.Withdrawn(var offer) -> withdrawn(offer);
            case AgentEvent.CallBegan(var talk) -> callBegan(talk);
            case AgentEvent.CallHeld(var call, var held) -> callHeld(call, held);
            case AgentEvent.CallEnded(var call) -> callEnded(call, true);
            case AgentEvent.CallFailed(var call) -> callEnded(call, false);
            case AgentEvent.Tick() -> tick();
        };
    }

    private void become(AgentState next) {
        agent = agent.in(next, now);
    }

    // ---- the phone

    private AgentCause registered() {
        agent = agent.registered(true);
        switch (agent.state()) {
            case AgentState.Offline() ->
                    become(
                            settings.readyAtLogin()
                                    ? AgentState.Ready.from(now)
                                    : new AgentState.OnBreak(BreakReasons.LOGGED_IN));
            case AgentState.NetworkLost(var kept, _) -> comeBackTo(kept);
            case AgentState.Lasting _, AgentState.Reserved _, AgentState.Ringing _ -> {}
        }
        return AgentCause.REGISTERED;
    }

    /** A wrap-up that ran out meanwhile is over; one that did not goes on. */
    private void comeBackTo(AgentState.Lasting kept) {
        become(kept);
        switch (kept) {
            case AgentState.WrapUp wrapUp -> {
                if (!wrapUp.endsAt().isAfter(now)) {
                    wrapUpOver();
                }
            }
            case AgentState.Ready _, AgentState.OnBreak _ -> grantWish();
            case AgentState.OnCall _ -> {}
        }
    }

    private AgentCause phoneGone() {
        agent = agent.registered(false);
        switch (agent.state()) {
            case AgentState.Reserved(var offer, var was) -> lostWithOffer(offer, was);
            case AgentState.Ringing(var offer, var was) -> lostWithOffer(offer, was);
            case AgentState.Lasting lasting -> lost(lasting);
            case AgentState.Offline _, AgentState.NetworkLost _ -> {}
        }
        return AgentCause.PHONE_LOST;
    }

    private void lostWithOffer(long offer, AgentState.Ready was) {
        dropped = Optional.of(offer);
        lost(was);
    }

    private void lost(AgentState.Lasting kept) {
        become(new AgentState.NetworkLost(kept, now.plus(settings.grace())));
    }

    // ---- what is asked for

    private AgentCause asked(AgentRequest request, AskedBy by) {
        boolean forced = by.role() == AskedBy.Role.SUPERVISOR;
        switch (request) {
            case AgentRequest.Ready() -> askedToRest(request, forced);
            case AgentRequest.Break(var reason) -> {
                if (breakReasons.contains(reason)) {
                    askedToRest(request, forced);
                } else {
                    refuse("no such break reason");
                }
            }
            case AgentRequest.Offline() -> askedOffline();
            case AgentRequest.ExtendWrapUp() -> extendWrapUp();
            case AgentRequest.FinishWrapUp() -> finishWrapUp(forced);
        }
        return AgentCause.ASKED;
    }

    private void refuse(String reason) {
        refused = Optional.of(reason);
    }

    /** Ready or break: now, or once what keeps the agent busy is over. */
    private void askedToRest(AgentRequest request, boolean forced) {
        switch (agent.state()) {
            case AgentState.Offline() -> {
                if (agent.registered()) {
                    rest(request);
                } else {
                    refuse("no phone is registered");
                }
            }
            case AgentState.WrapUp(_, _, _, _, var rules) -> {
                if (rules.earlyFinish() || forced) {
                    rest(request);
                } else {
                    wish(request);
                }
            }
            case AgentState.Ready ready -> {
                if (!(request instanceof AgentRequest.Ready)) {
                    rest(request);
                } else if (ready.notBefore().isPresent()) {
                    become(new AgentState.Ready(ready.idleSince(), Optional.empty()));
                }
            }
            case AgentState.OnBreak _ -> rest(request);
            case AgentState.Reserved _,
                    AgentState.Ringing _,
                    AgentState.OnCall _,
                    AgentState.NetworkLost _ ->
                    wish(request);
        }
    }

    private void wish(AgentRequest request) {
        agent = agent.wishing(Optional.of(request));
    }

    private void rest(AgentRequest request) {
        agent = agent.wishing(Optional.empty()).missedInRow(0);
        become(
                switch (request) {
                    case AgentRequest.Break(var reason) -> new AgentState.OnBreak(reason);
                    case AgentRequest.Offline() -> new AgentState.Offline();
                    case AgentRequest.Ready _,
                            AgentRequest.ExtendWrapUp _,
                            AgentRequest.FinishWrapUp _ ->
                            AgentState.Ready.from(now);
                });
    }

    /** Who goes home goes at once, wrap-up or not; only a call is ended first. */
    private void askedOffline() {
        AgentRequest request = new AgentRequest.Offline();
        switch (agent.state()) {
            case AgentState.Reserved(var offer, _) -> offlineWithOffer(offer);
            case AgentState.Ringing(var offer, _) -> offlineWithOffer(offer);
            case AgentState.OnCall _, AgentState.NetworkLost(AgentState.OnCall _, _) ->
                    wish(request);
            case AgentState.Resting _, AgentState.NetworkLost _ -> rest(request);
            case AgentState.Offline _ -> {}
        }
    }

    private void offlineWithOffer(long offer) {
        dropped = Optional.of(offer);
        rest(new AgentRequest.Offline());
    }

    private void extendWrapUp() {
        if (!(agent.state() instanceof AgentState.WrapUp wrapUp)) {
            refuse("there is no wrap-up now");
        } else if (wrapUp.extensions() >= wrapUp.rules().extensionsMax()) {
            refuse("it may be extended " + wrapUp.rules().extensionsMax() + " times");
        } else {
            become(
                    new AgentState.WrapUp(
                            wrapUp.queue(),
                            wrapUp.call(),
                            wrapUp.endsAt().plus(wrapUp.rules().extension()),
                            wrapUp.extensions() + 1,
                            wrapUp.rules()));
        }
    }

    private void finishWrapUp(boolean forced) {
        if (!(agent.state() instanceof AgentState.WrapUp wrapUp)) {
            refuse("there is no wrap-up now");
        } else if (!wrapUp.rules().earlyFinish() && !forced) {
            refuse("this queue's wrap-up may not be finished early");
        } else {
            wrapUpOver();
        }
    }

    // ---- offers

    private AgentCause offered(long offer) {
        if (!(agent.state() instanceof AgentState.Ready ready) || !agent.free()) {
            throw new IllegalStateException("offer to an agent who is " + agent.status());
        }
        become(new AgentState.Reserved(offer, ready));
        return AgentCause.OFFERED;
    }

    private AgentCause rings(long offer) {
        if (agent.state() instanceof AgentState.Reserved(var mine, var was) && mine == offer) {
            become(new AgentState.Ringing(offer, was));
        }
        return AgentCause.PHONE_RINGS;
    }

    private AgentCause answered(long offer, Conversation conversation) {
        was(offer)
                .ifPresent(was -> {
                    become(new AgentState.OnCall(List.of(conversation), was, Optional.empty()));
                    agent = agent.answered();
                });
        return AgentCause.ANSWERED;
    }

    /** Ready again after a while; but after too many in a row, not ready. */
    private AgentCause missed(long offer) {
        if (was(offer).isPresent()) {
            agent = agent.missedInRow(agent.missedInRow() + 1);
            if (agent.wish().isPresent()) {
                grantWish();
            } else if (agent.missedInRow() >= settings.missedMax()) {
                agent = agent.missedInRow(0);
                become(new AgentState.OnBreak(BreakReasons.MISSED));
            } else {
                become(readyAfterMiss());
            }
        }
        return AgentCause.MISSED;
    }

    private AgentState.Ready readyAfterMiss() {
        return settings.afterMissed().isZero()
                ? AgentState.Ready.from(now)
                : new AgentState.Ready(now, Optional.of(now.plus(settings.afterMissed())));
    }

    private AgentCause withdrawn(long offer) {
        was(offer)
                .ifPresent(was -> {
                    become(was);
                    grantWish();
                });
        return AgentCause.OFFER_WITHDRAWN;
    }

    private Optional<AgentState.Ready> was(long offer) {
        return switch (agent.state()) {
            case AgentState.Reserved(var mine, var was) when mine == offer -> Optional.of(was);
            case AgentState.Ringing(var mine, var was) when mine == offer -> Optional.of(was);
            case AgentState.Offline _,
                    AgentState.Lasting _,
                    AgentState.NetworkLost _,
                    AgentState.Reserved _,
                    AgentState.Ringing _ ->
                    Optional.empty();
        };
    }

    // ---- calls

    private AgentCause callBegan(Conversation conversation) {
        switch (agent.state()) {
            case AgentState.Reserved(var offer, var was) -> beganDespite(offer, was, conversation);
            case AgentState.Ringing(var offer, var was) -> beganDespite(offer, was, conversation);
            case AgentState.OnCall calls -> become(with(calls, conversation));
            case AgentState.Resting rest -> become(first(conversation, rest));
            case AgentState.NetworkLost(AgentState.OnCall calls, var until) ->
                    become(new AgentState.NetworkLost(with(calls, conversation), until));
            case AgentState.NetworkLost(AgentState.Resting rest, var until) ->
                    become(new AgentState.NetworkLost(first(conversation, rest), until));
            case AgentState.Offline _ -> {
                agent = agent.wishing(Optional.of(new AgentRequest.Offline()));
                become(first(conversation, AgentState.Ready.from(now)));
            }
        }
        return AgentCause.CALL_BEGAN;
    }

    private void beganDespite(long offer, AgentState.Ready was, Conversation conversation) {
        dropped = Optional.of(offer);
        become(first(conversation, was));
    }

    private static AgentState.OnCall first(Conversation conversation, AgentState.Resting after) {
        return new AgentState.OnCall(List.of(conversation), after, Optional.empty());
    }

    private static AgentState.OnCall with(AgentState.OnCall calls, Conversation conversation) {
        if (calls.conversations().size() >= CONVERSATIONS_MAX
                || calls.conversation(conversation.call()).isPresent()) {
            return calls;
        }
        List<Conversation> all = new ArrayList<>(calls.conversations());
        all.add(conversation);
        return new AgentState.OnCall(all, calls.after(), calls.owed());
    }

    private AgentCause callHeld(CallId call, boolean held) {
        agent.onCall()
                .ifPresent(calls -> {
                    List<Conversation> all =
                            calls.conversations().stream()
                                    .map(c -> c.call().equals(call) ? c.hold(held) : c)
                                    .toList();
                    becomeWithin(new AgentState.OnCall(all, calls.after(), calls.owed()));
                });
        return held ? AgentCause.CALL_HELD : AgentCause.CALL_RESUMED;
    }

    /** Without the phone, what changes is what it will come back to. */
    private void becomeWithin(AgentState.Lasting next) {
        become(
                agent.state() instanceof AgentState.NetworkLost(_, var until)
                        ? new AgentState.NetworkLost(next, until)
                        : next);
    }

    private AgentCause callEnded(CallId call, boolean owesWrapUp) {
        Optional<AgentState.OnCall> calls = agent.onCall();
        Optional<Conversation> ended = calls.flatMap(c -> c.conversation(call));
        if (calls.isPresent() && ended.isPresent()) {
            Conversation over = owesWrapUp ? ended.get() : ended.get().withoutWrapUp();
            ended(calls.get(), over);
        }
        return AgentCause.CALL_ENDED;
    }

    private void ended(AgentState.OnCall calls, Conversation over) {
        Optional<Conversation> owed = longerWrapUp(calls.owed(), over);
        List<Conversation> left =
                calls.conversations().stream().filter(c -> !c.call().equals(over.call())).toList();
        if (left.isEmpty()) {
            lastEnded(calls.after(), owed);
        } else {
            becomeWithin(new AgentState.OnCall(left, calls.after(), owed));
        }
    }

    private static Optional<Conversation> longerWrapUp(
            Optional<Conversation> owed, Conversation over) {
        Duration before = owed.map(c -> c.wrapUp().limit()).orElse(Duration.ZERO);
        return over.wrapUp().limit().compareTo(before) > 0 ? Optional.of(over) : owed;
    }

    private void lastEnded(AgentState.Resting after, Optional<Conversation> owed) {
        AgentState.Resting rest = owed.map(o -> wrapUpOf(o, after)).orElse(after);
        if (rest instanceof AgentState.Ready) {
            rest = AgentState.Ready.from(now);
        }
        becomeWithin(rest);
        if (agent.state() instanceof AgentState.NetworkLost(_, var until)) {
            if (!until.isAfter(now)) {
                become(new AgentState.Offline());
                agent = agent.wishing(Optional.empty());
            }
        } else if (rest instanceof AgentState.WrapUp wrapUp) {
            if (!wrapUp.endsAt().isAfter(now)) {
                wrapUpOver();
            }
        } else {
            grantWish();
        }
    }

    /** It begins when the last call is over; what was left of an earlier one is not lost. */
    private AgentState.Resting wrapUpOf(Conversation owed, AgentState.Resting after) {
        Instant ends = now.plus(owed.wrapUp().limit());
        if (after instanceof AgentState.WrapUp before && before.endsAt().isAfter(ends)) {
            return before;
        }
        if (after instanceof AgentState.OnBreak(var reason) && agent.wish().isEmpty()) {
            wish(new AgentRequest.Break(reason));
        }
        return new AgentState.WrapUp(
                owed.queue().orElseThrow(), owed.call(), ends, 0, owed.wrapUp());
    }

    private void wrapUpOver() {
        become(AgentState.Ready.from(now));
        grantWish();
    }

    private void grantWish() {
        agent.wish().ifPresent(this::rest);
    }

    // ---- time

    private AgentCause tick() {
        boolean due = agent.deadline().filter(at -> !at.isAfter(now)).isPresent();
        return switch (agent.state()) {
            case AgentState.Ready ready when due -> {
                become(new AgentState.Ready(ready.idleSince(), Optional.empty()));
                yield AgentCause.PAUSE_OVER;
            }
            case AgentState.NetworkLost _ when due -> {
                agent = agent.wishing(Optional.empty());
                become(new AgentState.Offline());
                yield AgentCause.GRACE_OVER;
            }
            case AgentState.WrapUp _ when due -> {
                wrapUpOver();
                yield AgentCause.WRAP_UP_OVER;
            }
            case AgentState.Offline _,
                    AgentState.Lasting _,
                    AgentState.Reserved _,
                    AgentState.Ringing _,
                    AgentState.NetworkLost _ ->
                    AgentCause.WRAP_UP_OVER;
        };
    }
}
