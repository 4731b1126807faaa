package io.jackfield.call.trunk;

import io.jackfield.call.b2bua.Calls;
import io.jackfield.call.edge.Connector;
import io.jackfield.call.edge.Flow;
import io.jackfield.call.event.Events;
import io.jackfield.call.routing.Trunk;
import io.jackfield.call.signaling.SipEdge;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * All trunk lines.
 *
 * <p>Thread-safety: any thread.
 */
public final class Trunks implements Calls.TrunkReports {
    /** A line that hangs longer, as in DNS, is no longer waited for. */
    private static final Duration LINE_ENDS_WITHIN = Duration.ofSeconds(5);

    private final SipEdge edge;
    private final Connector connector;
    private final TrunkRequests requests;
    private final Events events;
    private final LongSupplier nanoTime;
    private final Map<String, TrunkLine> lines = new ConcurrentHashMap<>();
    private final Map<String, Thread> threads = new ConcurrentHashMap<>();

    public Trunks(
            SipEdge edge,
            Connector connector,
            TrunkRequests requests,
            Events events,
            LongSupplier nanoTime) {
        this.edge = edge;
        this.connector = connector;
        this.requests = requests;
        this.events = events;
        this.nanoTime = nanoTime;
    }

    /**
     * Takes the trunks of a site: new ones start, missing and changed ones stop; those that are as
     * they were go on undisturbed. One caller at a time.
     */
    public void apply(List<Trunk> trunks) {
        Map<String, Thread> ending = new HashMap<>();
        lines.values().stream()
                .filter(line -> !trunks.contains(line.trunk()))
                .forEach(line -> {
                    String name = line.trunk().name();
                    line.stop();
                    lines.remove(name, line);
                    Optional.ofNullable(threads.remove(name)).ifPresent(t -> ending.put(name, t));
                });
        trunks.forEach(trunk ->
                lines.computeIfAbsent(
                        trunk.name(), name -> start(trunk, Optional.ofNullable(ending.get(name)))));
    }

    /** Ends all lines; registrations are taken back. */
    public void stop() {
        apply(List.of());
    }

    /** The way to that trunk; empty while it is down. */
    public Optional<Flow> flow(Trunk trunk) {
        return line(trunk).flatMap(TrunkLine::flow);
    }

    /** What its host is known to resolve to. */
    public List<InetSocketAddress> addresses(Trunk trunk) {
        return line(trunk).map(TrunkLine::addresses).orElse(List.of());
    }

    /** Names of the trunks, and whether each can be used. */
    public Map<String, Boolean> states() {
        Map<String, Boolean> states = new ConcurrentHashMap<>();
        lines.forEach((name, line) -> states.put(name, line.up()));
        return Map.copyOf(states);
    }

    @Override
    public void report(Trunk trunk, boolean failed) {
        line(trunk).ifPresent(line -> line.report(failed));
    }

    private Optional<TrunkLine> line(Trunk trunk) {
        return Optional.ofNullable(lines.get(trunk.name()));
    }

    /**
     * @param before the line that had this name: it takes its registration back first, or the
     *     carrier might forget the new one
     */
    private TrunkLine start(Trunk trunk, Optional<Thread> before) {
        TrunkLine line = new TrunkLine(trunk, edge, connector, requests, events, nanoTime);
        Thread thread =
                Thread.ofVirtual()
                        .name("trunk-" + trunk.name())
                        .start(() -> {
                            before.ifPresent(Trunks::awaitEnd);
                            line.run();
                        });
        threads.put(trunk.name(), thread);
        return line;
    }

    private static void awaitEnd(Thread line) {
        try {
            var _ = line.join(LINE_ENDS_WITHIN);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
