package io.jackfield.observe.metrics;

import io.jackfield.observe.hep.HepExport;
import io.jackfield.observe.ladder.LadderRecorder;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.function.ToDoubleFunction;

/** Ladders and capture servers. */
final class DiagnosisMetrics {
    private final PrometheusRegistry registry;
    private final HepExport hep;

    DiagnosisMetrics(PrometheusRegistry registry, LadderRecorder ladders, HepExport hep) {
        this.registry = registry;
        this.hep = hep;
        CounterWithCallback.builder()
                .name("jackfield_ladder_rows_total")
                .help("Rows of ladders that were kept.")
                .callback(callback -> callback.call((double) ladders.kept()))
                .register(registry);
        CounterWithCallback.builder()
                .name("jackfield_ladder_rows_dropped_total")
                .help("Rows that were not kept: no room, no disk, or too many refused requests.")
                .callback(callback -> callback.call((double) ladders.dropped()))
                .register(registry);
        GaugeWithCallback.builder()
                .name("jackfield_ladder_failing")
                .help("1 while ladders cannot be written to disk.")
                .callback(callback -> callback.call(ladders.failing() ? 1 : 0))
                .register(registry);
        GaugeWithCallback.builder()
                .name("jackfield_hep_connected")
                .help("1 while that capture server can be sent to.")
                .labelNames("server")
                .callback(callback ->
                        hep.states()
                                .forEach(s ->
                                        callback.call(
                                                s.connected() ? 1 : 0, s.target().toString())))
                .register(registry);
        ofServers("jackfield_hep_sent_total", "Packets sent to it.", HepExport.State::sent);
        ofServers(
                "jackfield_hep_dropped_total",
                "Packets it did not get: it was away, or too slow.",
                HepExport.State::dropped);
    }

    private void ofServers(String name, String help, ToDoubleFunction<HepExport.State> value) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames("server")
                .callback(callback ->
                        hep.states()
                                .forEach(s ->
                                        callback.call(
                                                value.applyAsDouble(s), s.target().toString())))
                .register(registry);
    }
}
