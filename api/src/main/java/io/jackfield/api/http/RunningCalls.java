package io.jackfield.api.http;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Tells which calls are up. Any thread may ask. */
@FunctionalInterface
public interface RunningCalls {
    /** A snapshot, oldest first. */
    List<RunningCall> now();

    /**
     * One call that is up.
     *
     * @param answeredAt empty while it rings
     */
    record RunningCall(
            String id,
            String caller,
            String callee,
            Instant startedAt,
            Optional<Instant> answeredAt,
            int legs) {}
}
