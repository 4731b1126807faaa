package io.jackfield.contactcenter.floor;

import io.jackfield.contactcenter.AgentId;
import io.jackfield.contactcenter.CallId;
import io.jackfield.contactcenter.QueueId;
import io.jackfield.contactcenter.agent.AgentCause;
import io.jackfield.contactcenter.agent.AgentChange;
import io.jackfield.contactcenter.agent.AgentRequest;
import io.jackfield.contactcenter.agent.AgentState;
import io.jackfield.contactcenter.agent.AgentStatus;
import io.jackfield.contactcenter.agent.AskedBy;
import io.jackfield.contactcenter.agent.Conversation;
import io.jackfield.contactcenter.queue.Outcome;
import io.jackfield.contactcenter.queue.Place;
import io.jackfield.contactcenter.queue.QueueState;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What somebody knows who sees nothing but what the floor tells and wants done: screens, the call
 * engine, the report. Whatever does not fit together throws.
 */
final class Ledger {
    /** How callers ended, in all queues. */
    final Map<Outcome, Integer> ends = new EnumMap<>(Outcome.class);

    private final Map<AgentId, AgentState> screens = new HashMap<>();
    private final Map<AgentId, Long> ringing = new HashMap<>();
    private final Map<Long, AgentId> phones = new HashMap<>();
    private final Set<CallId> waiting = new HashSet<>();
    private final Set<CallId> everEnded = new HashSet<>();
    private final Map<CallId, Long> arrivals = new HashMap<>();
    private final Map<Long, Long> ticketArrivals = new HashMap<>();
    private long arrived;

    /** Wrap-up promised by the queue when the agent answered, by agent and call. */
    private final Map<AgentId, Map<CallId, Duration>> limits = new HashMap<>();

    private final Map<AgentId, Duration> answeredWith = new HashMap<>();
    private final Map<AgentId, Duration> owed = new HashMap<>();
    private final Map<AgentId, Instant> noOfferBefore = new HashMap<>();

    static void holds(boolean condition, String rule, Object... about) {
        if (!condition) {
            throw new AssertionError(rule + ": " + List.of(about));
        }
    }

    void take(Floor before, FloorEvent event, FloorStep step, Instant now) {
        heard(before, event);
        for (FloorEffect effect : step.effects()) {
            switch (effect) {
                case FloorEffect.Told told -> told(before, event, told, now);
                case FloorEffect.ForCalls forCalls -> performs(before, forCalls);
            }
        }
        conversationsOver(before, event, step.next(), now);
        screensAreTrue(step.next());
        nobodyIsLost(step.next());
        linesKeepArrival(step.next());
        wrapUpIsKept(step.next(), now);
    }

    // ---- what the engine reports

    private void heard(Floor before, FloorEvent event) {
        switch (event) {
            case FloorEvent.CallerEntered(var call, var queue, _, _) -> {
                if (before.queue(queue).isPresent()) {
                    arrivals.putIfAbsent(call, arrived++);
                    waiting.add(call);
                }
            }
            case FloorEvent.AgentAnswered(var offer) -> stopsRinging(offer);
            case FloorEvent.AgentMissed(var offer, _) -> stopsRinging(offer);
            default -> {}
        }
    }

    private void stopsRinging(long offer) {
        AgentId agent = phones.remove(offer);
        if (agent != null) {
            ringing.remove(agent);
        }
    }

    // ---- what the engine is to do

    private void performs(Floor before, FloorEffect.ForCalls effect) {
        switch (effect) {
            case FloorEffect.Offer(var offer, _, _, _) -> {
                AgentId agent = offer.agent();
                holds(!ringing.containsKey(agent), "no phone rings for two", offer);
                holds(
                        screens.get(agent).status() == AgentStatus.RESERVED,
                        "only who is free is rung",
                        offer,
                        screens.get(agent));
                ringing.put(agent, offer.id());
                phones.put(offer.id(), agent);
            }
            case FloorEffect.CancelOffer(var offer) -> stopsRinging(offer);
            case FloorEffect.Connect(_, var call, var agent) ->
                    limits.computeIfAbsent(agent, _ -> new HashMap<>())
                            .put(call, answeredWith.getOrDefault(agent, Duration.ZERO));
            case FloorEffect.Overflow(var call, _, _, _) -> ended(call);
            case FloorEffect.Park(var call, _, _) -> waiting.add(call);
            case FloorEffect.PromiseCallback(var call, _, _) ->
                    holds(everEnded.contains(call), "who is promised a call back has left", call);
            case FloorEffect.Play _,
                    FloorEffect.Announce _,
                    FloorEffect.HangUp _,
                    FloorEffect.ReleaseAgent _,
                    FloorEffect.StartCallback _,
                    FloorEffect.CancelCallback _ -> {}
        }
    }

    private void ended(CallId call) {
        holds(waiting.remove(call), "who ends has waited", call);
        holds(everEnded.add(call), "every caller ends once", call);
    }

    // ---- what is told

    private void told(Floor before, FloorEvent event, FloorEffect.Told told, Instant now) {
        switch (told) {
            case FloorEffect.AgentChanged(var change) -> changed(before, event, change, now);
            case FloorEffect.VisitEnded(_, var ticket, var call, _, var outcome, _, _, _) -> {
                ends.merge(outcome, 1, Integer::sum);
                Long arrival = arrivals.get(call);
                if (arrival != null) {
                    ticketArrivals.put(ticket, arrival);
                }
                if (outcome != Outcome.OVERFLOWED) {
                    ended(call);
                }
            }
            case FloorEffect.CallbackEnded _,
                    FloorEffect.RequestRefused _,
                    FloorEffect.Figures _ -> {}
        }
    }

