package io.jackfield.loadtool.compare;

import io.jackfield.loadtool.media.MediaFigures;
import io.jackfield.loadtool.phone.OfferedCodec;
import io.jackfield.loadtool.report.LoadReport;
import io.jackfield.loadtool.report.StepReport;
import io.jackfield.loadtool.scenario.LoadPlan;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Whether a run counts. */
final class Verdict {
    /** Above that, others had the CPU that was measured. */
    private static final double STEAL_PERCENT_MAX = 3;

    /** Of short calls; those that stay must all be up. */
    private static final double SHORT_CALLS_WELL_MIN = 0.99;

    private static final double NANOS_PER_MILLI = 1e6;

    private Verdict() {}

    /** True where others had too much of the machine: the same run may count another time. */
    static boolean stolen(LoadReport report) {
        return steal(report) > STEAL_PERCENT_MAX;
    }

    private static double steal(LoadReport report) {
        return report.steps().stream().mapToDouble(StepReport::stealPercent).max().orElse(0);
    }

    /** Why it does not count, in words; empty where it does. */
    static Optional<String> whyNot(Scenario scenario, LoadPlan plan, LoadReport report) {
        if (stolen(report)) {
            double percent = steal(report);
            return Optional.of(
                    String.format(
                            Locale.ROOT, "the hypervisor took %.1f %% of the machine", percent));
        }
        OfferedCodec asked = plan.codecs().first();
        if (!report.codecs().stream().allMatch(asked::is)) {
            String used = String.join(", ", report.codecs());
            return Optional.of(used + " was used, " + asked + " was asked for");
        }
        if (scenario == Scenario.PHONES && !report.problems().isEmpty()) {
            return Optional.of(problems(report));
        }
        return scenario == Scenario.LIMIT ? Optional.empty() : notUp(report);
    }

    private static Optional<String> notUp(LoadReport report) {
        if (report.steps().isEmpty()) {
            return Optional.of("no calls");
        }
        StepReport step = report.steps().getLast();
        double wanted = step.shortCalls() ? SHORT_CALLS_WELL_MIN * step.calls() : step.calls();
        if (step.up() >= wanted) {
            return Optional.empty();
        }
        String why = report.problems().isEmpty() ? "" : "; " + problems(report);
        return Optional.of(step.up() + " of " + step.calls() + " calls up" + why);
    }

    /** True where no call came up: it need not be asked again. */
    static boolean refused(LoadReport report) {
        return report.steps().stream().allMatch(step -> step.up() == 0);
    }

    /** How the last step of a search for the limit was, in words: why it ended there. */
    static String lastStep(LoadReport report) {
        StepReport step = report.steps().getLast();
        double lost =
                step.media().ways().values().stream()
                        .mapToDouble(MediaFigures.WayFigures::lostPercent)
                        .max()
                        .orElse(0);
        long delayNanos =
                step.media().ways().values().stream()
                        .mapToLong(way -> way.delay().p99())
                        .max()
                        .orElse(0);
        return String.format(
                Locale.ROOT,
                "last step: %d of %d up, %.4f %% lost, added delay p99 %.1f ms,"
                        + " generator's own lateness p99 %.1f ms",
                step.up(),
                step.calls(),
                lost,
                delayNanos / NANOS_PER_MILLI,
                step.media().sendLateness().p99() / NANOS_PER_MILLI);
    }

    /** What went wrong most often. */
    private static String problems(LoadReport report) {
        Map<String, Long> counts =
                report.problems().values().stream()
                        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        return counts.entrySet().stream()
                .sorted(
                        Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                                .thenComparing(Map.Entry.comparingByKey()))
                .limit(1)
                .map(one -> one.getValue() + " times: " + one.getKey())
                .collect(Collectors.joining());
    }
}
