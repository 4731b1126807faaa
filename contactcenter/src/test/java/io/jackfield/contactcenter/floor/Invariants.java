package io.jackfield.contactcenter.floor;

import io.jackfield.contactcenter.AgentId;
import io.jackfield.contactcenter.agent.Agent;
import io.jackfield.contactcenter.agent.AgentState;
import io.jackfield.contactcenter.agent.AgentStatus;
import io.jackfield.contactcenter.agent.Grade;
import io.jackfield.contactcenter.queue.Counts;
import io.jackfield.contactcenter.queue.Counts.Count;
import io.jackfield.contactcenter.queue.Place;
import io.jackfield.contactcenter.queue.QueueState;
import io.jackfield.contactcenter.site.MemberSettings;
import io.jackfield.contactcenter.site.Staffing;
import io.jackfield.contactcenter.site.Strategy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What holds for every floor after every step, written down a second time and without the rules.
 */
final class Invariants {
    private static final Set<AgentStatus> WORKING =
            Set.of(
                    AgentStatus.READY,
                    AgentStatus.RESERVED,
                    AgentStatus.RINGING,
                    AgentStatus.TALKING,
                    AgentStatus.HOLD,
                    AgentStatus.WRAP_UP);

    private final Floor floor;
    private final Instant now;

    /** Offers from this one on were made by the step at hand. */
    private final long firstNewOffer;

    private Invariants(Floor before, Floor floor, Instant now) {
        this.firstNewOffer = before.nextOffer();
        this.floor = floor;
        this.now = now;
    }

    static void check(Floor before, Floor floor, Instant now) {
        Invariants all = new Invariants(before, floor, now);
        all.oneOfferEach();
        all.offersHaveTheirPlaces();
        all.nobodyWaitsInVain();
        all.everyQueue();
        all.bounded();
    }

    private static void holds(boolean condition, String rule, Object... about) {
        if (!condition) {
            throw new AssertionError(rule + ": " + List.of(about));
        }
    }

    // ---- offers

    private void oneOfferEach() {
        Set<AgentId> rung = new HashSet<>();
        for (QueueOffer offer : floor.offers().values()) {
            holds(rung.add(offer.agent()), "no agent has two offers", offer);
            Optional<Agent> agent = floor.agent(offer.agent());
            holds(agent.isPresent(), "an offer is made to somebody", offer);
            AgentState state = agent.orElseThrow().state();
            boolean knows =
                    state instanceof AgentState.Reserved(var r, _) && r == offer.id()
                            || state instanceof AgentState.Ringing(var s, _) && s == offer.id();
            holds(knows, "who has an offer is reserved or ringing for it", offer, state);
        }
        for (FloorAgent post : floor.agents().values()) {
            AgentStatus status = post.agent().status();
            boolean offered = status == AgentStatus.RESERVED || status == AgentStatus.RINGING;
            AgentId id = post.agent().id();
            holds(offered == rung.contains(id), "who is reserved or ringing has an offer", post);
        }
    }

    private void offersHaveTheirPlaces() {
        for (QueueOffer offer : floor.offers().values()) {
            Optional<Place> place =
                    floor.queue(offer.queue()).flatMap(q -> q.place(offer.ticket()));
            holds(place.isPresent(), "an offer is made for somebody who is there", offer);
            boolean dialling =
                    place.orElseThrow() instanceof Place.Callback c && c.dialling().isPresent();
            holds(dialling == offer.reserved(), "reserved is who waits for a customer", offer);
        }
    }

    // ---- who could be helped

    private record Open(QueueState queue, Place place) {}

    private List<QueueOffer> offersFor(Place place) {
        return floor.offers().values().stream().filter(o -> o.ticket() == place.ticket()).toList();
    }

    private boolean waitsForAnybody(QueueState queue, Place place) {
        boolean turn =
                switch (place) {
                    case Place.Caller _ -> true;
                    case Place.Callback c ->
                            c.dialling().isEmpty()
                                    && c.notBefore().isEmpty()
                                    && queue.settings().hours().isOpen(now);
                };
        return turn && offersFor(place).isEmpty();
    }

    private boolean canHaveMore(QueueState queue, Place place) {
        List<QueueOffer> offers = offersFor(place);
        return queue.settings().offers().strategy() == Strategy.RING_ALL
                && !offers.isEmpty()
                && offers.size() < 50
                && offers.stream().noneMatch(QueueOffer::reserved);
    }

    static boolean couldServe(FloorAgent agent, QueueState queue, Place place) {
        boolean member =
                queue.settings().members().stream()
                        .anyMatch(m -> m.agent().equals(agent.agent().id()));
        Map<String, Integer> skills = agent.settings().skills();
        boolean heldBack = place.choosy() && agent.agent().grade() == Grade.POOR;
        return member
                && !heldBack
                && !agent.retired()
                && place.need().skills().entrySet().stream()
                        .allMatch(s -> skills.getOrDefault(s.getKey(), 0) >= s.getValue());
    }

