package io.jackfield.loadtool.compare;

import io.jackfield.loadtool.floor.Floor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a comparison has shown, one scenario after another, for people. One thread. */
final class CompareReport {
    private static final double NANOS_PER_MICRO = 1_000;

    private final Formatter out = new Formatter(Locale.ROOT);

    /** Adds a scenario. */
    void add(ScenarioResult result) {
        out.format("%n%s: %s%n", result.scenario().key(), result.words());
        if (result.compared()) {
            compared(result);
        } else {
            result.sides().forEach(side -> alone(result.scenario(), side));
        }
        result.sides().forEach(this::remarks);
        floor(result);
    }

    private void alone(Scenario scenario, Side side) {
        if (side.runs().isEmpty()) {
            return;
        }
        out.format("%-36s %12s %12s %12s%n", side.name() + " alone", "median", "least", "most");
        scenario.figures().forEach(figure -> alone(figure, side));
    }

    private void alone(Figure figure, Side side) {
        double[] values = side.values(figure);
        if (values.length > 0) {
            out.format(
                    "%-36s %12.4f %12.4f %12.4f%n",
                    figure,
                    Ratios.median(values),
                    Arrays.stream(values).min().orElseThrow(),
                    Arrays.stream(values).max().orElseThrow());
        }
    }

    private void compared(ScenarioResult result) {
        out.format(
                "%-36s %12s %12s %9s %18s%n",
                "medians",
                result.ours().name(),
                result.theirs().map(Side::name).orElse(""),
                "ratio",
                "of the rounds");
        for (Figure figure : result.scenario().figures()) {
            String ratio =
                    result.ratios(figure)
                            .map(r ->
                                    String.format(
                                            Locale.ROOT,
                                            "%9.3f %8.3f to %.3f",
                                            r.ratio(),
                                            r.least(),
                                            r.most()))
                            .orElse("");
            out.format(
                    "%-36s %12s %12s %s%n",
                    figure,
                    median(Optional.of(result.ours()), figure),
                    median(result.theirs(), figure),
                    ratio);
        }
    }

    private static String median(Optional<Side> side, Figure figure) {
        double[] values = side.map(s -> s.values(figure)).orElse(new double[0]);
        return values.length == 0 ? "-" : String.format(Locale.ROOT, "%.4f", Ratios.median(values));
    }

    private void remarks(Side side) {
        List<String> all = new ArrayList<>(side.remarks());
        if (side.lossyRuns() > 0) {
            all.add(side.lossyRuns() + " of " + side.runs().size() + " runs lost over 0.1 %");
        }
        all.forEach(words -> out.format("%s: %s%n", side.name(), words));
    }

    private void floor(ScenarioResult result) {
        if (!result.scenario().hasFloor()) {
            return;
        }
        Floor floor = result.floor();
        out.format(
                "this machine: send %.2f us, receive %.2f us, SRTP %.2f us a packet:"
                        + " at least %.4f %% of a core a call",
                floor.sendNanos() / NANOS_PER_MICRO,
                floor.receiveNanos() / NANOS_PER_MICRO,
                floor.srtpNanos() / NANOS_PER_MICRO,
                result.floorPercent());
        result.sides()
                .forEach(side ->
                        result.timesFloor(side)
                                .ifPresent(
                                        t -> out.format("; %s %.2f times that", side.name(), t)));
        out.format("%n");
    }

    /** All of it so far. */
    @Override
    public String toString() {
        return out.toString();
    }
}
