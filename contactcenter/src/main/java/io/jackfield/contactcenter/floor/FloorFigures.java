package io.jackfield.contactcenter.floor;

import io.jackfield.contactcenter.AgentId;
import io.jackfield.contactcenter.QueueId;
import io.jackfield.contactcenter.agent.Agent;
import io.jackfield.contactcenter.agent.AgentRequest;
import io.jackfield.contactcenter.agent.AgentState;
import io.jackfield.contactcenter.agent.AgentStatus;
import io.jackfield.contactcenter.agent.Grade;
import io.jackfield.contactcenter.queue.Counts;
import io.jackfield.contactcenter.queue.Estimate;
import io.jackfield.contactcenter.queue.Place;
import io.jackfield.contactcenter.queue.QueueState;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The floor as screens show it. */
public record FloorFigures(Instant at, List<OfQueue> queues, List<OfAgent> agents) {
    /**
     * @param waitingSince of the one who waits longest
     * @param estimate for the next caller who comes
     * @param agents members by state; none of a state is not there
     */
    public record OfQueue(
            QueueId queue,
            int waiting,
            int callbacks,
            Optional<Instant> waitingSince,
            Optional<Duration> estimate,
            Map<AgentStatus, Integer> agents,
            Counts counts,
            OptionalInt serviceLevel) {}

    /**
     * @param reason of a break; else empty
     * @param wish what is to be after the call
     */
    public record OfAgent(
            AgentId agent,
            AgentStatus status,
            String reason,
            Instant since,
            Optional<AgentRequest> wish,
            int answeredToday,
            Grade grade) {}

    public static FloorFigures of(Floor floor, Instant now) {
        return new FloorFigures(
                now,
                floor.queues().values().stream().map(q -> ofQueue(floor, q)).toList(),
                floor.agents().values().stream().map(a -> ofAgent(a.agent())).toList());
    }

    private static OfQueue ofQueue(Floor floor, QueueState queue) {
        Map<AgentStatus, Integer> agents = new EnumMap<>(AgentStatus.class);
        queue.settings().members().stream()
                .flatMap(m -> floor.agent(m.agent()).stream())
                .forEach(a -> agents.merge(a.status(), 1, Integer::sum));
        return new OfQueue(
                queue.settings().id(),
                queue.callers().size(),
                queue.callbacks().size(),
                queue.callers().stream().map(Place::since).min(Instant::compareTo),
                Estimate.wait(queue.line().size() + 1, working(agents), queue.usualMillis()),
                Collections.unmodifiableMap(agents),
                queue.counts(),
                queue.counts().serviceLevel());
    }

    private static int working(Map<AgentStatus, Integer> agents) {
        return agents.entrySet().stream()
                .filter(e -> works(e.getKey()))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    /** Whether somebody in that state answers callers, now or after what they do. */
    static boolean works(AgentStatus status) {
        return switch (status) {
            case READY, RESERVED, RINGING, TALKING, HOLD, WRAP_UP -> true;
            case OFFLINE, BREAK, NETWORK_LOST -> false;
        };
    }

    private static OfAgent ofAgent(Agent agent) {
        String reason = agent.state() instanceof AgentState.OnBreak(var because) ? because : "";
        return new OfAgent(
                agent.id(),
                agent.status(),
                reason,
                agent.since(),
                agent.wish(),
                agent.answeredToday(),
                agent.grade());
    }
}
