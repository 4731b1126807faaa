package io.jackfield.loadtool.compare;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Other programs. Any thread. */
final class Commands {
    /** Niceness of whoever is measured. */
    private static final String NICE = "-19";

    /**
     * {@code renice} takes it as it is; {@code nice} would add it to ours, which is that already.
     */
    private static final String RENICE = "renice -n " + NICE + " -p $$ > /dev/null 2>&1; ";

    private static final String EXEC = " \"$0\" \"$@\"";

    private Commands() {}

    /**
     * Runs it to its end.
     *
     * @return what it printed, errors included
     * @throws IOException with that, when it fails
     */
    static String run(String... command) throws IOException, InterruptedException {
        return run(Map.of(), List.of(command));
    }

    static String run(Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + text.strip());
        }
        return text.strip();
    }

    /** Something that must not be left half done. */
    interface Step {
        void run() throws IOException, InterruptedException;
    }

    /**
     * Ends what was begun, where that cannot be told of an interruption.
     *
     * @throws InterruptedIOException when interrupted; the thread then still is
     */
    static void uninterrupted(Step step) throws IOException {
        try {
            step.run();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException().initCause(interrupted);
        }
    }

    /**
     * The command on that CPU, in a session of its own that is served before others: niceness
     * counts within a session, and between sessions that of the session ({@code sched(7)},
     * autogroup). Each step takes the place of the one before, so the process is the command's own.
     */
    static List<String> pinned(int cpu, List<String> command) {
        List<String> whole = new ArrayList<>();
        whole.addAll(List.of("setsid", "sh", "-c"));
        whole.add(
                "echo "
                        + NICE
                        + " > /proc/self/autogroup 2>/dev/null; "
                        + RENICE
                        + "exec taskset -c "
                        + cpu
                        + EXEC);
        whole.addAll(command);
        return whole;
    }

    /** The command before others, in our session. */
    static List<String> first(List<String> command) {
        List<String> whole = new ArrayList<>(List.of("sh", "-c", RENICE + "exec" + EXEC));
        whole.addAll(command);
        return whole;
    }

    /** Has the session of that process served before others, where the kernel groups by session. */
    static void firstSession(String pid) throws IOException {
        Path autogroup = Path.of("/proc", pid, "autogroup");
        if (Files.exists(autogroup)) {
            Files.writeString(autogroup, NICE);
        }
    }
}
