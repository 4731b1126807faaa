package io.jackfield.server.listener;

import io.jackfield.call.edge.SipReceiver;
import io.jackfield.call.edge.Transport;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * All stream connections, within limits.
 *
 * <p>Thread-safety: any thread.
 */
final class StreamFlows {
    /** Trunks need a few; everybody else has no business here. */
    static final int TOTAL_MAX = 2_000;

    /** Connections of one address that have not sent a message yet (reliability bounds). */
    static final int HALF_OPEN_PER_SOURCE_MAX = 20;

    /** Connections of one address in all. */
    static final int PER_SOURCE_MAX = 200;

    private final Set<StreamFlow> open = ConcurrentHashMap.newKeySet();
    private final SourceLimit halfOpen = new SourceLimit(HALF_OPEN_PER_SOURCE_MAX);
    private final SourceLimit perSource = new SourceLimit(PER_SOURCE_MAX);
    private final AtomicLong counter = new AtomicLong();
    private final LongSupplier nanoTime;

    StreamFlows(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** A flow for a connection that somebody opened; empty when that would be too many. */
    Optional<StreamFlow> accepted(
            Transport transport,
            InetSocketAddress remote,
            InetSocketAddress local,
            SipReceiver receiver) {
        SourceLimit.Place one = perSource.enter(remote.getAddress());
        SourceLimit.Place half = halfOpen.enter(remote.getAddress());
        if (!one.granted() || !half.granted() || open.size() >= TOTAL_MAX) {
            one.leave();
            half.leave();
            return Optional.empty();
        }
        Runnable leave =
                () -> {
                    half.leave();
                    one.leave();
                };
        return Optional.of(add(transport, remote, local, false, receiver, half::leave, leave));
    }

    /** A flow for a connection that we open; those are as many as there are trunks. */
    StreamFlow opened(
            Transport transport,
            InetSocketAddress remote,
            InetSocketAddress local,
            SipReceiver receiver,
            Runnable onEnded) {
        return add(transport, remote, local, true, receiver, () -> {}, onEnded);
    }

    private StreamFlow add(
            Transport transport,
            InetSocketAddress remote,
            InetSocketAddress local,
            boolean byUs,
            SipReceiver receiver,
            Runnable onGreeted,
            Runnable onEnded) {
        String id = transport.uriParameter() + "-" + counter.incrementAndGet();
        StreamFlow.Origin origin = new StreamFlow.Origin(id, transport, remote, local, byUs);
        StreamFlow[] self = new StreamFlow[1];
        StreamFlow flow =
                new StreamFlow(
                        origin,
                        receiver,
                        nanoTime,
                        onGreeted,
                        () -> {
                            open.remove(self[0]);
                            onEnded.run();
                        });
        self[0] = flow;
        open.add(flow);
        return flow;
    }

    int count() {
        return open.size();
    }

    void tick(long nowNanos) {
        open.forEach(flow -> flow.checkDeadlines(nowNanos));
    }

    void closeAll() {
        open.forEach(StreamFlow::end);
    }
}
