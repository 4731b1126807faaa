package io.jackfield.call.routing;

import java.util.List;

/**
 * Agents who share a number. All members that are registered ring at once; the first to answer has
 * the call.
 *
 * @param members names of agents
 */
public record Queue(String number, List<String> members) {
    public Queue {
        members = List.copyOf(members);
    }
}
