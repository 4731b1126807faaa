package io.jackfield.loadtool.report;

import io.jackfield.media.client.HeadlessReport;

/** A report for programs: one JSON object (RFC 8259); times in milliseconds. */
public final class JsonReport {
    private static final double MILLIS_PER_SECOND = 1_000;

    private JsonReport() {}

    public static String write(LoadReport report) {
        JsonText json = new JsonText().begin();
        json.field("flawless", report.flawless());
        json.field("number", report.number());
        json.field("steady_seconds", report.steady().toMillis() / MILLIS_PER_SECOND);
        json.field("phones", report.phones().size());
        json.field("succeeded", report.succeeded());
        json.field("codecs", String.join(",", report.codecs()));
        frames(json, report.frames());
        percentiles(json, "register_to_200_ms", report.registered());
        percentiles(json, "invite_to_200_ms", report.answered());
        percentiles(json, "200_to_dtls_ms", report.connected());
        percentiles(json, "200_to_first_rtp_ms", report.firstHeard());
        percentiles(json, "round_trip_ms", report.roundTrips());
        percentiles(json, "longest_gap_ms", report.longestGaps());
        report.server().ifPresent(use -> server(json, use));
        flawed(json, report);
        json.end();
        return json.text();
    }

    private static void frames(JsonText json, LoadReport.Frames frames) {
        json.begin("packets");
        json.field("sent", frames.sent());
        json.field("echoed", frames.echoed());
        json.field("lost", frames.lost());
        json.field("duplicated", frames.repeated());
        json.field("corrupted", frames.damaged());
        json.end();
    }

    private static void percentiles(JsonText json, String name, Percentiles p) {
        json.begin(name);
        json.field("count", p.count());
        json.field("p50", p.p50());
        json.field("p95", p.p95());
        json.field("p99", p.p99());
        json.field("max", p.max());
        json.end();
    }

    private static void server(JsonText json, ServerUse use) {
        json.begin("server");
        json.field("cpu_seconds", use.cpuSeconds());
        json.field("core_percent", use.corePercent());
        json.field("resident_mib", use.residentMib());
        json.field("resident_peak_mib", use.residentPeakMib());
        json.end();
    }

    /** The phones that were not flawless, by user. */
    private static void flawed(JsonText json, LoadReport report) {
        json.begin("flawed");
        report.phones().stream()
                .filter(phone -> !phone.flawless())
                .forEach(phone -> {
                    json.begin(phone.user());
                    phone.problem().ifPresent(problem -> json.field("problem", problem));
                    json.field("sent", phone.media().map(HeadlessReport::framesSent).orElse(0L));
                    json.field("lost", phone.lost());
                    json.end();
                });
        json.end();
    }
}
