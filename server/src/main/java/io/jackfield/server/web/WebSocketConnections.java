package io.jackfield.server.web;

import io.jackfield.call.edge.SipReceiver;
import io.jackfield.call.edge.Transport;
import io.jackfield.server.listener.SourceLimit;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * All SIP connections of browsers, within limits.
 *
 * <p>Thread-safety: any thread. The total is checked without a lock, so connections that come at
 * the same instant may pass it by a few.
 */
final class WebSocketConnections {
    /** Twice what one machine serves in agents; each costs a few tens of KiB. */
    static final int TOTAL_MAX = 20_000;

    /**
     * Connections of one address that have not said a word of SIP yet. An office of a thousand
     * agents behind one address comes back within seconds, each silent for a few milliseconds.
     */
    static final int HALF_OPEN_PER_SOURCE_MAX = 200;

    private final Set<SipWebSocketEndpoint> open = ConcurrentHashMap.newKeySet();
    private final SourceLimit halfOpen = new SourceLimit(HALF_OPEN_PER_SOURCE_MAX);
    private final AtomicLong counter = new AtomicLong();
    private final SipReceiver receiver;

    WebSocketConnections(SipReceiver receiver) {
        this.receiver = receiver;
    }

    /** A place for one more connection; empty when that would be too many. */
    Optional<SipWebSocketEndpoint> open(
            Transport transport, InetSocketAddress remote, long nowNanos) {
        SourceLimit.Place place = halfOpen.enter(remote.getAddress());
        if (!place.granted() || open.size() >= TOTAL_MAX) {
            place.leave();
            return Optional.empty();
        }
        String id = "ws-" + counter.incrementAndGet();
        SipWebSocketEndpoint endpoint =
                new SipWebSocketEndpoint(this, receiver, id, transport, remote, place, nowNanos);
        open.add(endpoint);
        return Optional.of(endpoint);
    }

    void remove(SipWebSocketEndpoint endpoint) {
        open.remove(endpoint);
    }

    int count() {
        return open.size();
    }

    void tick(long nowNanos) {
        open.forEach(endpoint -> endpoint.tick(nowNanos));
    }

    void closeAll() {
        open.forEach(SipWebSocketEndpoint::close);
    }
}
