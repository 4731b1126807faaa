package io.jackfield.loadtool.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * All CPUs at one moment, from {@code /proc/stat} (proc(5)).
 *
 * @param ticks of all CPUs, in hundredths of a second
 * @param stolenTicks of those, what the hypervisor gave to others while we wanted to run
 */
public record MachineSample(long ticks, long stolenTicks) {
    private static final int STEAL = 8;
    private static final double PERCENT = 100;

    /** Now; empty where there is no {@code /proc}. */
    public static Optional<MachineSample> now() {
        try {
            return parse(Files.readString(Path.of("/proc/stat")));
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    static Optional<MachineSample> parse(String stat) {
        String[] fields = stat.lines().findFirst().orElse("").strip().split(" +");
        if (fields.length <= STEAL || !fields[0].equals("cpu")) {
            return Optional.empty();
        }
        long ticks = 0;
        // Guests' time, behind steal, is part of user's.
        for (int i = 1; i <= STEAL; i++) {
            ticks += Long.parseLong(fields[i]);
        }
        return Optional.of(new MachineSample(ticks, Long.parseLong(fields[STEAL])));
    }

    /** Of the time between; 0 where none passed. */
    public static double stealPercent(MachineSample before, MachineSample after) {
        long ticks = after.ticks() - before.ticks();
        return ticks <= 0 ? 0 : PERCENT * (after.stolenTicks() - before.stolenTicks()) / ticks;
    }
}
