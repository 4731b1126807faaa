package io.jackfield.call.registrar;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeSet;

/** Whose bindings run out when: one moment for each agent. Confined to the registrar's thread. */
final class Expiries {
    private record Due(long atNanos, String agent) {}

    /** The difference, not the order, since a monotonic clock may wrap. */
    private static final Comparator<Due> SOONEST_FIRST =
            (a, b) ->
                    a.atNanos() == b.atNanos()
                            ? a.agent().compareTo(b.agent())
                            : Long.signum(a.atNanos() - b.atNanos());

    private final Map<String, Due> byAgent = new HashMap<>();
    private final TreeSet<Due> inOrder = new TreeSet<>(SOONEST_FIRST);

    /** From now on that agent's next binding runs out then, or none does. */
    void set(String agent, OptionalLong atNanos) {
        Due old = byAgent.remove(agent);
        if (old != null) {
            inOrder.remove(old);
        }
        if (atNanos.isPresent()) {
            Due next = new Due(atNanos.getAsLong(), agent);
            byAgent.put(agent, next);
            inOrder.add(next);
        }
    }

    /** When the next one runs out; empty where there is none. */
    OptionalLong nextNanos() {
        return inOrder.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(inOrder.first().atNanos());
    }

    /** The agents whose moment has come, soonest first; they are forgotten until set anew. */
    List<String> due(long nowNanos) {
        List<String> agents = new ArrayList<>();
        while (!inOrder.isEmpty() && inOrder.first().atNanos() - nowNanos <= 0) {
            Due due = inOrder.removeFirst();
            byAgent.remove(due.agent());
            agents.add(due.agent());
        }
        return agents;
    }
}
