package io.jackfield.observe.metrics;

import io.jackfield.contactcenter.agent.AgentStatus;
import io.jackfield.contactcenter.floor.FloorFigures;
import io.jackfield.contactcenter.queue.Counts;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** Agents and queues. No label names an agent; there is one for each queue of the site. */
final class FloorMetrics {
    private final PrometheusRegistry registry;
    private final Supplier<FloorFigures> figures;

    /**
     * @param figures asked whenever Prometheus asks
     */
    FloorMetrics(PrometheusRegistry registry, Supplier<FloorFigures> figures) {
        this.registry = registry;
        this.figures = figures;
        agents();
        ofQueues("jackfield_queue_waiting", "Callers who wait.", OfQueue::waiting);
        ofQueues(
                "jackfield_queue_callbacks_waiting",
                "Customers who wait to be called back.",
                OfQueue::callbacks);
        ofQueues(
                "jackfield_queue_longest_wait_seconds",
                "How long the one who waits longest has waited; 0 where nobody waits.",
                OfQueue::longestWaitSeconds);
        ofQueues(
                "jackfield_queue_service_level_ratio",
                "Share of today's callers who were answered in time, 0 to 1; 1 before the first.",
                OfQueue::serviceLevel);
        ofQueues(
                "jackfield_queue_agents_ready",
                "Members who are ready.",
                queue -> queue.figures().agents().getOrDefault(AgentStatus.READY, 0));
        counts();
    }

    /** What is told of one queue. */
    private record OfQueue(FloorFigures.OfQueue figures, FloorFigures all) {
        double waiting() {
            return figures.waiting();
        }

        double callbacks() {
            return figures.callbacks();
        }

        double longestWaitSeconds() {
            return figures.waitingSince()
                    .map(since -> Duration.between(since, all.at()).toMillis() / 1e3)
                    .orElse(0.0);
        }

        double serviceLevel() {
            return figures.serviceLevel().orElse(100) / 100.0;
        }
    }

    /** Every state from the start, so that a graph has no holes. */
    private void agents() {
        GaugeWithCallback.builder()
                .name("jackfield_agents")
                .help("Agents by their state.")
                .labelNames("state")
                .callback(callback -> {
                    Map<AgentStatus, Integer> counts = new EnumMap<>(AgentStatus.class);
                    figures.get().agents().forEach(a -> counts.merge(a.status(), 1, Integer::sum));
                    for (AgentStatus status : AgentStatus.values()) {
                        callback.call(
                                counts.getOrDefault(status, 0),
                                status.name().toLowerCase(Locale.ROOT));
                    }
                })
                .register(registry);
    }

    private void ofQueues(String name, String help, ToDoubleFunction<OfQueue> value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames("queue")
                .callback(callback -> {
                    FloorFigures all = figures.get();
                    all.queues()
                            .forEach(q ->
                                    callback.call(
                                            value.applyAsDouble(new OfQueue(q, all)),
                                            q.queue().number()));
                })
                .register(registry);
    }

    private void counts() {
        CounterWithCallback.builder()
                .name("jackfield_queue_calls_total")
                .help("Callers by what became of them. Begins anew with each day.")
                .labelNames("queue", "outcome")
                .callback(callback -> {
                    for (FloorFigures.OfQueue queue : figures.get().queues()) {
                        for (Counts.Count count : Counts.Count.values()) {
                            callback.call(
                                    queue.counts().all().getOrDefault(count, 0L),
                                    queue.queue().number(),
                                    count.name().toLowerCase(Locale.ROOT));
                        }
                    }
                })
                .register(registry);
    }
}
