package io.jackfield.call.b2bua;

import io.jackfield.call.b2bua.CallEffect.Seat;
import io.jackfield.call.event.PbxEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Who hears whom: the two sides of the call, and whoever came to them later. Two are bridged; three
 * and more are in a room.
 *
 * <p>Confined to its call.
 */
final class Conversation {
    private final CallState state;

    /** Those who came later, in that order. */
    private final SequencedMap<String, Seat> guests = new LinkedHashMap<>();

    Conversation(CallState state) {
        this.state = state;
    }

    /** Whether more than the two sides are in it. */
    boolean isRoom() {
        return !guests.isEmpty();
    }

    /** Whether that leg came to the two sides. */
    boolean isGuest(String legId) {
        return guests.containsKey(legId);
    }

    /** What a guest does, in one word. */
    Optional<String> part(String legId) {
        return Optional.ofNullable(guests.get(legId)).map(Seat::word);
    }

    /** Takes a leg in, or gives it another part. */
    void join(Seat seat) {
        guests.put(seat.legId(), seat);
        arrange();
        state.publish(new PbxEvent.PartyJoined(state.id(), seat.legId(), seat.word()));
    }

    /** That guest is gone; false where it was none. */
    boolean leave(String legId) {
        if (guests.remove(legId) == null) {
            return false;
        }
        arrange();
        return true;
    }

    /**
     * The guest who takes the place of a side that is gone: whoever talks and does not supervise.
     */
    Optional<String> heir() {
        return guests.values().stream()
                .filter(seat -> seat.supervises().isEmpty())
                .map(Seat::legId)
                .findFirst();
    }

    /** A guest becomes a side. */
    void promote(String guestId, String sideId) {
        guests.remove(guestId);
        state.replace(sideId, guestId);
        arrange();
    }

    /** Everybody hears whom they should from now on. */
    void arrange() {
        if (state.winnerId().isEmpty()) {
            return;
        }
        String caller = state.legs().caller().id();
        String callee = state.winnerId().get();
        if (guests.isEmpty()) {
            state.effect(new CallEffect.Bridge(caller, callee));
            return;
        }
        List<Seat> seats = new ArrayList<>(List.of(Seat.of(caller), Seat.of(callee)));
        seats.addAll(guests.values());
        state.effect(new CallEffect.Meet(seats));
    }
}
