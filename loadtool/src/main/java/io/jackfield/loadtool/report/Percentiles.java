package io.jackfield.loadtool.report;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * How measured values spread; milliseconds. By nearest rank: each is a value that was measured. All
 * are 0 when there was none.
 *
 * @param count of the values
 */
public record Percentiles(long count, double p50, double p95, double p99, double max) {
    private static final int HUNDRED = 100;

    static Percentiles of(DoubleStream values) {
        double[] sorted = values.toArray();
        Arrays.sort(sorted);
        return new Percentiles(
                sorted.length,
                rank(sorted, 50),
                rank(sorted, 95),
                rank(sorted, 99),
                rank(sorted, HUNDRED));
    }

    private static double rank(double[] sorted, int percent) {
        if (sorted.length == 0) {
            return 0;
        }
        // Ceiling of n * percent / 100, counted from 1.
        long rank = ((long) sorted.length * percent + HUNDRED - 1) / HUNDRED;
        return sorted[(int) rank - 1];
    }
}
