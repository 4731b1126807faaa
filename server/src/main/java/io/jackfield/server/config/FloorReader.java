package io.jackfield.server.config;

import io.jackfield.contactcenter.AgentId;
import io.jackfield.contactcenter.site.AgentSettings;
import io.jackfield.contactcenter.site.FloorSettings;
import io.jackfield.contactcenter.site.QueueSettings;
import io.jackfield.contactcenter.site.SiteCheck;
import io.jackfield.contactcenter.site.SiteFault;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what agents and the house work by, and checks agents and queues as a whole. */
final class FloorReader {
    /** Reasons for a break where the site names none. */
    private static final List<String> BREAKS = List.of("pause", "lunch", "meeting", "training");

    /** How the agent or agents of one item work. */
    record AgentRules(
            Map<String, Integer> skills,
            boolean readyAtLogin,
            int missedMax,
            Duration afterMissed,
            Duration grace) {}

    private final Problems problems;
    private final List<AgentSettings> agents = new ArrayList<>();
    private ZoneId zone = ZoneId.systemDefault();
    private Set<String> breaks = Set.copyOf(BREAKS);

    FloorReader(Problems problems) {
        this.problems = problems;
    }

    /** {@code timeZone:} and {@code breakReasons:}; gives the zone. */
    ZoneId house(Fields top) {
        zone = top.optional("timeZone", HoursReader.zone()).orElse(zone);
        breaks =
                Set.copyOf(
                        top.optional("breakReasons", Form.list(Form.text("a reason for a break")))
                                .orElse(BREAKS));
        return zone;
    }

    /** Whose phone registers is ready, unless the item says otherwise. */
    AgentRules agentRules(Fields fields) {
        return new AgentRules(
                QueueReader.skills(fields, problems),
                fields.optional("readyAtLogin", Form.flag()).orElse(true),
                fields.optional("missedMax", Form.number(1, 20)).orElse(AgentSettings.MISSED_MAX),
                fields.optional("afterMissed", Form.duration(Duration.ZERO, Duration.ofMinutes(5)))
                        .orElse(AgentSettings.AFTER_MISSED),
                fields.optional("grace", Form.duration(Duration.ZERO, Duration.ofMinutes(10)))
                        .orElse(AgentSettings.GRACE));
    }

    void agent(String name, AgentRules rules) {
        agents.add(
                new AgentSettings(
                        new AgentId(name),
                        rules.skills(),
                        rules.readyAtLogin(),
                        rules.missedMax(),
                        rules.afterMissed(),
                        rules.grace()));
    }

    /** What is wrong between agents and queues is told; then what comes back is empty. */
    FloorSettings settings(List<QueueSettings> queues, Place place) {
        List<SiteFault> faults = SiteCheck.faults(agents, queues, breaks);
        for (SiteFault fault : faults) {
            Optional<String> near = Nearest.to(fault.value(), fault.known());
            problems.add(
                    place,
                    fault.path() + " is " + fault.value() + ": " + fault.reason(),
                    near.map(n -> "Did you mean " + n + "?").orElse("Correct it, or remove it."));
        }
        return faults.isEmpty()
                ? new FloorSettings(zone, agents, queues, breaks)
                : FloorSettings.EMPTY;
    }
}
