package io.jackfield.call.registrar;

import io.jackfield.call.auth.Authenticator;
import io.jackfield.call.auth.Identity;
import io.jackfield.call.edge.Flow;
import io.jackfield.call.event.Events;
import io.jackfield.call.event.LogBudget;
import io.jackfield.call.event.PbxEvent;
import io.jackfield.call.signaling.SipEdge;
import io.jackfield.protocol.sip.Identifiers;
import io.jackfield.protocol.sip.NameAddress;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import io.jackfield.protocol.sip.SipResponses;
import io.jackfield.protocol.sip.transaction.ServerTransactionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps who can be reached where. One thread writes; everybody reads.
 *
 * <p>Thread-safety: {@link #register}, {@link #flowClosed}, {@link #bindings} and {@link #agentsOn}
 * from any thread; the rest runs on the registrar's own.
 */
public final class Registrar implements Runnable {
    private static final System.Logger LOG = System.getLogger(Registrar.class.getName());

    /** A thousand phones that return at once after an outage fit; more are answered 503. */
    static final int WAITING_MAX = 8_192;

    /** How long after a 503 a phone may ask again (RFC 3261 §21.5.4). */
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private sealed interface Event {
        record Register(ServerTransactionId id, SipRequest request, Flow flow) implements Event {}

        record FlowClosed(Flow flow) implements Event {}

        record Withdraw(Set<String> agents) implements Event {}

        record Stop() implements Event {}
    }

    private final SipEdge edge;
    private final Authenticator authenticator;
    private final RegistrarSettings settings;
    private final Events events;
    private final Consumer<Binding> onAdded;
    private final Identifiers identifiers;
    private final LongSupplier nanoTime;

    /**
     * REGISTERs are counted, to {@link #WAITING_MAX}; of the rest there are no more than
     * connections that were open, one for each signalling loop, and one a change of the site.
     */
    private final BlockingQueue<Event> mailbox = new LinkedBlockingQueue<>();

    private final AtomicInteger registersWaiting = new AtomicInteger();
    private final LogBudget bugs = new LogBudget(20, Duration.ofMinutes(1));
    private final Map<String, Bindings> byAgent = new ConcurrentHashMap<>();
    private final Map<Flow, Set<String>> agentsByFlow = new ConcurrentHashMap<>();
    private final Expiries expiries = new Expiries();

    /**
     * @param onAdded is told of every phone that registers anew; must not block
     */
    public Registrar(
            SipEdge edge,
            Authenticator authenticator,
            RegistrarSettings settings,
            Events events,
            Consumer<Binding> onAdded,
            Identifiers identifiers,
            LongSupplier nanoTime) {
        this.edge = edge;
        this.authenticator = authenticator;
        this.settings = settings;
        this.events = events;
        this.onAdded = onAdded;
        this.identifiers = identifiers;
        this.nanoTime = nanoTime;
    }

    /** Hands over a REGISTER; it is answered sooner or later. Never waits. */
    public void register(ServerTransactionId id, SipRequest request, Flow flow) {
        if (registersWaiting.incrementAndGet() <= WAITING_MAX) {
            mailbox.add(new Event.Register(id, request, flow));
        } else {
            registersWaiting.decrementAndGet();
            SipResponse busy = refuse(request, 503, "Service Unavailable");
            edge.respond(id, with(busy, "Retry-After", RETRY_AFTER));
        }
    }

    /**
     * Takes away what came over this flow. Never waits: a signalling loop calls it, and the
     * registrar may be waiting for that loop.
     */
    public void flowClosed(Flow flow) {
        mailbox.add(new Event.FlowClosed(flow));
    }

    /**
     * Takes away all phones of these agents, who must prove anew who they are, if they still can.
     * Their calls go on. Never waits.
     */
    public void withdraw(Set<String> agents) {
        mailbox.add(new Event.Withdraw(Set.copyOf(agents)));
    }

    /** Ends the registrar's thread once it has done what lies before. */
    public void stop() {
        mailbox.add(new Event.Stop());
    }

    /** The phones by which that agent can be reached now. */
    public List<Binding> bindings(String agent) {
        return byAgent.getOrDefault(agent, Bindings.NONE).list();
    }

    /**
     * The agents whose phones registered over that flow, mostly one; requests on it need no second
     * proof where nobody else can send over it.
     */
    public Set<String> agentsOn(Flow flow) {
        return agentsByFlow.getOrDefault(flow, Set.of());
    }

    /** Which of that agent's phones it is, when it has said so (RFC 5626 §4.1). */
    public Optional<String> instanceOn(Flow flow, String agent) {
        return bindings(agent).stream()
                .filter(b -> b.flow().equals(flow))
                .findFirst()
                .flatMap(Binding::instance);
    }

    /** How many bindings there are in all. */
    public int size() {
        return byAgent.values().stream().mapToInt(b -> b.list().size()).sum();
    }

    /** Names of the agents that can be reached. */
    public List<String> reachable() {
        return List.copyOf(byAgent.keySet());
    }

    @Override
    public void run() {
        boolean running = true;
        while (running) {
            running = step(nanosToDeadline());
        }
    }

    /** True while there is something to do at once. */
    boolean busy() {
        return !mailbox.isEmpty() || nanosToDeadline() == 0;
    }

    /**
     * Does one thing, waiting for it at most so long, after what has run out by then: a stream of
     * REGISTERs keeps no binding alive. One that fails costs itself, not the registrar.
     *
     * @return false once it was told to stop
     */
    boolean step(long waitNanos) {
        try {
            Optional<Event> event =
                    Optional.ofNullable(mailbox.poll(waitNanos, TimeUnit.NANOSECONDS));
            expire();
            return event.isEmpty() || handle(event.get());
        } catch (InterruptedException shutdown) {
            Thread.currentThread().interrupt();
            return false;
        } catch (RuntimeException bug) {
            log(bug);
            return true;
        }
    }

    private void log(RuntimeException bug) {
        bugs.take(nanoTime.getAsLong())
                .ifPresent(leftOut ->
                        LOG.log(
                                System.Logger.Level.ERROR,
                                "the registrar failed at one thing left_out=" + leftOut,
                                bug));
    }

    private boolean handle(Event event) {
        return switch (event) {
            case Event.Register(var id, var request, var flow) -> {
                registersWaiting.decrementAndGet();
                handle(id, request, flow);
                yield true;
            }
            case Event.FlowClosed(var flow) -> {
                handleClosed(flow);
                yield true;
            }
            case Event.Withdraw(var agents) -> {
                agents.forEach(this::handleWithdrawn);
                yield true;
            }
            case Event.Stop() -> false;
        };
    }

    private void handle(ServerTransactionId id, SipRequest request, Flow flow) {
        switch (authenticator.authenticate(
                request, flow, request.headers().to().user().orElse(""))) {
            case Identity.Refused(var response) -> edge.respond(id, response);
            case Identity.OfTrunk _ -> edge.respond(id, refuse(request, 403, "Forbidden"));
            case Identity.OfAgent(var agent) ->
                    edge.respond(id, update(agent.name(), request, flow));
        }
    }

    private SipResponse update(String agent, SipRequest request, Flow flow) {
        long now = nanoTime.getAsLong();
        Bindings old = byAgent.getOrDefault(agent, Bindings.NONE);
        return switch (old.register(agent, request, flow, settings, now)) {
            case Bindings.Outcome.Refused(var status, var reason, var min) -> {
                SipResponse response = refuse(request, status, reason);
                yield min.map(m -> with(response, "Min-Expires", m)).orElse(response);
            }
            case Bindings.Outcome.Unchanged() -> accepted(request, old, now);
            case Bindings.Outcome.Changed(var next, var ended, var added) -> {
                store(agent, next);
                ended.forEach(this::tell);
                added.forEach(b -> tell(b, now));
                yield accepted(request, next, now);
            }
        };
    }

    private void handleClosed(Flow flow) {
        for (String agent : agentsOn(flow)) {
            List<Bindings.Ended> ended = new ArrayList<>();
            store(agent, byAgent.getOrDefault(agent, Bindings.NONE).withoutFlow(flow, ended));
            ended.forEach(this::tell);
        }
    }

    private void handleWithdrawn(String agent) {
        List<Bindings.Ended> ended = new ArrayList<>();
        store(agent, byAgent.getOrDefault(agent, Bindings.NONE).withdrawn(ended));
        ended.forEach(this::tell);
    }

    private void expire() {
        long now = nanoTime.getAsLong();
        for (String agent : expiries.due(now)) {
            List<Bindings.Ended> ended = new ArrayList<>();
            store(agent, byAgent.getOrDefault(agent, Bindings.NONE).withoutExpired(now, ended));
            ended.forEach(this::tell);
        }
    }

    /** What stays is never away in between: others read while this writes. */
    private void store(String agent, Bindings next) {
        Bindings old = byAgent.getOrDefault(agent, Bindings.NONE);
        if (next.list().isEmpty()) {
            byAgent.remove(agent);
        } else {
            byAgent.put(agent, next);
        }
        next.flows().forEach(flow -> agentsByFlow.merge(flow, Set.of(agent), Registrar::both));
        old.flows().stream()
                .filter(flow -> !next.flows().contains(flow))
                .forEach(flow -> agentsByFlow.computeIfPresent(flow, (_, on) -> less(on, agent)));
        expiries.set(agent, next.deadlineNanos());
    }

    /** Null, which a map takes for removal, when nobody is left. */
    private static @Nullable Set<String> less(Set<String> on, String agent) {
        Set<String> rest =
                on.stream().filter(a -> !a.equals(agent)).collect(Collectors.toUnmodifiableSet());
        return rest.isEmpty() ? null : rest;
    }

    private static Set<String> both(Set<String> some, Set<String> more) {
        return some.containsAll(more)
                ? some
                : Stream.concat(some.stream(), more.stream())
                        .collect(Collectors.toUnmodifiableSet());
    }

    private long nanosToDeadline() {
        OptionalLong next = expiries.nextNanos();
        return next.isPresent()
                ? Math.max(0, next.getAsLong() - nanoTime.getAsLong())
                : TimeUnit.HOURS.toNanos(1);
    }

    private void tell(Bindings.Ended ended) {
        Binding b = ended.binding();
        events.publish(new PbxEvent.Unregistered(b.agent(), b.flow(), ended.cause()));
    }

    private void tell(Binding added, long now) {
        Duration expires = Duration.ofNanos(added.expiresAtNanos() - now);
        events.publish(new PbxEvent.Registered(added.agent(), added.flow(), expires));
        onAdded.accept(added);
    }

    /** "…the 200 carries all current bindings, each with its expiry" (RFC 3261 §10.3 step 8). */
    private SipResponse accepted(SipRequest request, Bindings bindings, long now) {
        SipResponse ok = SipResponses.to(request, 200, "OK", identifiers.tag());
        List<NameAddress> contacts = bindings.list().stream().map(b -> contact(b, now)).toList();
        return ok.withHeaders(ok.headers().withContacts(contacts));
    }

    private static NameAddress contact(Binding binding, long now) {
        long nanos = Math.max(0, binding.expiresAtNanos() - now);
        long seconds = TimeUnit.NANOSECONDS.toSeconds(nanos + 500_000_000L);
        NameAddress bare = NameAddress.of(binding.contact());
        return new NameAddress(
                Optional.empty(),
                bare.uri(),
                bare.parameters().with("expires", Long.toString(seconds)));
    }

    private SipResponse refuse(SipRequest request, int status, String reason) {
        return SipResponses.to(request, status, reason, identifiers.tag());
    }

    private static SipResponse with(SipResponse response, String header, Duration seconds) {
        return response.withHeaders(
                response.headers().with(header, Long.toString(seconds.toSeconds())));
    }
}
