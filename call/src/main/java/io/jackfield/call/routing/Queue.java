package io.jackfield.call.routing;

import java.util.List;

/**
 * Agents who share a number, and callers who wait for them.
 *
 * @param members names of agents
 */
public record Queue(String number, List<String> members) {
    public Queue {
        members = List.copyOf(members);
    }
}
