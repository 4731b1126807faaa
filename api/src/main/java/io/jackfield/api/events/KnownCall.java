package io.jackfield.api.events;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What has been heard of one call. Confined to its {@link Translator}. */
final class KnownCall {
    /** Far more legs than a call has over its life; what comes after is told without its agent. */
    private static final int LEGS_MAX = 256;

    final String id;
    Optional<String> ref = Optional.empty();
    Optional<String> number = Optional.empty();
    Optional<String> queue = Optional.empty();
    Optional<String> agent = Optional.empty();
    String caller = "";
    String callee = "";
    Optional<String> menu = Optional.empty();
    Map<String, String> entered = Map.of();
    Optional<String> callerName = Optional.empty();
    String direction = "";

    /** Whose phone each leg is. */
    private final Map<String, String> legs = new HashMap<>();

    /** Agents of whom it was told that they will be rung, and who have not been lost since. */
    final Set<String> offered = new HashSet<>();

    /** Those of whom it was told that they ring; empty text: somebody outside. */
    final Set<String> rang = new HashSet<>();

    KnownCall(String id) {
        this.id = id;
    }

    void leg(String leg, String who) {
        if (legs.size() < LEGS_MAX) {
            legs.put(leg, who);
        }
    }

    Optional<String> agentOf(String leg) {
        return Optional.ofNullable(legs.get(leg));
    }

    /** An offer to that agent is over; another one may follow. */
    void withdrawn(String who) {
        offered.remove(who);
        rang.remove(who);
    }

    Fact fact(EventType type) {
        return new Fact(type, Optional.of(id), ref, agent, queue, number, Map.of());
    }
}
