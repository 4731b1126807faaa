package io.jackfield.loadtool.report;

/**
 * What the server used.
 *
 * @param cpuSeconds of user and system time
 * @param corePercent of one core: 100 is one core kept busy, 200 two
 * @param residentMib memory in RAM at the end, MiB
 * @param residentPeakMib the most since its start, MiB
 */
public record ServerUse(
        double cpuSeconds, double corePercent, double residentMib, double residentPeakMib) {
    /** What Linux calls USER_HZ: 100 wherever Java runs. */
    private static final double TICKS_PER_SECOND = 100;

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double KIB_PER_MIB = 1024;
    private static final int PERCENT = 100;

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
                after.residentPeakKib() / KIB_PER_MIB);
    }
}
