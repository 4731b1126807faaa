package io.jackfield.observe.metrics;

import io.jackfield.media.LinkWindow;
import io.jackfield.observe.quality.CallQuality;
import io.jackfield.observe.quality.Link;
import io.jackfield.observe.quality.MeasuredWindow;
import io.jackfield.observe.quality.Trouble;
import io.jackfield.observe.quality.Verdict;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Locale;

/** How calls were heard, counted when they end. Links are labels; no call or party is. */
final class QualityMetrics {
    private static final double[] MOS = {1.5, 2, 2.5, 3, 3.3, 3.6, 3.8, 4, 4.2, 4.4};
    private static final double[] ROUND_TRIP = {
        0.01, 0.025, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.6, 1
    };
    private static final double[] LOSS = {0.001, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.2, 0.5};

    private final Histogram mos;
    private final Histogram roundTrip;
    private final Histogram loss;
    private final Counter judged;
    private final Counter bad;
    private final Counter blamed;

    QualityMetrics(PrometheusRegistry registry) {
        mos =
                Histogram.builder()
                        .name("jackfield_call_mos")
                        .help("Scores (mos_lq) of five seconds of a call, by their link.")
                        .labelNames("link")
                        .classicOnly()
                        .classicUpperBounds(MOS)
                        .register(registry);
        roundTrip =
                Histogram.builder()
                        .name("jackfield_call_round_trip_seconds")
                        .help("Round trips as peers' reports tell them, by the side of the call.")
                        .labelNames("side")
                        .classicOnly()
                        .classicUpperBounds(ROUND_TRIP)
                        .register(registry);
        loss =
                Histogram.builder()
                        .name("jackfield_call_loss_ratio")
                        .help("Share of packets lost in five seconds of a call, by their link.")
                        .labelNames("link")
                        .classicOnly()
                        .classicUpperBounds(LOSS)
                        .register(registry);
        judged =
                Counter.builder()
                        .name("jackfield_call_judged_seconds_total")
                        .help("Seconds of calls that were judged.")
                        .register(registry);
        bad =
                Counter.builder()
                        .name("jackfield_call_bad_seconds_total")
                        .help("Seconds in which one who listened could not be content.")
                        .register(registry);
        blamed =
                Counter.builder()
                        .name("jackfield_calls_blamed_total")
                        .help("Calls in which a link was bad, by link and what was wrong with it.")
                        .labelNames("link", "trouble")
                        .register(registry);
        for (Link link : Link.values()) {
            for (Trouble.Kind kind : Trouble.Kind.values()) {
                if (link == Link.MACHINE == (kind == Trouble.Kind.BUSY)) {
                    blamed.labelValues(word(link), word(kind));
                }
            }
        }
    }

    void ended(CallQuality quality) {
        judged.inc(quality.verdict().judgedSeconds());
        bad.inc(quality.verdict().badSeconds());
        for (Verdict.Blame blame : quality.verdict().blamed()) {
            blamed.labelValues(word(blame.link()), word(blame.kind())).inc();
        }
        for (CallQuality.Leg leg : quality.legs()) {
            leg.windows().forEach(window -> window(leg.agent(), window));
        }
    }

    private void window(boolean agent, MeasuredWindow window) {
        direction(agent ? "agent_up" : "trunk_in", window.toUs());
        window.fromUs().ifPresent(d -> direction(agent ? "agent_down" : "trunk_out", d));
        window.raw()
                .outgoing()
                .reported()
                .map(LinkWindow.Reported::rttMillis)
                .ifPresent(rtt ->
                        rtt.ifPresent(millis ->
                                roundTrip
                                        .labelValues(agent ? "agent" : "trunk")
                                        .observe(millis / 1e3)));
    }

    private void direction(String link, MeasuredWindow.Direction direction) {
        mos.labelValues(link).observe(direction.mosLq());
        loss.labelValues(link).observe(direction.lossPercent() / 100);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
