package io.jackfield.call.b2bua;

import java.time.Instant;
import java.util.Optional;

/**
 * A call that is up, at one moment.
 *
 * @param answeredAt empty while it rings
 * @param legs in all, ended ones included
 * @param recorded whether a recording was begun
 */
public record CallSnapshot(
        String id,
        String caller,
        String callee,
        Instant startedAt,
        Optional<Instant> answeredAt,
        int legs,
        boolean recorded) {}
