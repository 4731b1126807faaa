package io.jackfield.contactcenter.runner;

import io.jackfield.call.event.LogBudget;
import io.jackfield.contactcenter.floor.Floor;
import io.jackfield.contactcenter.floor.FloorEffect;
import io.jackfield.contactcenter.floor.FloorEvent;
import io.jackfield.contactcenter.floor.FloorRules;
import io.jackfield.contactcenter.floor.FloorStep;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Runs the floor: one mailbox, one virtual thread, no locks.
 *
 * <p>Thread-safety: any thread may call {@link #offer}, {@link #floor}, {@link #dropped} and {@link
 * #stop}; everything else runs on the floor's own.
 */
public final class FloorRunner implements Runnable {
    private static final System.Logger LOG = System.getLogger(FloorRunner.class.getName());

    /** Every agent of a large house may come back at once, with a few events each. */
    private static final int MAILBOX_MAX = 16_384;

    /** What is due and fails is tried again no sooner. */
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private final CallPort calls;
    private final FloorListener listener;
    private final FloorStore store;
    private final FloorClock clock;
    private final BlockingQueue<FloorEvent> mailbox = new ArrayBlockingQueue<>(MAILBOX_MAX);
    private final LogBudget bugs = new LogBudget(20, Duration.ofMinutes(1));
    private final LongSupplier nanoTime;
    private final AtomicLong dropped = new AtomicLong();
    private volatile Floor floor;
    private volatile boolean stopped;
    private boolean failed;

    /**
     * @param floor empty at the first start, else the one that was stored
     */
    public FloorRunner(
            Floor floor,
            CallPort calls,
            FloorListener listener,
            FloorStore store,
            LongSupplier nanoTime,
            Supplier<Instant> wallClock) {
        this.floor = floor;
        this.calls = calls;
        this.listener = listener;
        this.store = store;
        this.clock = new FloorClock(nanoTime, wallClock, floor.figuresAt());
        this.nanoTime = nanoTime;
    }

    /** Starts the thread. */
    public Thread start() {
        return Thread.ofVirtual().name("floor").start(this);
    }

    // ---- from any thread

    /** Hands the floor an event; false when the mailbox is full and the event was not taken. */
    public boolean offer(FloorEvent event) {
        boolean taken = mailbox.offer(event);
        if (!taken) {
            dropped.incrementAndGet();
        }
        return taken;
    }

    /** The floor after its last step. */
    public Floor floor() {
        return floor;
    }

    /** Events that found the mailbox full. */
    public long dropped() {
        return dropped.get();
    }

    /** Ends the thread after the step at hand; the floor stays as it is stored. */
    public void stop() {
        stopped = true;
        mailbox.offer(new FloorEvent.Tick());
    }

    // ---- on the floor's own thread

    @Override
    public void run() {
        while (!stopped) {
            FloorEvent event = nextEvent();
            if (!stopped) {
                handle(event);
            }
        }
    }

    /** The next event, or a tick when a deadline comes first: a timer is a poll that ran out. */
    private FloorEvent nextEvent() {
        try {
            FloorEvent event = mailbox.poll(patience().toNanos(), TimeUnit.NANOSECONDS);
            return event == null ? new FloorEvent.Tick() : event;
        } catch (InterruptedException shutdown) {
            stopped = true;
            return new FloorEvent.Tick();
        }
    }

    private Duration patience() {
        if (failed) {
            return AFTER_FAILURE;
        }
        Duration left = Duration.between(clock.now(), floor.deadline());
        return left.isNegative() ? Duration.ZERO : left;
    }

    /**
     * One step. A mistake of ours in the rules costs the event that met it: the floor before it is
     * whole, and stays.
     */
    void handle(FloorEvent event) {
        FloorStep step;
        try {
            step = FloorRules.step(floor, event, clock.now());
            failed = false;
        } catch (RuntimeException bug) {
            log("floor event=" + name(event), bug);
            failed = true;
            return;
        }
        floor = step.next();
        act("store", () -> store.changed(step.next()));
        step.effects().forEach(effect -> act(name(effect), () -> perform(effect)));
    }

    private void perform(FloorEffect effect) {
        switch (effect) {
            case FloorEffect.ForCalls forCalls -> calls.perform(forCalls);
            case FloorEffect.Told told -> listener.told(told);
        }
    }

    /** What one port throws keeps none of the others from their work. */
    private void act(String what, Runnable action) {
        try {
            action.run();
        } catch (RuntimeException bug) {
            log("floor effect=" + what, bug);
        }
    }

    /** A mistake that comes with every event does not fill the log. */
    private void log(String what, RuntimeException bug) {
        bugs.take(nanoTime.getAsLong())
                .ifPresent(leftOut ->
                        LOG.log(
                                System.Logger.Level.ERROR,
                                what + " failed left_out=" + leftOut,
                                bug));
    }

    /** No number of a person gets into the log. */
    private static String name(Object recorded) {
        return recorded.getClass().getSimpleName();
    }
}
