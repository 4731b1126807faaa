package io.jackfield.contactcenter.calls;

import io.jackfield.call.routing.Agent;
import io.jackfield.call.routing.Queue;
import io.jackfield.call.routing.QueueRules;
import io.jackfield.call.routing.Site;
import io.jackfield.contactcenter.AgentId;
import io.jackfield.contactcenter.QueueId;
import io.jackfield.contactcenter.site.AgentSettings;
import io.jackfield.contactcenter.site.FloorSettings;
import io.jackfield.contactcenter.site.MemberSettings;
import io.jackfield.contactcenter.site.OfferSettings;
import io.jackfield.contactcenter.site.OpeningHours;
import io.jackfield.contactcenter.site.OverflowCause;
import io.jackfield.contactcenter.site.OverflowTarget;
import io.jackfield.contactcenter.site.QueueSettings;
import io.jackfield.contactcenter.site.ServiceSettings;
import io.jackfield.contactcenter.site.Staffing;
import io.jackfield.contactcenter.site.Strategy;
import io.jackfield.contactcenter.site.WaitSettings;
import io.jackfield.contactcenter.site.WrapUpSettings;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a site says of agents and queues, in the floor's words. Pure; any thread. */
public final class SiteFloor {
    /** Reasons for a break that every site has. */
    private static final Set<String> BREAKS = Set.of("pause", "lunch", "meeting", "training");

    private static final int NEVER_IMPORTANT = 10;

    private SiteFloor() {}

    /**
     * The floor of that site.
     *
     * @param zone whose midnight begins a new day of figures
     */
    public static FloorSettings of(Site site, ZoneId zone) {
        return new FloorSettings(
                zone,
                site.agents().stream().map(SiteFloor::agent).toList(),
                site.queues().stream().map(SiteFloor::queue).toList(),
                BREAKS);
    }

    /**
     * Whose phone registers is ready: nobody has to say so before there is a screen to do it on.
     */
    private static AgentSettings agent(Agent agent) {
        return new AgentSettings(
                new AgentId(agent.name()),
                Map.of(),
                true,
                AgentSettings.MISSED_MAX,
                AgentSettings.AFTER_MISSED,
                AgentSettings.GRACE);
    }

    private static QueueSettings queue(Queue queue) {
        QueueRules rules = queue.rules();
        List<MemberSettings> members = queue.members().stream().map(MemberSettings::of).toList();
        return new QueueSettings(
                new QueueId(queue.number()),
                members,
                new OfferSettings(strategy(rules.strategy()), rules.ringFor(), NEVER_IMPORTANT),
                new WrapUpSettings(rules.wrapUp(), Duration.ZERO, 0, true),
                new WaitSettings(
                        rules.lengthMax(),
                        rules.waitMax(),
                        WaitSettings.DEFAULT.music(),
                        Optional.empty(),
                        Optional.empty()),
                rules.joinEmpty() ? Staffing.ANY : Staffing.STAFFED,
                Staffing.ANY,
                OpeningHours.ALWAYS,
                overflow(rules),
                Optional.empty(),
                new ServiceSettings(rules.answerWithin(), ServiceSettings.DEFAULT.shortAbandon()));
    }

    private static Map<OverflowCause, OverflowTarget> overflow(QueueRules rules) {
        Map<OverflowCause, OverflowTarget> targets = new HashMap<>();
        rules.overflow()
                .ifPresent(number -> {
                    for (OverflowCause cause : OverflowCause.values()) {
                        targets.put(cause, new OverflowTarget.ToNumber(number));
                    }
                });
        return targets;
    }

    private static Strategy strategy(QueueRules.Strategy strategy) {
        return switch (strategy) {
            case RING_ALL -> Strategy.RING_ALL;
            case LONGEST_IDLE -> Strategy.LONGEST_IDLE;
            case ROUND_ROBIN -> Strategy.ROUND_ROBIN;
            case FEWEST_CALLS -> Strategy.FEWEST_CALLS;
        };
    }
}
