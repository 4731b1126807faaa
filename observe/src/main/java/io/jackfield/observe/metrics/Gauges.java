package io.jackfield.observe.metrics;

import io.jackfield.media.MediaCounters;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Where the figures of this moment are read; each may be asked from any thread.
 *
 * @param registrations phones that can be reached
 * @param agents agents that can be reached
 * @param calls calls that are up
 * @param webSockets browsers that are connected
 * @param trunks names of trunks, and whether each can be used
 * @param cdrsWaiting records that are not in the database yet
 * @param cdrsLost records given up
 */
public record Gauges(
        IntSupplier registrations,
        IntSupplier agents,
        IntSupplier calls,
        IntSupplier webSockets,
        Supplier<Map<String, Boolean>> trunks,
        Supplier<MediaCounters> media,
        LongSupplier cdrsWaiting,
        LongSupplier cdrsLost) {}
