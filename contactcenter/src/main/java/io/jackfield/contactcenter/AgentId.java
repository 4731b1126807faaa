package io.jackfield.contactcenter;

/**
 * A person who answers queues; the name is the agent's in the site, which is also its extension.
 */
public record AgentId(String name) implements Comparable<AgentId> {
    @Override
    public int compareTo(AgentId other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
