package io.jackfield.call.b2bua;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A call that is up, at one moment.
 *
 * @param answeredAt empty while it rings
 * @param legs in all, ended ones included
 * @param recorded whether a recording was begun
 * @param parties who is in it now, or rings
 */
public record CallSnapshot(
        String id,
        String caller,
        String callee,
        Instant startedAt,
        Optional<Instant> answeredAt,
        int legs,
        boolean recorded,
        List<PartyInCall> parties) {
    /**
     * One leg that has not ended.
     *
     * @param name the agent's or the trunk's
     * @param number what others see
     * @param part {@code caller}, {@code callee}, {@code rings}, {@code waits}, {@code joined},
     *     {@code listen}, {@code whisper} or {@code barge}
     */
    public record PartyInCall(String legId, String name, String number, String part) {}

    public CallSnapshot {
        parties = List.copyOf(parties);
    }
}
