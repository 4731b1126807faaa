package io.jackfield.loadtool.compare;

import java.util.Arrays;
import java.util.List;

/**
 * One figure of two, taken in turn: medians, and how the rounds' ratios spread.
 *
 * @param ours median
 * @param theirs median
 * @param ratio ours by theirs, median of the rounds
 * @param least ratio of a round
 * @param most ratio of a round
 * @param rounds in which both had the figure
 */
record Ratios(double ours, double theirs, double ratio, double least, double most, int rounds) {
    /** A figure of one round. */
    record Round(double ours, double theirs) {}

    /**
     * @throws IllegalArgumentException where there is no round
     */
    static Ratios of(List<Round> rounds) {
        if (rounds.isEmpty()) {
            throw new IllegalArgumentException("no rounds");
        }
        double[] ratios = rounds.stream().mapToDouble(r -> r.ours() / r.theirs()).toArray();
        return new Ratios(
                median(rounds.stream().mapToDouble(Round::ours).toArray()),
                median(rounds.stream().mapToDouble(Round::theirs).toArray()),
                median(ratios),
                Arrays.stream(ratios).min().orElseThrow(),
                Arrays.stream(ratios).max().orElseThrow(),
                rounds.size());
    }

    /** Of an even number, the mean of the two in the middle. */
    static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
