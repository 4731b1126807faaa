package io.jackfield.api.quality;

import io.jackfield.media.LinkWindow;
import io.jackfield.observe.quality.CallQuality;
import io.jackfield.observe.quality.EModel;
import io.jackfield.observe.quality.MeasuredWindow;
import io.jackfield.observe.quality.Trouble;
import io.jackfield.observe.quality.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The quality of calls as JSON. Pure; any thread. */
public final class QualityJson {
    private static final JsonMapper JSON = JsonMapper.shared();

    /** What stands in each window, in this order. */
    private static final List<String> COLUMNS =
            List.of(
                    "from_ms",
                    "to_ms",
                    "in_packets",
                    "in_lost",
                    "in_late",
                    "in_duplicates",
                    "in_jitter_ms",
                    "in_longest_gap_ms",
                    "in_mos_lq",
                    "in_mos_cq",
                    "in_trouble",
                    "out_packets",
                    "out_skipped",
                    "out_expected",
                    "out_lost",
                    "out_jitter_ms",
                    "rtt_ms",
                    "out_mos_lq",
                    "out_mos_cq",
                    "out_trouble",
                    "loop_late_ms");

    private QualityJson() {}

    /** What goes into the call's record: the verdict, and the scores of each leg. */
    public static ObjectNode summary(CallQuality quality) {
        ObjectNode node = JSON.createObjectNode();
        Verdict verdict = quality.verdict();
        node.put("formula", EModel.FORMULA);
        node.put("verdict", verdict.words(Verdict.Language.EN));
        node.put("verdict_ru", verdict.words(Verdict.Language.RU));
        node.put("judged_s", verdict.judgedSeconds());
        node.put("bad_s", verdict.badSeconds());
        node.put("worst_run_s", verdict.worstRunSeconds());
        ArrayNode blamed = node.putArray("blamed");
        for (Verdict.Blame blame : verdict.blamed()) {
            ObjectNode one = blamed.addObject();
            one.put("link", word(blame.link()));
            one.put("party", blame.party());
            one.put("trouble", word(blame.kind()));
            one.put("mean", rounded(blame.mean()));
            one.put("worst", rounded(blame.worst()));
            one.put("from_s", blame.fromMillis() / 1000);
            one.put("to_s", blame.toMillis() / 1000);
            one.put("s", blame.seconds());
        }
        ArrayNode legs = node.putArray("legs");
        for (CallQuality.Leg leg : quality.legs()) {
            ObjectNode one = legs.addObject();
            one.put("leg", leg.legId());
            one.put("party", leg.party());
            one.put("agent", leg.agent());
            scores(one, "in_", leg.windows().stream().map(MeasuredWindow::toUs).toList());
            scores(
                    one,
                    "out_",
                    leg.windows().stream()
                            .map(MeasuredWindow::fromUs)
                            .flatMap(Optional::stream)
                            .toList());
        }
        return node;
    }

    /** The worst tenth says more than the mean: a good mean hides dead seconds. */
    private static void scores(
            ObjectNode node, String prefix, List<MeasuredWindow.Direction> windows) {
        List<Double> lq = windows.stream().map(MeasuredWindow.Direction::mosLq).sorted().toList();
        List<Double> cq =
                windows.stream()
                        .map(MeasuredWindow.Direction::mosCq)
                        .filter(OptionalDouble::isPresent)
                        .map(OptionalDouble::getAsDouble)
                        .sorted()
                        .toList();
        score(node, prefix + "mos_lq", lq, List::size);
        score(node, prefix + "mos_lq_p10", lq, all -> all.size() / 10 + 1);
        score(node, prefix + "mos_cq", cq, List::size);
        score(node, prefix + "mos_cq_p10", cq, all -> all.size() / 10 + 1);
    }

    /** The mean of the first so many. */
    private static void score(
            ObjectNode node,
            String name,
            List<Double> sorted,
            Function<List<Double>, Integer> count) {
        if (sorted.isEmpty()) {
            node.putNull(name);
        } else {
            node.put(
                    name,
                    rounded(
                            sorted.stream()
                                    .limit(count.apply(sorted))
                                    .mapToDouble(Double::doubleValue)
                                    .average()
                                    .orElse(0)));
        }
    }

    /** With every window. */
    public static ObjectNode full(CallQuality quality) {
        ObjectNode node = summary(quality);
        node.put("live", quality.live());
        ArrayNode columns = node.putArray("columns");
        COLUMNS.forEach(columns::add);
        for (int i = 0; i < quality.legs().size(); i++) {
            ArrayNode windows = ((ObjectNode) node.get("legs").get(i)).putArray("windows");
            quality.legs().get(i).windows().forEach(window -> window(windows.addArray(), window));
        }
        return node;
    }

    private static void window(ArrayNode row, MeasuredWindow window) {
        LinkWindow raw = window.raw();
        row.add(window.fromMillis());
        row.add(window.toMillis());
        row.add(raw.incoming().packets());
        row.add(raw.incoming().lost());
        row.add(raw.incoming().late());
        row.add(raw.incoming().duplicates());
        number(row, raw.incoming().jitterMillis());
        row.add(raw.incoming().longestGap().toMillis());
        direction(row, Optional.of(window.toUs()));
        row.add(raw.outgoing().packets());
        row.add(raw.outgoing().skipped());
        Optional<LinkWindow.Reported> report = raw.outgoing().reported();
        if (report.isPresent()) {
            row.add(report.get().expected());
            row.add(report.get().lost());
            row.add(rounded(report.get().jitterMillis()));
            number(row, report.get().rttMillis());
        } else {
            row.addNull().addNull().addNull().addNull();
        }
        direction(row, window.fromUs());
        row.add(raw.loopLate().toMillis());
    }

    private static void direction(ArrayNode row, Optional<MeasuredWindow.Direction> of) {
        if (of.isEmpty()) {
            row.addNull().addNull().addNull();
            return;
        }
        row.add(rounded(of.get().mosLq()));
        number(row, of.get().mosCq());
        Optional<Trouble> trouble = of.get().trouble();
        if (trouble.isPresent()) {
            row.add(word(trouble.get().kind()));
        } else {
            row.addNull();
        }
    }

    private static void number(ArrayNode row, OptionalDouble value) {
        if (value.isPresent()) {
            row.add(rounded(value.getAsDouble()));
        } else {
            row.addNull();
        }
    }

    private static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
