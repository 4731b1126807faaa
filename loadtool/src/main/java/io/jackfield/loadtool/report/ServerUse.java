package io.jackfield.loadtool.report;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a process used.
 *
 * @param cpuSeconds of user and system time
 * @param corePercent of one core: 100 is one core kept busy, 200 two
 * @param residentMib memory in RAM at the end, MiB
 * @param residentPeakMib the most since its start, MiB
 * @param threads of one core, by name; those of one name together
 */
public record ServerUse(
        double cpuSeconds,
        double corePercent,
        double residentMib,
        double residentPeakMib,
        Map<String, Double> threads) {
    /** What Linux calls USER_HZ: 100 wherever Java runs. */
    private static final double TICKS_PER_SECOND = 100;

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double KIB_PER_MIB = 1024;
    private static final int PERCENT = 100;

    public ServerUse {
        threads = Map.copyOf(threads);
    }

    /**
     * @throws IllegalArgumentException when no time passed between the two
     */
    public static ServerUse between(ProcessSample before, ProcessSample after) {
        double seconds = (after.atNanos() - before.atNanos()) / NANOS_PER_SECOND;
        if (!(seconds > 0)) {
            throw new IllegalArgumentException("the second sample is not later");
        }
        double cpu = (after.cpuTicks() - before.cpuTicks()) / TICKS_PER_SECOND;
        return new ServerUse(
                cpu,
                PERCENT * cpu / seconds,
                after.residentKib() / KIB_PER_MIB,
                after.residentPeakKib() / KIB_PER_MIB,
                threads(before, after, seconds));
    }

    private static Map<String, Double> threads(
            ProcessSample before, ProcessSample after, double seconds) {
        Map<String, Double> percents = new TreeMap<>();
        after.threads()
                .forEach((id, thread) -> {
                    ProcessSample.ThreadSample then = before.threads().get(id);
                    long nanos = thread.cpuNanos() - (then == null ? 0 : then.cpuNanos());
                    percents.merge(
                            thread.name(),
                            PERCENT * nanos / NANOS_PER_SECOND / seconds,
                            Double::sum);
                });
        return percents;
    }
}
