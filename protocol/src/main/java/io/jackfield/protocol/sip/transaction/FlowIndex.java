package io.jackfield.protocol.sip.transaction;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which transactions use which flow. A flow without any is forgotten.
 *
 * @param <F> the flow
 * @param <E> the transaction
 */
final class FlowIndex<F extends TransactionFlow, E extends Entry<F>> {
    private final Map<F, Set<E>> entries = new HashMap<>();

    void add(E entry) {
        entries.computeIfAbsent(entry.flow(), _ -> new LinkedHashSet<>()).add(entry);
    }

    void remove(E entry) {
        entries.computeIfPresent(
                entry.flow(),
                (_, those) -> {
                    those.remove(entry);
                    return those.isEmpty() ? null : those;
                });
    }

    int size() {
        return entries.values().stream().mapToInt(Set::size).sum();
    }

    int count(F flow) {
        return entries.getOrDefault(flow, Set.of()).size();
    }

    /** A copy, oldest first. */
    List<E> of(F flow) {
        return List.copyOf(entries.getOrDefault(flow, Set.of()));
    }
}
