package io.jackfield.loadtool.report;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A process at one moment, from {@code /proc} (Linux, proc(5)).
 *
 * @param atNanos monotonic
 * @param cpuTicks of user and system time since the start, in hundredths of a second
 * @param residentKib memory in RAM, KiB
 * @param residentPeakKib the most there ever was, KiB
 * @param threads each one's CPU time since its start, by its number
 */
public record ProcessSample(
        long atNanos,
        long cpuTicks,
        long residentKib,
        long residentPeakKib,
        Map<String, ThreadSample> threads) {
    /** Counted behind the command's name, where the state is 0: utime, field 14 of all. */
    private static final int USER_TICKS = 11;

    /** Likewise: stime, field 15 of all. */
    private static final int SYSTEM_TICKS = 12;

    public ProcessSample {
        threads = Map.copyOf(threads);
    }

    /**
     * A thread.
     *
     * @param name as the system has it: at most 15 characters
     * @param cpuNanos of user and system time since its start
     */
    public record ThreadSample(String name, long cpuNanos) {}

    /** Now; empty when there is no such process, or no {@code /proc}. */
    public static Optional<ProcessSample> of(long pid) {
        Path process = Path.of("/proc", Long.toString(pid));
        try {
            return parse(
                    System.nanoTime(),
                    Files.readString(process.resolve("stat")),
                    Files.readAllLines(process.resolve("status")),
                    threads(process));
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private static Map<String, ThreadSample> threads(Path process) throws IOException {
        Map<String, ThreadSample> threads = new HashMap<>();
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(process.resolve("task"))) {
            for (Path task : tasks) {
                thread(task).ifPresent(t -> threads.put(task.getFileName().toString(), t));
            }
        }
        return threads;
    }

    /** Empty for one that has just ended. */
    private static Optional<ThreadSample> thread(Path task) {
        try {
            String name = Files.readString(task.resolve("comm")).strip();
            String ran = Files.readString(task.resolve("schedstat")).split(" ")[0];
            return Optional.of(new ThreadSample(name, Long.parseLong(ran)));
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /** From the text of {@code stat} and the lines of {@code status}. */
    static Optional<ProcessSample> parse(
            long atNanos, String stat, List<String> status, Map<String, ThreadSample> threads) {
        // The command's name is in parentheses and may hold spaces and parentheses itself.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
        OptionalLong resident = kib(status, "VmRSS:");
        OptionalLong peak = kib(status, "VmHWM:");
        if (fields.length <= SYSTEM_TICKS || resident.isEmpty() || peak.isEmpty()) {
            return Optional.empty();
        }
        long ticks = Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS]);
        return Optional.of(
                new ProcessSample(atNanos, ticks, resident.getAsLong(), peak.getAsLong(), threads));
    }

    private static OptionalLong kib(List<String> status, String name) {
        return status.stream()
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst();
    }
}
