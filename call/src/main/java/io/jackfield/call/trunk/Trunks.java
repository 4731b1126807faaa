package io.jackfield.call.trunk;

import io.jackfield.call.b2bua.Calls;
import io.jackfield.call.edge.Connector;
import io.jackfield.call.edge.Flow;
import io.jackfield.call.event.Events;
import io.jackfield.call.routing.Trunk;
import io.jackfield.call.signaling.SipEdge;
import java.net.InetSocketAddress;
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
    private final SipEdge edge;
    private final Connector connector;
    private final TrunkRequests requests;
    private final Events events;
    private final LongSupplier nanoTime;
    private final Map<String, TrunkLine> lines = new ConcurrentHashMap<>();

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

    /** Takes the trunks of a site: new ones start, missing and changed ones stop. */
    public void apply(List<Trunk> trunks) {
        lines.values().stream()
                .filter(line -> !trunks.contains(line.trunk()))
                .forEach(line -> {
                    line.stop();
                    lines.remove(line.trunk().name(), line);
                });
        trunks.forEach(trunk -> lines.computeIfAbsent(trunk.name(), _ -> start(trunk)));
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

    private TrunkLine start(Trunk trunk) {
        TrunkLine line = new TrunkLine(trunk, edge, connector, requests, events, nanoTime);
        Thread.ofVirtual().name("trunk-" + trunk.name()).start(line);
        return line;
    }
}
