package io.jackfield.contactcenter.floor;

import io.jackfield.contactcenter.AgentId;
import io.jackfield.contactcenter.agent.AgentState;
import io.jackfield.contactcenter.agent.Grade;
import io.jackfield.contactcenter.queue.Place;
import io.jackfield.contactcenter.queue.QueueState;
import io.jackfield.contactcenter.site.MemberSettings;
import io.jackfield.contactcenter.site.OfferSettings;
import io.jackfield.contactcenter.site.Strategy;
import io.jackfield.contactcenter.strategy.Candidate;
import io.jackfield.contactcenter.strategy.Ranking;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gives free agents to those who wait, until there is no pair left.
 *
 * <p>Places are gone through in one order over all queues: priority, then age. A place may have the
 * agents for whom no queue of a higher weight has a place they could serve; of these the queue's
 * strategy takes one, or all. Each round serves the place of the highest weight at the latest, so
 * it ends.
 *
 * <p>Confined to one step.
 */
final class Matching {
    /** Phones that ring for one caller at a time: more are no help and a storm of messages. */
    static final int RING_ALL_MAX = 50;

    /** A place for which somebody is to be rung. */
    private record Open(QueueState queue, Place place) {}

    private final Draft draft;

    Matching(Draft draft) {
        this.draft = draft;
    }

    void run() {
        boolean found = true;
        while (found) {
            List<FloorAgent> free = free();
            found = !free.isEmpty() && matchOne(free);
        }
        joinRinging();
    }

    private List<FloorAgent> free() {
        return draft.agents().all().stream().filter(FloorAgent::free).toList();
    }

    // ---- places that nobody is rung for

    private boolean matchOne(List<FloorAgent> free) {
        List<Open> open = open();
        Map<AgentId, Integer> best = bestWeights(free, open);
        for (Open one : open) {
            List<FloorAgent> available =
                    free.stream()
                            .filter(a -> canServe(a, one))
                            .filter(a -> weight(a, one) == best.getOrDefault(a.agent().id(), 0))
                            .toList();
            if (!available.isEmpty()) {
                serve(one, available);
                return true;
            }
        }
        return false;
    }

    private List<Open> open() {
        List<Open> open = new ArrayList<>();
        for (QueueState queue : draft.queues().all()) {
            for (Place place : queue.line()) {
                if (isOpen(queue, place)) {
                    open.add(new Open(queue, place));
                }
            }
        }
        open.sort(Comparator.comparing(Open::place, Place.ORDER));
        return open;
    }

    private boolean isOpen(QueueState queue, Place place) {
        if (!draft.offersFor(place.ticket()).isEmpty()) {
            return false;
        }
        return switch (place) {
            case Place.Caller _ -> true;
            case Place.Callback callback ->
                    callback.dialling().isEmpty()
                            && callback.notBefore().isEmpty()
                            && isHour(queue, callback);
        };
    }

    /** Nobody is called back out of hours: it is looked at again when the queue opens. */
    private boolean isHour(QueueState queue, Place.Callback callback) {
        Instant opens =
                queue.settings().hours().nextOpening(draft.now()).orElse(callback.expiresAt());
        if (!opens.isAfter(draft.now())) {
            return true;
        }
        draft.change(queue.settings().id(), q -> q.with(callback.notBefore(Optional.of(opens))));
        return false;
    }

    private static Map<AgentId, Integer> bestWeights(List<FloorAgent> free, List<Open> open) {
        Map<AgentId, Integer> best = new HashMap<>();
        for (FloorAgent agent : free) {
            open.stream()
                    .filter(o -> canServe(agent, o))
                    .mapToInt(o -> weight(agent, o))
                    .max()
                    .ifPresent(w -> best.put(agent.agent().id(), w));
        }
        return best;
    }

    private static boolean canServe(FloorAgent agent, Open open) {
        boolean heldBack = open.place().choosy() && agent.agent().grade() == Grade.POOR;
        return member(agent, open).isPresent()
                && !heldBack
                && open.place().need().metBy(agent.settings().skills());
    }

    private static int weight(FloorAgent agent, Open open) {
        return member(agent, open).map(MemberSettings::weight).orElse(0);
    }

    private static Optional<MemberSettings> member(FloorAgent agent, Open open) {
        return open.queue().settings().member(agent.agent().id());
    }

    // ---- one place

    private void serve(Open open, List<FloorAgent> available) {
        QueueState queue = open.queue();
        OfferSettings how = queue.settings().offers();
        List<AgentId> ranked = rank(open, available);
        boolean one = how.strategy() != Strategy.RING_ALL || reserves(open);
        ranked.stream()
                .limit(one ? 1 : RING_ALL_MAX)
                .forEach(a -> draft.offering().make(queue, open.place(), a));
        draft.change(queue.settings().id(), q -> q.rung(ranked.getFirst()));
    }

    /** One customer's phone rings for one agent. */
    private boolean reserves(Open open) {
        return open.place() instanceof Place.Callback
                && draft.callbacks().customerFirst(open.queue());
    }

    private static List<AgentId> rank(Open open, List<FloorAgent> available) {
        List<AgentId> members =
                open.queue().settings().members().stream().map(MemberSettings::agent).toList();
        List<Candidate> candidates =
                available.stream()
                        .map(a -> candidate(a, open, members.indexOf(a.agent().id())))
                        .toList();
        OfferSettings how = open.queue().settings().offers();
        int last = open.queue().lastRung().map(members::indexOf).orElse(-1);
        return Ranking.rank(how.strategy(), candidates, last, network(how, open)).stream()
                .map(Candidate::agent)
                .toList();
    }

    /** Where good networks are kept for important calls, others do not take them away. */
    private static Ranking.Network network(OfferSettings how, Open open) {
        if (how.isImportant(open.place().need())) {
            return Ranking.Network.BEST_FIRST;
        }
        return how.networkWait().isZero() ? Ranking.Network.NO_MATTER : Ranking.Network.WORST_FIRST;
    }

    private static Candidate candidate(FloorAgent agent, Open open, int order) {
        return new Candidate(
                agent.agent().id(),
                order,
                member(agent, open).map(MemberSettings::tier).orElse(1),
                open.place().need().levelOf(agent.settings().skills()),
                idleSince(agent),
                agent.agent().answeredToday(),
                agent.agent().grade());
    }

    private static Instant idleSince(FloorAgent agent) {
        return agent.agent().state() instanceof AgentState.Ready(var since, _)
                ? since
                : agent.agent().since();
    }

    // ---- where all are rung, those who become free are rung too

    private void joinRinging() {
        if (free().isEmpty()) {
            return;
        }
        List<Open> ringing =
                draft.queues().all().stream()
                        .filter(q -> q.settings().offers().strategy() == Strategy.RING_ALL)
                        .flatMap(q -> q.line().stream().map(p -> new Open(q, p)))
                        .filter(o -> rings(o.place()))
                        .sorted(Comparator.comparing(Open::place, Place.ORDER))
                        .toList();
        ringing.forEach(this::join);
    }

    private boolean rings(Place place) {
        return draft.offersFor(place.ticket()).stream().anyMatch(o -> !o.reserved());
    }

    private void join(Open open) {
        int room = RING_ALL_MAX - draft.offersFor(open.place().ticket()).size();
        List<FloorAgent> more = free().stream().filter(a -> canServe(a, open)).toList();
        rank(open, more).stream()
                .limit(Math.max(0, room))
                .forEach(a -> draft.offering().make(open.queue(), open.place(), a));
    }
}
