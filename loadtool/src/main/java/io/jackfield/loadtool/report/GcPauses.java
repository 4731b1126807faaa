package io.jackfield.loadtool.report;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Pauses of a JVM's garbage collector, from the log that {@code -Xlog:gc:file=…} writes.
 *
 * @param totalMillis of all pauses together
 */
public record GcPauses(int count, double totalMillis, double maxMillis) {
    private static final Pattern PAUSE = Pattern.compile(".*\\bPause .* (\\d+\\.\\d+)ms$");

    /** Where the log ends now; 0 where there is none yet. */
    public static long end(Path log) {
        try {
            return Files.size(log);
        } catch (IOException _) {
            return 0;
        }
    }

    /**
     * The pauses that were written from there on.
     *
     * @param from as {@link #end} gave it
     */
    public static Optional<GcPauses> since(Path log, long from) {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            file.seek(Math.min(from, file.length()));
            byte[] bytes = new byte[(int) (file.length() - file.getFilePointer())];
            file.readFully(bytes);
            return Optional.of(parse(new String(bytes, StandardCharsets.UTF_8)));
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    static GcPauses parse(String text) {
        double[] millis =
                text.lines()
                        .map(PAUSE::matcher)
                        .filter(Matcher::matches)
                        .mapToDouble(pause -> Double.parseDouble(pause.group(1)))
                        .toArray();
        double total = 0;
        double max = 0;
        for (double one : millis) {
            total += one;
            max = Math.max(max, one);
        }
        return new GcPauses(millis.length, total, max);
    }
}
