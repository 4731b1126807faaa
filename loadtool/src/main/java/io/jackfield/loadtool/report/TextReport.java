package io.jackfield.loadtool.report;

import io.jackfield.loadtool.measure.Histogram.Spread;
import io.jackfield.loadtool.media.MediaFigures;
import io.jackfield.loadtool.media.Way;
import java.util.Comparator;
import java.util.Formatter;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A report for people: a table for each step, then what went wrong. */
public final class TextReport {
    /** As many as a person reads; the rest is counted. */
    private static final int PROBLEMS_MAX = 20;

    /** As many of the threads that allocate most. */
    private static final int ALLOCATING_THREADS_MAX = 5;

    private static final long BYTES_PER_KIB = 1_024;

    /** Threads below that are not worth a line; of one core. */
    private static final double THREAD_PERCENT_MIN = 0.5;

    private static final double MILLIS_PER_SECOND = 1_000;
    private static final double NANOS_PER_MILLI = 1e6;

    private final Formatter out = new Formatter(Locale.ROOT);

    private TextReport() {}

    public static String write(LoadReport report) {
        TextReport writer = new TextReport();
        writer.head(report);
        report.steps().forEach(writer::step);
        writer.memory(report);
        writer.problems(report);
        return writer.out.toString();
    }

    private void head(LoadReport report) {
        out.format(
                "phones     %d, of which %d had no problem, called %s with %s%n",
                report.phones(),
                report.succeeded(),
                report.number(),
                report.codecs().isEmpty() ? "no codec" : String.join(", ", report.codecs()));
        columns();
        row("REGISTER -> 200", report.registered());
        report.cpuMillisPerPhone()
                .ifPresent(ms -> out.format("%nserver     %.2f ms CPU a phone registered%n", ms));
    }

    private void columns() {
        out.format(
                "%n%-26s %9s %9s %9s %9s %9s%n",
                "milliseconds", "p50", "p95", "p99", "p99.9", "max");
    }

    private void row(String name, Spread s) {
        out.format(
                "%-26s %9.3f %9.3f %9.3f %9.3f %9.3f%n",
                name,
                s.p50() / NANOS_PER_MILLI,
                s.p95() / NANOS_PER_MILLI,
                s.p99() / NANOS_PER_MILLI,
                s.p999() / NANOS_PER_MILLI,
                s.max() / NANOS_PER_MILLI);
    }

    private void step(StepReport step) {
        out.format(
                step.shortCalls()
                        ? "%n%d short calls, %d went well, in %.1f s%n"
                        : "%n%d calls, %d up, for %.1f s%n",
                step.calls(),
                step.up(),
                step.window().toMillis() / MILLIS_PER_SECOND);
        Map<Way, MediaFigures.WayFigures> ways = new TreeMap<>(step.media().ways());
        ways.forEach(this::packets);
        columns();
        row("INVITE -> 200", step.setup().answered());
        row("200 -> SRTP keys", step.setup().connected());
        row("INVITE -> first media", step.setup().firstHeard());
        ways.forEach((way, figures) -> row("delay " + way, figures.delay()));
        ways.forEach((way, figures) -> row("jitter " + way, figures.jitter()));
        ways.forEach((way, figures) -> row("spacing " + way, figures.spacing()));
        row("own lateness in sending", step.media().sendLateness());
        row("own lateness in reading", step.media().readLateness());
        out.format("%n");
        step.server().ifPresent(use -> server(step, use));
        jvm(step);
        step.own().ifPresent(use -> use("generator", use));
        out.format("steal      %.2f %% of the machine%n", step.stealPercent());
    }

    private void packets(Way way, MediaFigures.WayFigures figures) {
        out.format(
                "packets    %d %s, %d lost (%.4f %%), %d duplicated%n",
                figures.sent(), way, figures.lost(), figures.lostPercent(), figures.repeated());
    }

    private void server(StepReport step, ServerUse use) {
        use("server", use);
        if (step.shortCalls()) {
            out.format("           %.2f ms CPU a call%n", step.cpuMillisPerCall());
        } else {
            out.format("           %.4f %% of a core a call%n", step.corePercentPerCall());
        }
    }

    private void jvm(StepReport step) {
        step.allocatedBytesPerPacket()
                .ifPresent(
                        bytes -> out.format("           %.2f bytes allocated a packet%n", bytes));
        step.jvm()
                .allocated()
                .ifPresent(threads ->
                        threads.entrySet().stream()
                                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                                .limit(ALLOCATING_THREADS_MAX)
                                .forEach(t ->
                                        out.format(
                                                "           %8d KiB  %s%n", kib(t), t.getKey())));
        step.jvm()
                .pauses()
                .ifPresent(pauses ->
                        out.format(
                                "           %d GC pauses, %.2f ms together, %.2f ms at most%n",
                                pauses.count(), pauses.totalMillis(), pauses.maxMillis()));
    }

    private static long kib(Map.Entry<String, Long> thread) {
        return thread.getValue() / BYTES_PER_KIB;
    }

    private void use(String who, ServerUse use) {
        out.format(
                "%-10s CPU %.2f s = %.2f %% of a core; memory %.0f MiB, at most %.0f MiB%n",
                who, use.cpuSeconds(), use.corePercent(), use.residentMib(), use.residentPeakMib());
        use.threads().entrySet().stream()
                .filter(thread -> thread.getValue() >= THREAD_PERCENT_MIN)
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .forEach(t -> out.format("           %6.2f %%  %s%n", t.getValue(), t.getKey()));
    }

    private void memory(LoadReport report) {
        LoadReport.MemoryUse memory = report.memory();
        if (memory.beforeKib() > 0) {
            out.format(
                    "%nmemory     %d KiB, %.1f KiB a phone registered, %.1f KiB a call%n",
                    memory.beforeKib(), memory.kibPerPhone(report.phones()), memory.kibPerCall());
        }
    }

    private void problems(LoadReport report) {
        if (!report.problems().isEmpty()) {
            out.format("%n");
        }
        report.problemsByUser().entrySet().stream()
                .limit(PROBLEMS_MAX)
                .forEach(p -> out.format("%-10s %s%n", p.getKey(), p.getValue()));
        if (report.problems().size() > PROBLEMS_MAX) {
            out.format("and %d more%n", report.problems().size() - PROBLEMS_MAX);
        }
    }
}
