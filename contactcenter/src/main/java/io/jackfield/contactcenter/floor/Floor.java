package io.jackfield.contactcenter.floor;

import io.jackfield.contactcenter.AgentId;
import io.jackfield.contactcenter.QueueId;
import io.jackfield.contactcenter.agent.Agent;
import io.jackfield.contactcenter.queue.QueueState;
import io.jackfield.contactcenter.site.FloorSettings;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * All agents, queues and offers at one moment: values only, so that it can be stored and gone on
 * with elsewhere.
 *
 * @param zone whose midnight begins a new day
 * @param breakReasons that agents may name
 * @param day whose figures are counted
 * @param offers by id
 * @param nextTicket for the next place in a line
 * @param nextOffer for the next offer
 * @param figuresAt when figures were last put out
 * @param figuresDue when they are put out next; empty when nothing has happened since
 */
public record Floor(
        ZoneId zone,
        Set<String> breakReasons,
        LocalDate day,
        Map<AgentId, FloorAgent> agents,
        Map<QueueId, QueueState> queues,
        Map<Long, QueueOffer> offers,
        long nextTicket,
        long nextOffer,
        Instant figuresAt,
        Optional<Instant> figuresDue) {
    public Floor {
        breakReasons = Set.copyOf(breakReasons);
        agents = Collections.unmodifiableMap(agents);
        queues = Collections.unmodifiableMap(queues);
        offers = Collections.unmodifiableMap(offers);
    }

    /** Everybody is offline, nobody waits. */
    public static Floor of(FloorSettings settings, Instant now) {
        Map<AgentId, FloorAgent> agents = new TreeMap<>();
        settings.agents()
                .forEach(a -> agents.put(a.id(), new FloorAgent(a, false, Agent.of(a.id(), now))));
        Map<QueueId, QueueState> queues = new TreeMap<>();
        settings.queues().forEach(q -> queues.put(q.id(), QueueState.of(q)));
        return new Floor(
                settings.zone(),
                settings.breakReasons(),
                now.atZone(settings.zone()).toLocalDate(),
                agents,
                queues,
                new TreeMap<>(),
                1,
                1,
                now,
                Optional.empty());
    }

    public Optional<Agent> agent(AgentId id) {
        return Optional.ofNullable(agents.get(id)).map(FloorAgent::agent);
    }

    public Optional<QueueState> queue(QueueId id) {
        return Optional.ofNullable(queues.get(id));
    }

    /** When {@link FloorEvent.Tick} is due. */
    public Instant deadline() {
        Instant midnight = day.plusDays(1).atStartOfDay(zone).toInstant();
        Stream<Instant> agentDeadlines =
                agents.values().stream().flatMap(a -> a.agent().deadline().stream());
        Stream<Instant> queueDeadlines =
                queues.values().stream().flatMap(q -> q.deadline().stream());
        Stream<Instant> offerDeadlines =
                offers.values().stream().filter(o -> !o.reserved()).map(QueueOffer::until);
        return Stream.of(agentDeadlines, queueDeadlines, offerDeadlines, figuresDue.stream())
                .flatMap(s -> s)
                .filter(at -> at.isBefore(midnight))
                .min(Instant::compareTo)
                .orElse(midnight);
    }
}
