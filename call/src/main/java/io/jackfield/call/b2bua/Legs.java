package io.jackfield.call.b2bua;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The legs of one call in the order in which they came. The first is the caller's, until somebody
 * takes its place.
 *
 * <p>Confined to its call.
 */
final class Legs {
    private final String callId;
    private final SequencedMap<String, Leg> legs = new LinkedHashMap<>();
    private String caller;
    private int made;
    private int removed;

    /**
     * @param callerWaits false where the caller has to be found first
     */
    Legs(String callId, boolean callerWaits) {
        this.callId = callId;
        this.caller = callerWaits ? callerId(callId) : "";
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

    /** The leg belongs to another call from now on, or is long over. */
    void remove(String legId) {
        if (legs.remove(legId) != null) {
            removed++;
        }
    }

    Optional<Leg> find(String legId) {
        return Optional.ofNullable(legs.get(legId));
    }

    Leg get(String legId) {
        return find(legId).orElseThrow(() -> new IllegalStateException("no leg " + legId));
    }

    Leg caller() {
        return get(caller);
    }

    /** Whether there is such a leg yet or not. */
    String callerLegId() {
        return caller;
    }

    boolean isCaller(String legId) {
        return caller.equals(legId);
    }

    /** That leg takes the caller's place. */
    void callerIs(String legId) {
        caller = legId;
    }

    /** All of them as they are now; the list stays when legs change. */
    List<Leg> all() {
        return List.copyOf(legs.values());
    }

    /** How many have not ended. */
    int living() {
        return (int) legs.values().stream().filter(leg -> !leg.ended()).count();
    }

    boolean allEnded() {
        return legs.values().stream().allMatch(Leg::ended);
    }

    /** How many there have been in all. */
    int size() {
        return legs.size() + removed;
    }
}