    private void changed(Floor before, FloorEvent event, AgentChange change, Instant now) {
        AgentId agent = change.agent();
        AgentState shown = screens.getOrDefault(agent, new AgentState.Offline());
        holds(shown.equals(change.from()), "screens show the state", change, shown);
        screens.put(agent, change.to());
        AgentStatus from = change.from().status();
        AgentStatus to = change.to().status();
        if (to == AgentStatus.RESERVED) {
            holds(from == AgentStatus.READY, "only who is ready is reserved", change);
        }
        if (change.cause() == AgentCause.ANSWERED
                && change.to() instanceof AgentState.OnCall(var talks, _, _)) {
            answeredWith.put(agent, limit(before, talks.getFirst().queue().orElseThrow()));
        }
        boolean extended =
                change.from() instanceof AgentState.WrapUp
                        && change.to() instanceof AgentState.WrapUp
                        && change.cause() == AgentCause.ASKED;
        if (extended) {
            AgentState.WrapUp wrapUp = (AgentState.WrapUp) change.to();
            noOfferBefore.computeIfPresent(agent, (_, t) -> t.plus(wrapUp.rules().extension()));
        }
        if (maySkipWrapUp(event, change)) {
            noOfferBefore.remove(agent);
        }
    }

    private static Duration limit(Floor floor, QueueId queue) {
        return floor.queue(queue).map(q -> q.settings().wrapUp().limit()).orElse(Duration.ZERO);
    }

    /** Going home, or where the queue or a supervisor allows it. */
    private static boolean maySkipWrapUp(FloorEvent event, AgentChange change) {
        if (change.to().status() == AgentStatus.OFFLINE) {
            return true;
        }
        return event instanceof FloorEvent.AgentAsked(_, var request, var by)
                && !(request instanceof AgentRequest.ExtendWrapUp)
                && change.from() instanceof AgentState.WrapUp wrapUp
                && (wrapUp.rules().earlyFinish() || by.role() == AskedBy.Role.SUPERVISOR);
    }

    // ---- wrap-up

    private void conversationsOver(Floor before, FloorEvent event, Floor after, Instant now) {
        if (event instanceof FloorEvent.AgentCallBegan(var agent, var call, var queue)
                && queue.isPresent()
                && talks(after, agent).contains(call)
                && !talks(before, agent).contains(call)) {
            limits.computeIfAbsent(agent, _ -> new HashMap<>())
                    .put(call, limit(before, queue.get()));
        }
        for (AgentId agent : List.copyOf(limits.keySet())) {
            Set<CallId> left = talks(after, agent);
            Map<CallId, Duration> mine = limits.get(agent);
            for (CallId call : List.copyOf(mine.keySet())) {
                if (!left.contains(call)) {
                    owed.merge(agent, mine.remove(call), Ledger::longer);
                }
            }
            if (left.isEmpty() && owed.containsKey(agent)) {
                Instant until = now.plus(owed.remove(agent));
                if (after.agent(agent).filter(a -> a.status() != AgentStatus.OFFLINE).isPresent()) {
                    noOfferBefore.merge(agent, until, (a, b) -> a.isAfter(b) ? a : b);
                }
            }
        }
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static Set<CallId> talks(Floor floor, AgentId agent) {
        Set<CallId> calls = new HashSet<>();
        floor.agent(agent)
                .flatMap(a -> a.onCall())
                .ifPresent(c ->
                        c.conversations().stream().map(Conversation::call).forEach(calls::add));
        return calls;
    }

    private void wrapUpIsKept(Floor floor, Instant now) {
        for (FloorAgent post : floor.agents().values()) {
            boolean works =
                    switch (post.agent().status()) {
                        case READY, RESERVED, RINGING -> true;
                        case OFFLINE, TALKING, HOLD, WRAP_UP, BREAK, NETWORK_LOST -> false;
                    };
            Instant until = noOfferBefore.get(post.agent().id());
            holds(
                    !works || until == null || !until.isAfter(now),
                    "wrap-up never ends early",
                    post,
                    String.valueOf(until),
                    now);
        }
    }

    // ---- everybody and everything

    private void screensAreTrue(Floor floor) {
        for (FloorAgent post : floor.agents().values()) {
            AgentState shown = screens.getOrDefault(post.agent().id(), new AgentState.Offline());
            holds(shown.equals(post.agent().state()), "screens show the state", post, shown);
        }
    }

    private void nobodyIsLost(Floor floor) {
        Set<CallId> there = new HashSet<>();
        for (QueueState queue : floor.queues().values()) {
            for (Place.Caller caller : queue.callers()) {
                holds(there.add(caller.call()), "nobody waits twice", caller);
            }
        }
        holds(there.equals(waiting), "who has not ended waits", there, waiting);
        holds(
                phones.keySet().equals(ringingOn(floor)),
                "phones ring for what is offered",
                phones,
                floor.offers());
    }

    private static Set<Long> ringingOn(Floor floor) {
        Set<Long> ids = new HashSet<>();
        floor.offers().values().stream().filter(o -> !o.reserved()).forEach(o -> ids.add(o.id()));
        return ids;
    }

    /** Of two with the same priority, who came to the house first stands first, for ever. */
    private void linesKeepArrival(Floor floor) {
        for (QueueState queue : floor.queues().values()) {
            long last = -1;
            int priority = 10;
            for (Place place : queue.line()) {
                long arrival = arrival(place);
                boolean same = place.need().priority() == priority;
                holds(!same || arrival > last, "position order is kept", queue.line());
                last = arrival;
                priority = place.need().priority();
            }
        }
    }

    private long arrival(Place place) {
        Long byTicket = ticketArrivals.get(place.ticket());
        if (byTicket != null) {
            return byTicket;
        }
        return place instanceof Place.Caller caller ? arrivals.get(caller.call()) : -1;
    }
}
