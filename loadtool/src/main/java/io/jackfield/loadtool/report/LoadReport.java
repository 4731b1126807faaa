package io.jackfield.loadtool.report;

import io.jackfield.loadtool.measure.Histogram.Spread;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a run has shown.
 *
 * @param number that was called
 * @param phones that took part
 * @param codecs that were sent, each once
 * @param registered REGISTER to its 200, the 401 round included; nanoseconds
 * @param registering what the server used while phones registered; empty when not asked
 * @param memory of the server's process
 * @param steps in their order
 * @param problems in words, by user
 */
public record LoadReport(
        String number,
        int phones,
        List<String> codecs,
        Spread registered,
        Optional<ServerUse> registering,
        MemoryUse memory,
        List<StepReport> steps,
        Map<String, String> problems) {
    private static final double MILLIS_PER_SECOND = 1_000;

    public LoadReport {
        codecs = List.copyOf(codecs);
        steps = List.copyOf(steps);
        problems = Map.copyOf(problems);
    }

    /**
     * The server's memory in RAM, KiB; 0 where it is not known.
     *
     * @param beforeKib before the first phone
     * @param registeredKib when all phones were registered
     * @param calls that were up when {@code callsKib} was taken
     */
    public record MemoryUse(long beforeKib, long registeredKib, int calls, long callsKib) {
        /** For each phone that is registered. */
        public double kibPerPhone(int phones) {
            return phones == 0 ? 0 : (double) (registeredKib - beforeKib) / phones;
        }

        /** For each call that is up. */
        public double kibPerCall() {
            return calls == 0 ? 0 : (double) (callsKib - registeredKib) / calls;
        }
    }

    /** The server's CPU for each phone that registered; empty where it is not known. */
    public Optional<Double> cpuMillisPerPhone() {
        return registering.map(use -> use.cpuSeconds() * MILLIS_PER_SECOND / phones);
    }

    /** True when every phone got through and nothing was lost, repeated or changed. */
    public boolean flawless() {
        return problems.isEmpty() && steps.stream().allMatch(StepReport::flawless);
    }

    /** Phones that had no problem. */
    public int succeeded() {
        return phones - problems.size();
    }

    public SortedMap<String, String> problemsByUser() {
        return new TreeMap<>(problems);
    }
}