    private void nobodyWaitsInVain() {
        List<Open> open = new ArrayList<>();
        for (QueueState queue : floor.queues().values()) {
            for (Place place : queue.line()) {
                if (waitsForAnybody(queue, place) || canHaveMore(queue, place)) {
                    open.add(new Open(queue, place));
                }
            }
        }
        for (FloorAgent post : floor.agents().values()) {
            boolean free =
                    post.agent().state() instanceof AgentState.Ready(_, var notBefore)
                            && notBefore.isEmpty();
            for (Open one : open) {
                boolean idle = free && couldServe(post, one.queue(), one.place());
                holds(!idle, "nobody waits while somebody is free", post, one.place());
            }
        }
        for (QueueOffer offer : floor.offers().values()) {
            open.forEach(one -> fair(offer, one));
        }
    }

    /** No agent rings for somebody while one before them in the line, or of more weight, waits. */
    private void fair(QueueOffer offer, Open one) {
        if (!waitsForAnybody(one.queue(), one.place()) || !madeNow(offer)) {
            return;
        }
        FloorAgent agent = floor.agents().get(offer.agent());
        if (!couldServe(agent, one.queue(), one.place())) {
            return;
        }
        QueueState own = floor.queue(offer.queue()).orElseThrow();
        boolean sameQueue = own.settings().id().equals(one.queue().settings().id());
        if (sameQueue) {
            holds(
                    own.position(offer.ticket()) < own.position(one.place().ticket()),
                    "who stands before is served before",
                    offer,
                    one.place());
        }
        holds(
                weight(own, offer.agent()) >= weight(one.queue(), offer.agent()),
                "the queue of more weight comes first",
                offer,
                one.place());
    }

    /** Offers of earlier steps may be older than the one who waits. */
    private boolean madeNow(QueueOffer offer) {
        return offer.id() >= firstNewOffer;
    }

    private static int weight(QueueState queue, AgentId agent) {
        return queue.settings().members().stream()
                .filter(m -> m.agent().equals(agent))
                .mapToInt(MemberSettings::weight)
                .findFirst()
                .orElse(-1);
    }

    // ---- queues

    private void everyQueue() {
        for (QueueState queue : floor.queues().values()) {
            inOrder(queue);
            addsUp(queue);
            staffed(queue);
        }
    }

    private void inOrder(QueueState queue) {
        List<Place> line = queue.line();
        for (int i = 1; i < line.size(); i++) {
            Place before = line.get(i - 1);
            Place after = line.get(i);
            int more = before.need().priority() - after.need().priority();
            holds(
                    more > 0 || more == 0 && before.ticket() < after.ticket(),
                    "the line is in order",
                    before,
                    after);
        }
    }

    private void addsUp(QueueState queue) {
        Counts c = queue.counts();
        long ended =
                c.of(Count.ANSWERED)
                        + c.of(Count.ABANDONED)
                        + c.of(Count.OVERFLOWED)
                        + c.of(Count.CALLED_BACK);
        holds(
                c.of(Count.ENTERED) == ended + queue.callers().size(),
                "who came has gone or waits",
                queue);
        long done = c.of(Count.CALLBACKS_REACHED) + c.of(Count.CALLBACKS_FAILED);
        holds(
                c.of(Count.CALLBACKS_PROMISED) == done + queue.callbacks().size(),
                "what was promised is done or pending",
                queue);
        holds(
                c.of(Count.ANSWERED_IN_TIME) + c.of(Count.ANSWERED_CALLBACKS)
                                <= c.of(Count.ANSWERED)
                        && c.of(Count.ABANDONED_SHORT) <= c.of(Count.ABANDONED),
                "a part is no more than the whole",
                queue);
    }

    private void staffed(QueueState queue) {
        Staffing rule = queue.settings().leave();
        if (rule == Staffing.ANY || queue.callers().isEmpty()) {
            return;
        }
        boolean enough =
                queue.settings().members().stream()
                        .flatMap(m -> floor.agent(m.agent()).stream())
                        .map(Agent::status)
                        .anyMatch(s ->
                                rule == Staffing.STAFFED
                                        ? s != AgentStatus.OFFLINE
                                        : WORKING.contains(s));
        holds(enough, "nobody waits in a queue that is left empty", queue);
    }

    // ---- size

    private void bounded() {
        for (QueueState queue : floor.queues().values()) {
            holds(queue.callers().size() <= Sites.LENGTH_MAX + 1, "lines are bounded", queue);
            holds(queue.callbacks().size() <= Sites.PENDING_MAX, "promises are bounded", queue);
            queue.callbacks()
                    .forEach(c -> holds(c.attempts() < 3, "tries to call back are bounded", c));
            holds(queue.lost().size() <= QueueState.LOST_LIST_MAX, "lists are bounded", queue);
        }
        for (FloorAgent post : floor.agents().values()) {
            Agent agent = post.agent();
            holds(agent.missed().size() <= Agent.MISSED_LIST_MAX, "lists are bounded", agent);
            int calls = agent.onCall().map(c -> c.conversations().size()).orElse(0);
            holds(calls <= 8, "calls are bounded", agent);
        }
        holds(floor.agents().size() <= Sites.AGENTS, "agents are bounded", floor.agents().keySet());
        holds(floor.queues().size() <= Sites.QUEUES, "queues are bounded", floor.queues().keySet());
    }
}
