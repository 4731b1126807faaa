package io.jackfield.loadtool.report;

import java.util.Formatter;
import java.util.List;
import java.util.Locale;

/** A report for people: one table, then what went wrong. */
public final class TextReport {
    /** As many as a person reads; the rest is counted. */
    private static final int PROBLEMS_MAX = 20;

    private static final double MILLIS_PER_SECOND = 1_000;

    private final Formatter out = new Formatter(Locale.ROOT);

    private TextReport() {}

    public static String write(LoadReport report) {
        TextReport writer = new TextReport();
        writer.counts(report);
        writer.times(report);
        report.server().ifPresent(writer::server);
        writer.flaws(report.phones().stream().filter(phone -> !phone.flawless()).toList());
        return writer.out.toString();
    }

    private void counts(LoadReport report) {
        LoadReport.Frames frames = report.frames();
        out.format(
                "phones     %d, of which %d talked to %s for %.1f s with %s%n",
                report.phones().size(),
                report.succeeded(),
                report.number(),
                report.steady().toMillis() / MILLIS_PER_SECOND,
                report.codecs().isEmpty() ? "no codec" : String.join(", ", report.codecs()));
        out.format(
                "packets    %d sent, %d echoed, %d lost, %d duplicated, %d corrupted%n",
                frames.sent(), frames.echoed(), frames.lost(), frames.repeated(), frames.damaged());
    }

    private void times(LoadReport report) {
        out.format("%n%-26s %9s %9s %9s %9s%n", "milliseconds", "p50", "p95", "p99", "max");
        row("REGISTER -> 200", report.registered());
        row("INVITE -> 200", report.answered());
        row("200 -> DTLS connected", report.connected());
        row("200 -> first RTP", report.firstHeard());
        row("packet round trip", report.roundTrips());
        row("longest gap of a phone", report.longestGaps());
    }

    private void row(String name, Percentiles p) {
        out.format("%-26s %9.2f %9.2f %9.2f %9.2f%n", name, p.p50(), p.p95(), p.p99(), p.max());
    }

    private void server(ServerUse use) {
        out.format(
                "%nserver     CPU %.2f s = %.1f %% of a core; memory %.0f MiB, at most %.0f MiB%n",
                use.cpuSeconds(), use.corePercent(), use.residentMib(), use.residentPeakMib());
    }

    private void flaws(List<PhoneResult> flawed) {
        if (!flawed.isEmpty()) {
            out.format("%n");
        }
        flawed.stream()
                .limit(PROBLEMS_MAX)
                .forEach(phone -> out.format("%-10s %s%n", phone.user(), words(phone)));
        if (flawed.size() > PROBLEMS_MAX) {
            out.format("and %d more%n", flawed.size() - PROBLEMS_MAX);
        }
    }

    /** What is wrong with a phone that is not flawless. */
    private static String words(PhoneResult phone) {
        return phone.problem()
                .or(() ->
                        phone.media()
                                .map(media ->
                                        media.framesSent()
                                                + " sent, "
                                                + phone.lost()
                                                + " lost, of which "
                                                + media.framesMissing()
                                                + " between others; "
                                                + media.framesRepeated()
                                                + " duplicated, "
                                                + media.framesDamaged()
                                                + " corrupted"))
                .orElse("no media");
    }
}
