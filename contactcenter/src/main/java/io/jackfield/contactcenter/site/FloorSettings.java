package io.jackfield.contactcenter.site;

import io.jackfield.contactcenter.AgentId;
import io.jackfield.contactcenter.QueueId;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All agents and queues: valid as a whole, replaced as a whole.
 *
 * @param zone whose midnight begins a new day of figures
 * @param breakReasons what agents may name; those of {@link BreakReasons} are not among them
 */
public record FloorSettings(
        ZoneId zone,
        List<AgentSettings> agents,
        List<QueueSettings> queues,
        Set<String> breakReasons) {
    public static final FloorSettings EMPTY =
            new FloorSettings(ZoneId.of("UTC"), List.of(), List.of(), Set.of());

    /**
     * @throws InvalidFloor with everything that is wrong
     */
    public FloorSettings {
        agents = List.copyOf(agents);
        queues = List.copyOf(queues);
        breakReasons = Set.copyOf(breakReasons);
        List<SiteFault> faults = SiteCheck.faults(agents, queues, breakReasons);
        if (!faults.isEmpty()) {
            throw new InvalidFloor(faults);
        }
    }

    public Optional<AgentSettings> agent(AgentId id) {
        return agents.stream().filter(a -> a.id().equals(id)).findFirst();
    }

    public Optional<QueueSettings> queue(QueueId id) {
        return queues.stream().filter(q -> q.id().equals(id)).findFirst();
    }
}
