package io.jackfield.call.trunk;

import io.jackfield.call.edge.Connector;
import io.jackfield.call.edge.Flow;
import io.jackfield.call.event.Events;
import io.jackfield.call.event.PbxEvent;
import io.jackfield.call.routing.Trunk;
import io.jackfield.call.signaling.SipEdge;
import io.jackfield.call.signaling.TransactionUser;
import io.jackfield.protocol.sip.Header;
import io.jackfield.protocol.sip.SipMethod;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import io.jackfield.protocol.sip.transaction.ClientTransactionId;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * One trunk: resolves its name, pings it, registers there, and knows whether it is up.
 *
 * <p>Thread-safety: {@link #flow}, {@link #addresses}, {@link #report} and {@link #stop} from any
 * thread; the rest on its own virtual thread, which may wait for DNS.
 */
final class TrunkLine implements Runnable, TransactionUser {
    private static final int MAILBOX_MAX = 64;

    /** How often a trunk that is down is asked. */
    private static final Duration PROBE_DOWN_EVERY = Duration.ofSeconds(10);

    /** How long an address is believed. */
    private static final Duration RESOLVE_EVERY = Duration.ofMinutes(1);

    /** How soon a refused registration is tried again. */
    private static final Duration REGISTER_RETRY = Duration.ofSeconds(30);

    private sealed interface Event {
        record Responded(ClientTransactionId id, SipResponse response) implements Event {}

        record Failed(ClientTransactionId id) implements Event {}

        record Reported(boolean failed) implements Event {}

        record Stop() implements Event {}
    }

    private final Trunk trunk;
    private final SipEdge edge;
    private final Connector connector;
    private final TrunkRequests requests;
    private final Events events;
    private final LongSupplier nanoTime;
    private final BlockingQueue<Event> mailbox = new ArrayBlockingQueue<>(MAILBOX_MAX);

    // Written by the line's own thread, read by calls.
    private volatile List<InetSocketAddress> addresses = List.of();
    private volatile TrunkHealth health = TrunkHealth.UNTRIED;

    private long resolveAtNanos;
    private long pingAtNanos;
    private long registerAtNanos;
    private Optional<SipRequest> registering = Optional.empty();

    TrunkLine(
            Trunk trunk,
            SipEdge edge,
            Connector connector,
            TrunkRequests requests,
            Events events,
            LongSupplier nanoTime) {
        this.trunk = trunk;
        this.edge = edge;
        this.connector = connector;
        this.requests = requests;
        this.events = events;
        this.nanoTime = nanoTime;
        literal(trunk).ifPresent(address -> addresses = List.of(address));
    }

    Trunk trunk() {
        return trunk;
    }

    boolean up() {
        return health.up();
    }

    /** Where its host is, as far as is known. */
    List<InetSocketAddress> addresses() {
        return addresses;
    }

    /** The way there; empty while it is down, or its name is not resolved. */
    Optional<Flow> flow() {
        return health.up() ? anyFlow() : Optional.empty();
    }

    /** How a call went. */
    void report(boolean failed) {
        mailbox.offer(new Event.Reported(failed));
    }

    void stop() {
        mailbox.offer(new Event.Stop());
    }

    @Override
    public void onResponse(ClientTransactionId id, SipResponse response) {
        mailbox.offer(new Event.Responded(id, response));
    }

    @Override
    public void onFailure(ClientTransactionId id, Failure failure) {
        mailbox.offer(new Event.Failed(id));
    }

    @Override
    public void run() {
        long now = nanoTime.getAsLong();
        resolveAtNanos = now;
        pingAtNanos = now;
        registerAtNanos = now;
        try {
            while (true) {
                doWhatIsDue();
                Event event = mailbox.poll(nanosToDeadline(), TimeUnit.NANOSECONDS);
                if (event instanceof Event.Stop) {
                    unregister();
                    return;
                }
                if (event != null) {
                    handle(event);
                }
            }
        } catch (InterruptedException shutdown) {
            Thread.currentThread().interrupt();
        }
    }

    private void doWhatIsDue() {
        long now = nanoTime.getAsLong();
        if (resolveAtNanos - now <= 0) {
            resolve();
            resolveAtNanos = now + RESOLVE_EVERY.toNanos();
        }
        if (pings() && pingAtNanos - now <= 0) {
            anyFlow().ifPresentOrElse(this::ping, () -> change(health.bad(), "unknown host"));
            pingAtNanos = now + (up() ? trunk.ping() : PROBE_DOWN_EVERY).toNanos();
        }
        if (trunk.register() && registerAtNanos - now <= 0) {
            registerAtNanos = now + REGISTER_RETRY.toNanos();
            anyFlow().ifPresent(flow -> register(flow, List.of(), trunk.registerEvery()));
        }
    }

    private long nanosToDeadline() {
        long now = nanoTime.getAsLong();
        long next = resolveAtNanos - now;
        next = pings() ? Math.min(next, pingAtNanos - now) : next;
        next = trunk.register() ? Math.min(next, registerAtNanos - now) : next;
        return Math.max(0, next);
    }

    /** A trunk that is down is probed even when it is not pinged otherwise. */
    private boolean pings() {
        return !trunk.ping().isZero() || !up();
    }

    private void handle(Event event) {
        switch (event) {
            case Event.Responded(var id, var response) -> onResponded(id, response);
            case Event.Failed(var id) -> change(health.bad(), id.method() + " not answered");
            case Event.Reported(var failed) ->
                    change(failed ? health.bad() : health.good(), "call");
            case Event.Stop() -> {}
        }
    }

    /** "An endpoint that answers OPTIONS at all is there"; only 503 and 408 say otherwise. */
    private void onResponded(ClientTransactionId id, SipResponse response) {
        if (!response.isFinal()) {
            return;
        }
        boolean bad = response.status() == 503 || response.status() == 408;
        change(bad ? health.bad() : health.good(), id.method() + " " + response.status());
        if (id.method().equals(SipMethod.REGISTER)) {
            onRegistered(response);
        }
    }

    private void onRegistered(SipResponse response) {
        Optional<SipRequest> asked = registering;
        registering = Optional.empty();
        boolean challenged = response.status() == 401 || response.status() == 407;
        if (challenged && asked.isPresent() && !requests.answered(asked.get())) {
            requests.credentials(trunk, asked.get(), response)
                    .ifPresent(headers ->
                            anyFlow()
                                    .ifPresent(flow ->
                                            register(flow, headers, trunk.registerEvery())));
            return;
        }
        if (response.isSuccess()) {
            Duration granted = requests.expires(response).orElse(trunk.registerEvery());
            registerAtNanos = nanoTime.getAsLong() + granted.toNanos() / 2;
        }
    }

    private void ping(Flow flow) {
        start(requests.options(trunk, flow), flow);
    }

    private void register(Flow flow, List<Header> credentials, Duration expires) {
        SipRequest request = requests.register(trunk, flow, credentials, expires);
        registering = Optional.of(request);
        start(request, flow);
    }

    private void unregister() {
        if (trunk.register()) {
            anyFlow().ifPresent(flow -> register(flow, List.of(), Duration.ZERO));
        }
    }

    private void start(SipRequest request, Flow flow) {
        edge.send(ClientTransactionId.of(request), request, flow, this);
    }

    private Optional<Flow> anyFlow() {
        List<InetSocketAddress> known = addresses;
        return known.isEmpty()
                ? Optional.empty()
                : connector.connect(trunk.transport(), known.getFirst(), trunk.host());
    }

    private void change(TrunkHealth next, String reason) {
        boolean was = health.up();
        health = next;
        if (was != next.up()) {
            events.publish(new PbxEvent.TrunkChanged(trunk.name(), next.up(), reason));
            pingAtNanos = nanoTime.getAsLong() + PROBE_DOWN_EVERY.toNanos();
        }
    }

    private static Optional<InetSocketAddress> literal(Trunk trunk) {
        try {
            return Optional.of(
                    new InetSocketAddress(InetAddress.ofLiteral(trunk.host()), trunk.port()));
        } catch (IllegalArgumentException aName) {
            return Optional.empty();
        }
    }

    /** An address that was good stays when the name server is away (fault F22). */
    private void resolve() {
        if (literal(trunk).isPresent()) {
            return;
        }
        try {
            addresses =
                    Arrays.stream(InetAddress.getAllByName(trunk.host()))
                            .map(a -> new InetSocketAddress(a, trunk.port()))
                            .toList();
        } catch (UnknownHostException away) {
            if (addresses.isEmpty()) {
                change(health.bad(), "unknown host");
            }
        }
    }
}
