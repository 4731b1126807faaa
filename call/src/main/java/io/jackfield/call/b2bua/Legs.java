package io.jackfield.call.b2bua;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The legs of one call in the order in which they came; the first is the caller's.
 *
 * <p>Confined to its call.
 */
final class Legs {
    private final String callId;
    private final SequencedMap<String, Leg> legs = new LinkedHashMap<>();
    private int made;

    Legs(String callId) {
        this.callId = callId;
    }

    /** The id that the caller's leg of that call has. */
    static String callerId(String callId) {
        return callId + "-1";
    }

    /** The id of the next leg. */
    String nextId() {
        made++;
        return callId + "-" + made;
    }

    /** Adds the leg, or puts it in the place of its older self. */
    void put(Leg leg) {
        legs.put(leg.id(), leg);
    }

    Optional<Leg> find(String legId) {
        return Optional.ofNullable(legs.get(legId));
    }

    Leg get(String legId) {
        return find(legId).orElseThrow(() -> new IllegalStateException("no leg " + legId));
    }

    Leg caller() {
        return legs.firstEntry().getValue();
    }

    boolean isCaller(String legId) {
        return caller().id().equals(legId);
    }

    /** All of them as they are now; the list stays when legs change. */
    List<Leg> all() {
        return List.copyOf(legs.values());
    }

    List<Leg> callees() {
        return legs.values().stream().skip(1).toList();
    }

    boolean allEnded() {
        return legs.values().stream().allMatch(Leg::ended);
    }

    int size() {
        return legs.size();
    }
}
