package io.jackfield.observe.metrics;

import io.jackfield.media.MediaCounters;
import io.jackfield.media.recording.Recorder;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Where the figures of this moment are read; each may be asked from any thread.
 *
 * @param registrations phones that can be reached
 * @param agents for each configured agent, in the site's order, whether it can be reached
 * @param calls calls that are up
 * @param webSockets browsers that are connected
 * @param trunks names of trunks, and whether each can be used
 */
public record Gauges(
        IntSupplier registrations,
        Supplier<List<Boolean>> agents,
        IntSupplier calls,
        IntSupplier webSockets,
        Supplier<Map<String, Boolean>> trunks,
        Supplier<MediaCounters> media,
        Records records,
        Supplier<Recorder.Counters> recordings) {

    /**
     * How the way of the call records is doing.
     *
     * @param waiting in memory alone
     * @param stored in the database since the start
     * @param lost given up
     * @param rejected kept aside, since no database will take them
     * @param spoolFailing the spool cannot be written now
     * @param databaseFailing the database cannot be written now
     */
    public record Records(
            LongSupplier waiting,
            LongSupplier stored,
            LongSupplier lost,
            LongSupplier rejected,
            BooleanSupplier spoolFailing,
            BooleanSupplier databaseFailing) {}
}
