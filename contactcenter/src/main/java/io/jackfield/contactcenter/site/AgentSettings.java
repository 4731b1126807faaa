package io.jackfield.contactcenter.site;

import io.jackfield.contactcenter.AgentId;
import java.time.Duration;
import java.util.Map;

/**
 * How one agent works.
 *
 * @param skills name to level, 1 to 10, 10 is best
 * @param readyAtLogin whether a phone that registers makes the agent ready; else they say so
 *     themselves
 * @param missedMax offers missed in a row after which the agent is not ready any more; 1 to 20
 * @param afterMissed how long after a missed offer none is made; 0 s to 5 min
 * @param grace how long a lost phone may be away before the agent is offline; 0 s to 10 min
 */
public record AgentSettings(
        AgentId id,
        Map<String, Integer> skills,
        boolean readyAtLogin,
        int missedMax,
        Duration afterMissed,
        Duration grace) {
    public static final int MISSED_MAX = 2;
    public static final Duration AFTER_MISSED = Duration.ofSeconds(5);
    public static final Duration GRACE = Duration.ofSeconds(30);

    public AgentSettings {
        skills = Map.copyOf(skills);
    }

    /** With the defaults, and no skills. */
    public static AgentSettings of(String name) {
        return new AgentSettings(
                new AgentId(name), Map.of(), false, MISSED_MAX, AFTER_MISSED, GRACE);
    }
}
