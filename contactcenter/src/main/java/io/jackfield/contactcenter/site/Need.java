package io.jackfield.contactcenter.site;

import java.util.Map;

/**
 * What a caller brings along.
 *
 * @param priority higher goes before lower in the line; 0 to 9
 * @param importance how much a good network matters; 0 to 9
 * @param skills what the agent must have, and at which level at least
 */
public record Need(int priority, int importance, Map<String, Integer> skills) {
    public static final Need ORDINARY = new Need(0, 0, Map.of());

    /** More than any menu asks for. */
    public static final int SKILLS_MAX = 10;

    public Need {
        if (priority < 0 || priority > 9 || importance < 0 || importance > 9) {
            throw new IllegalArgumentException("priority and importance are 0 to 9");
        }
        if (skills.size() > SKILLS_MAX) {
            throw new IllegalArgumentException("at most " + SKILLS_MAX + " skills");
        }
        skills = Map.copyOf(skills);
    }

    /** Whether somebody with those skills can help. */
    public boolean metBy(Map<String, Integer> others) {
        return skills.entrySet().stream()
                .allMatch(s -> others.getOrDefault(s.getKey(), 0) >= s.getValue());
    }

    /** How good somebody with those skills is at it. */
    public int levelOf(Map<String, Integer> others) {
        return skills.keySet().stream().mapToInt(s -> others.getOrDefault(s, 0)).sum();
    }
}
