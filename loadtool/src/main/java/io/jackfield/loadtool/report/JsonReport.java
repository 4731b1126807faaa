package io.jackfield.loadtool.report;

import io.jackfield.loadtool.measure.Histogram.Spread;
import io.jackfield.loadtool.media.MediaFigures;
import io.jackfield.loadtool.media.Way;
import java.util.TreeMap;

/** A report for programs: one JSON object (RFC 8259); times in milliseconds. */
public final class JsonReport {
    private static final double MILLIS_PER_SECOND = 1_000;
    private static final double NANOS_PER_MILLI = 1e6;

    private final JsonText json = new JsonText().begin();

    private JsonReport() {}

    public static String write(LoadReport report) {
        JsonReport writer = new JsonReport();
        writer.all(report);
        writer.json.end();
        return writer.json.text();
    }

    private void all(LoadReport report) {
        json.field("flawless", report.flawless());
        json.field("number", report.number());
        json.field("phones", report.phones());
        json.field("succeeded", report.succeeded());
        json.field("codecs", String.join(",", report.codecs()));
        spread("register_to_200_ms", report.registered());
        report.cpuMillisPerPhone().ifPresent(ms -> json.field("register_cpu_ms_per_phone", ms));
        packets(report);
        memory(report);
        json.beginList("steps");
        report.steps().forEach(this::step);
        json.endList();
        json.begin("flawed");
        report.problemsByUser()
                .forEach((user, problem) -> {
                    json.begin(user);
                    json.field("problem", problem);
                    json.end();
                });
        json.end();
        if (!report.steps().isEmpty()) {
            report.steps().getLast().server().ifPresent(use -> use("server", use));
        }
    }

    /** Of all steps together. */
    private void packets(LoadReport report) {
        long sent = report.steps().stream().mapToLong(StepReport::sent).sum();
        long heard = report.steps().stream().mapToLong(StepReport::heard).sum();
        json.begin("packets");
        json.field("sent", sent);
        json.field("heard", heard);
        json.field("lost", sent - heard);
        json.field("duplicated", report.steps().stream().mapToLong(StepReport::repeated).sum());
        json.field("corrupted", report.steps().stream().mapToLong(s -> s.media().damaged()).sum());
        json.end();
    }

    private void memory(LoadReport report) {
        LoadReport.MemoryUse memory = report.memory();
        if (memory.beforeKib() == 0) {
            return;
        }
        json.begin("server_memory");
        json.field("before_kib", memory.beforeKib());
        json.field("registered_kib", memory.registeredKib());
        json.field("calls_kib", memory.callsKib());
        json.field("kib_per_phone", memory.kibPerPhone(report.phones()));
        json.field("kib_per_call", memory.kibPerCall());
        json.end();
    }

    private void step(StepReport step) {
        json.beginItem();
        json.field("calls", step.calls());
        json.field("up", step.up());
        json.field("seconds", step.window().toMillis() / MILLIS_PER_SECOND);
        spread("invite_to_200_ms", step.setup().answered());
        spread("200_to_srtp_ms", step.setup().connected());
        spread("invite_to_first_media_ms", step.setup().firstHeard());
        new TreeMap<>(step.media().ways()).forEach(this::way);
        json.field("corrupted", step.media().damaged());
        json.field("not_sent", step.media().notSent());
        spread("send_lateness_ms", step.media().sendLateness());
        spread("read_lateness_ms", step.media().readLateness());
        step.server()
                .ifPresent(use -> {
                    use("server", use);
                    json.field("server_core_percent_per_call", step.corePercentPerCall());
                    json.field("server_cpu_ms_per_call", step.cpuMillisPerCall());
                });
        jvm(step);
        step.own().ifPresent(use -> use("generator", use));
        json.field("steal_percent", step.stealPercent());
        json.end();
    }

    private void jvm(StepReport step) {
        step.allocatedBytesPerPacket().ifPresent(b -> json.field("allocated_bytes_per_packet", b));
        step.jvm()
                .allocated()
                .ifPresent(threads -> {
                    json.begin("allocated_bytes");
                    new TreeMap<>(threads).forEach(json::field);
                    json.end();
                });
        step.jvm()
                .pauses()
                .ifPresent(pauses -> {
                    json.begin("gc_pauses");
                    json.field("count", pauses.count());
                    json.field("total_ms", pauses.totalMillis());
                    json.field("max_ms", pauses.maxMillis());
                    json.end();
                });
    }

    private void way(Way way, MediaFigures.WayFigures figures) {
        json.begin(way.key());
        json.field("sent", figures.sent());
        json.field("heard", figures.heard());
        json.field("lost", figures.lost());
        json.field("duplicated", figures.repeated());
        spread("delay_ms", figures.delay());
        spread("jitter_ms", figures.jitter());
        spread("spacing_error_ms", figures.spacing());
        json.end();
    }

    private void spread(String name, Spread spread) {
        json.begin(name);
        json.field("count", spread.count());
        json.field("p50", spread.p50() / NANOS_PER_MILLI);
        json.field("p95", spread.p95() / NANOS_PER_MILLI);
        json.field("p99", spread.p99() / NANOS_PER_MILLI);
        json.field("p999", spread.p999() / NANOS_PER_MILLI);
        json.field("max", spread.max() / NANOS_PER_MILLI);
        json.end();
    }

    private void use(String name, ServerUse use) {
        json.begin(name);
        json.field("cpu_seconds", use.cpuSeconds());
        json.field("core_percent", use.corePercent());
        json.field("resident_mib", use.residentMib());
        json.field("resident_peak_mib", use.residentPeakMib());
        json.begin("threads");
        new TreeMap<>(use.threads()).forEach(json::field);
        json.end();
        json.end();
    }
}
