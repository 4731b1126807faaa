package io.jackfield.media.peer;

import java.util.function.LongConsumer;

/** Brings work from other threads to the media loop, which adds the time. */
@FunctionalInterface
public interface LoopExecutor {
    /**
     * Runs the task on the loop, soon.
     *
     * @param task given {@code nowNanos}
     */
    void execute(LongConsumer task);
}
