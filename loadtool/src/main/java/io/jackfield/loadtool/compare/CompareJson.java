package io.jackfield.loadtool.compare;

import io.jackfield.loadtool.floor.Floor;
import io.jackfield.loadtool.report.JsonText;
import java.util.List;

/** The comparison for programs: one JSON object (RFC 8259), each run's figures included. */
final class CompareJson {
    private final JsonText json = new JsonText().begin();

    private CompareJson() {}

    static String write(List<ScenarioResult> results) {
        CompareJson writer = new CompareJson();
        writer.json.beginList("scenarios");
        results.forEach(writer::scenario);
        writer.json.endList();
        writer.json.end();
        return writer.json.text();
    }

    private void scenario(ScenarioResult result) {
        json.beginItem();
        json.field("name", result.scenario().key());
        json.field("codec", result.codec());
        json.field("calls", result.calls());
        json.field("seconds", result.seconds());
        result.sides().forEach(side -> side(result, side));
        json.begin("ratios");
        for (Figure figure : result.scenario().figures()) {
            result.ratios(figure).ifPresent(r -> ratios(figure, r));
        }
        json.end();
        if (result.scenario().hasFloor()) {
            floor(result);
        }
        json.end();
    }

    private void side(ScenarioResult result, Side side) {
        json.begin(side.name());
        json.begin("medians");
        for (Figure figure : result.scenario().figures()) {
            double[] values = side.values(figure);
            if (values.length > 0) {
                json.exactly(figure.key(), Ratios.median(values));
            }
        }
        json.end();
        result.timesFloor(side).ifPresent(t -> json.exactly("times_floor", t));
        json.beginList("runs");
        side.runs().forEach(this::run);
        json.endList();
        json.beginList("remarks");
        side.remarks().forEach(this::remark);
        json.endList();
        json.end();
    }

    private void run(Run run) {
        json.beginItem();
        run.figures().forEach((figure, value) -> json.exactly(figure.key(), value));
        run.whyNot().ifPresent(why -> json.field("not_counted", why));
        json.end();
    }

    private void remark(String words) {
        json.beginItem();
        json.field("remark", words);
        json.end();
    }

    private void ratios(Figure figure, Ratios ratios) {
        json.begin(figure.key());
        json.exactly("median", ratios.ratio());
        json.exactly("least", ratios.least());
        json.exactly("most", ratios.most());
        json.field("rounds", ratios.rounds());
        json.end();
    }

    private void floor(ScenarioResult result) {
        Floor floor = result.floor();
        json.begin("floor");
        json.exactly("send_ns", floor.sendNanos());
        json.exactly("receive_ns", floor.receiveNanos());
        json.exactly("srtp_ns", floor.srtpNanos());
        json.exactly("core_percent_per_call", result.floorPercent());
        json.end();
    }
}
