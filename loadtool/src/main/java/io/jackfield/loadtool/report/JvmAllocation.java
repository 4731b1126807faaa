package io.jackfield.loadtool.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the threads of a JVM have allocated on its heap since they began, as {@code jcmd PID
 * Thread.print -e} tells; to the mebibyte from a hundred of them on. The asking stops the JVM for
 * some milliseconds.
 *
 * @param threads bytes, by name and number
 */
public record JvmAllocation(Map<String, Long> threads) {
    private static final Pattern THREAD =
            Pattern.compile("^\"(.*)\" #(\\d+) .*\\ballocated=(\\d+)([BKMG]) .*");

    private static final int NAME = 1;
    private static final int NUMBER = 2;
    private static final int COUNT = 3;
    private static final int UNIT = 4;
    private static final long KIB = 1_024;
    private static final int JCMD_SECONDS_MAX = 20;

    public JvmAllocation {
        threads = Map.copyOf(threads);
    }

    /** Now; empty where there is no such JVM of ours, or no {@code jcmd}. */
    public static Optional<JvmAllocation> of(long pid) throws InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        try {
            Process asked =
                    new ProcessBuilder(jcmd.toString(), Long.toString(pid), "Thread.print", "-e")
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            String text = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            boolean over = asked.waitFor(JCMD_SECONDS_MAX, TimeUnit.SECONDS);
            return over && asked.exitValue() == 0 ? Optional.of(parse(text)) : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    static JvmAllocation parse(String text) {
        Map<String, Long> threads = new HashMap<>();
        text.lines()
                .map(THREAD::matcher)
                .filter(Matcher::matches)
                .forEach(thread ->
                        threads.put(
                                thread.group(NAME) + " #" + thread.group(NUMBER),
                                Long.parseLong(thread.group(COUNT)) * bytes(thread.group(UNIT))));
        return new JvmAllocation(threads);
    }

    private static long bytes(String unit) {
        return switch (unit) {
            case "K" -> KIB;
            case "M" -> KIB * KIB;
            case "G" -> KIB * KIB * KIB;
            default -> 1;
        };
    }

    /** Bytes allocated since, by thread; those that have allocated none are left out. */
    public Map<String, Long> since(JvmAllocation before) {
        Map<String, Long> bytes = new TreeMap<>();
        threads.forEach((thread, now) -> {
            long allocated = now - before.threads.getOrDefault(thread, 0L);
            if (allocated > 0) {
                bytes.put(thread, allocated);
            }
        });
        return bytes;
    }
}
