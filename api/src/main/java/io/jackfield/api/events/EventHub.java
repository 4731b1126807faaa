package io.jackfield.api.events;

import io.jackfield.call.event.LogBudget;
import io.jackfield.call.event.PbxEvent;
import io.jackfield.contactcenter.floor.FloorEffect;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Takes what happens, has it translated, and keeps it: one mailbox, one virtual thread. Calls and
 * the floor never wait for it; when it cannot follow, events are lost and counted.
 *
 * <p>Thread-safety: any thread may hand it something.
 */
public final class EventHub implements AutoCloseable, Runnable {
    private static final System.Logger LOG = System.getLogger(EventHub.class.getName());

    /** Some seconds of a busy house while the disk is slow. */
    private static final int MAILBOX_MAX = 16_384;

    /** Half an hour of 100 agents; about 6 MiB. */
    public static final int HISTORY_MAX = 10_000;

    private static final int STOP_WITHIN_MILLIS = 2_000;

    private sealed interface Happened {
        record ToCalls(PbxEvent event, Instant at) implements Happened {}

        record OnFloor(FloorEffect effect, Instant at) implements Happened {}

        record End() implements Happened {}
    }

    private final BlockingQueue<Happened> mailbox = new ArrayBlockingQueue<>(MAILBOX_MAX);
    private final Translator translator;
    private final EventFile file;
    private final EventHistory history;
    private final Supplier<Instant> wallClock;
    private final List<Consumer<EventLine>> takers = new CopyOnWriteArrayList<>();
    private final LogBudget troubles = new LogBudget(5, Duration.ofMinutes(1));
    private final AtomicLong lost = new AtomicLong();
    private final Thread thread = Thread.ofVirtual().name("events").unstarted(this);

    private EventHub(
            Translator translator,
            EventFile file,
            EventHistory history,
            Supplier<Instant> wallClock) {
        this.translator = translator;
        this.file = file;
        this.history = history;
        this.wallClock = wallClock;
    }

    /**
     * Begins with what is in the file; one that cannot be read is said in the log, and the events
     * begin anew.
     */
    public static EventHub start(
            EventFile file, Predicate<String> isAgent, Supplier<Instant> wallClock) {
        List<EventLine> kept = List.of();
        try {
            kept = file.read();
        } catch (IOException unreadable) {
            LOG.log(Level.ERROR, "events of before cannot be read: " + unreadable);
        }
        EventHistory history = new EventHistory(kept, HISTORY_MAX, wallClock.get());
        EventHub hub = new EventHub(new Translator(isAgent), file, history, wallClock);
        hub.thread.start();
        return hub;
    }

    /** The last events, for those who listen. */
    public EventHistory history() {
        return history;
    }

    /**
     * Adds one that is handed each event, on the hub's thread; it must be quick and must not throw.
     */
    public void take(Consumer<EventLine> taker) {
        takers.add(taker);
    }

    /** Something happened; nothing waits. */
    public void on(PbxEvent event) {
        if (Translator.concerns(event)) {
            offer(new Happened.ToCalls(event, wallClock.get()));
        }
    }

    /** The floor wants something done, or tells something; nothing waits. */
    public void on(FloorEffect effect) {
        if (!(effect instanceof FloorEffect.Figures)) {
            offer(new Happened.OnFloor(effect, wallClock.get()));
        }
    }

    private void offer(Happened happened) {
        if (!mailbox.offer(happened)) {
            long count = lost.incrementAndGet();
            troubles.take(System.nanoTime())
                    .ifPresent(_ -> LOG.log(Level.ERROR, "events are lost count=" + count));
        }
    }

    /** Events that found the mailbox full. */
    public long lost() {
        return lost.get();
    }

    @Override
    public void run() {
        try {
            while (true) {
                switch (mailbox.take()) {
                    case Happened.ToCalls(var event, var at) -> tell(translator.on(event), at);
                    case Happened.OnFloor(var effect, var at) -> tell(translator.on(effect), at);
                    case Happened.End _ -> {
                        return;
                    }
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(List<Fact> facts, Instant at) {
        for (Fact fact : facts) {
            EventLine line = history.append(fact, at);
            takers.forEach(taker -> taker.accept(line));
            write(line);
        }
    }

    private void write(EventLine line) {
        try {
            file.append(line);
        } catch (IOException full) {
            troubles.take(System.nanoTime())
                    .ifPresent(_ ->
                            LOG.log(
                                    Level.ERROR,
                                    "events cannot be written and will not outlive a restart: "
                                            + full));
        }
    }

    /** Tells what has come, then ends. */
    @Override
    public void close() throws IOException {
        if (!mailbox.offer(new Happened.End())) {
            thread.interrupt();
        }
        try {
            thread.join(STOP_WITHIN_MILLIS);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        history.close();
        file.close();
    }
}
