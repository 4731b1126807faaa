package io.jackfield.call.b2bua;

import io.jackfield.call.edge.Flow;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Runs one call: one mailbox, one virtual thread, no locks.
 *
 * <p>Thread-safety: any thread may call {@link #offer}, {@link #stop}, {@link #comesOver}, {@link
 * #forgets} and {@link #snapshot}; everything else runs on the call's own.
 */
final class CallRunner implements Runnable {
    /** Far more than a sane call has waiting. What does not fit is dropped, never the heap. */
    private static final int MAILBOX_MAX = 256;

    private static final long IDLE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final Call call;
    private final CallServices services;
    private final Calls calls;
    private final EffectPerformer performer;
    private final BlockingQueue<CallEvent> mailbox = new ArrayBlockingQueue<>(MAILBOX_MAX);
    private final Deque<CallEvent> own = new ArrayDeque<>();
    private final Set<Flow> flows = ConcurrentHashMap.newKeySet();
    private volatile Optional<String> stopReason = Optional.empty();
    private volatile CallSnapshot snapshot;
    private boolean stopTold;
    private boolean broken;

    CallRunner(Call call, CallServices services, Calls calls) {
        this.call = call;
        this.services = services;
        this.calls = calls;
        this.performer =
                new EffectPerformer(
                        call.id(),
                        services,
                        listen -> calls.listen(listen, this),
                        calls::unlisten,
                        this::offer,
                        own::add);
        this.snapshot = call.snapshot();
    }

    String id() {
        return call.id();
    }

    /** What the call was like after its last event. Any thread. */
    CallSnapshot snapshot() {
        return snapshot;
    }

    // ---- from any thread

    /** Hands the call an event; false when the mailbox is full and the event was not taken. */
    boolean offer(CallEvent event) {
        return mailbox.offer(event);
    }

    /** Tells the call to end, before all that waits: it arrives even when the mailbox is full. */
    void stop(String reason) {
        stopReason = Optional.of(reason);
        mailbox.offer(new CallEvent.Tick());
    }

    /** Some leg's messages come over that flow, or may do so soon. */
    void comesOver(Flow flow) {
        flows.add(flow);
    }

    /** True, once, when that flow was one of the call's. */
    boolean forgets(Flow flow) {
        return flows.remove(flow);
    }

    // ---- on the call's own thread

    @Override
    public void run() {
        try {
            begin();
            while (!ended()) {
                handle(nextEvent());
            }
        } finally {
            close();
        }
    }

    void begin() {
        act(() -> call.begin(now()));
    }

    boolean ended() {
        return call.ended();
    }

    /** The call is over: what it held is let go. */
    void close() {
        performer.close();
        calls.over(this);
    }

    void handle(CallEvent event) {
        act(() -> call.on(event, now()));
    }

    /** A mistake of ours, in the rules or in what they want done, ends this call and no other. */
    private void act(Supplier<List<CallEffect>> rules) {
        try {
            performer.perform(rules.get());
        } catch (RuntimeException | StackOverflowError bug) {
            onBug(bug);
        }
        snapshot = call.snapshot();
    }

    /**
     * The rules are asked to end the call as they end any other. When they fail at that too, it is
     * ended without them.
     */
    private void onBug(Throwable bug) {
        if (!broken) {
            broken = true;
            services.bugs().failed(call.id(), bug, now());
            handle(new CallEvent.Broken());
        } else if (!call.ended()) {
            act(() -> call.abandon(now()));
        }
    }

    /** The next event, or a tick when a deadline comes first: a timer is a poll that ran out. */
    private CallEvent nextEvent() {
        try {
            return next(nanosToDeadline()).orElseGet(CallEvent.Tick::new);
        } catch (InterruptedException shutdown) {
            return new CallEvent.Stop("the server stops");
        }
    }

    /** What comes within that time: the order to stop, what the call itself did, what arrived. */
    Optional<CallEvent> next(long waitNanos) throws InterruptedException {
        if (stopReason.isPresent() && !stopTold) {
            stopTold = true;
            return stopReason.map(CallEvent.Stop::new);
        }
        if (!own.isEmpty()) {
            return Optional.of(own.removeFirst());
        }
        return Optional.ofNullable(mailbox.poll(waitNanos, TimeUnit.NANOSECONDS));
    }

    /** When a tick is due; empty when only events are awaited. */
    OptionalLong deadlineNanos() {
        return call.deadlineNanos();
    }

    private long nanosToDeadline() {
        OptionalLong deadline = deadlineNanos();
        return deadline.isPresent() ? Math.max(0, deadline.getAsLong() - now()) : IDLE_NANOS;
    }

    private long now() {
        return services.nanoTime().getAsLong();
    }
}
