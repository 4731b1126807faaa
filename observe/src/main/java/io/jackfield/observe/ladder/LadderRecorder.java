package io.jackfield.observe.ladder;

import io.jackfield.call.event.PbxEvent;
import io.jackfield.storage.ladder.LadderChange;
import io.jackfield.storage.ladder.LadderLimits;
import io.jackfield.storage.ladder.LadderReader;
import io.jackfield.storage.ladder.LadderStore;
import io.jackfield.storage.ladder.LadderUnavailable;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Takes down what happens, on a thread of its own: nobody who publishes an event waits for it. What
 * finds no room, or no disk, is dropped and counted; calls go on.
 */
public final class LadderRecorder implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(LadderRecorder.class.getName());

    /** Some seconds of the busiest hour. */
    private static final int QUEUE_MAX = 8_192;

    /** Changes in one transaction. */
    private static final int BATCH_MAX = 1_000;

    private static final long TICK_MILLIS = 200;
    private static final long SWEEP_MICROS = 10_000_000;

    private final BlockingQueue<Observed> queue = new ArrayBlockingQueue<>(QUEUE_MAX);
    private final List<Consumer<SeenRow>> lookers = new CopyOnWriteArrayList<>();
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicLong kept = new AtomicLong();
    private final Path file;
    private final Supplier<Instant> clock;
    private final LongSupplier nanoTime;
    private final LadderReader reader;
    private final Thread thread;
    private volatile boolean stopping;
    private volatile boolean failing;

    private LadderRecorder(
            Path file, LadderLimits limits, Supplier<Instant> clock, LongSupplier nanoTime) {
        this.file = file;
        this.clock = clock;
        this.nanoTime = nanoTime;
        reader = new LadderReader(file);
        LadderStore store = LadderStore.open(file, limits);
        thread = Thread.ofPlatform().name("ladder").start(() -> run(store));
    }

    /**
     * Starts it.
     *
     * @param file an SQLite file; made where there is none
     * @param nanoTime monotonic, the one of {@link PbxEvent.SipSent}
     * @throws io.jackfield.storage.StorageException when its folder cannot be used
     */
    public static LadderRecorder start(
            Path file, LadderLimits limits, Supplier<Instant> clock, LongSupplier nanoTime) {
        return new LadderRecorder(file, limits, clock, nanoTime);
    }

    /** Takes an event; any thread, at once. */
    public void on(PbxEvent event) {
        if (!queue.offer(new Observed(micros(event), event))) {
            dropped.incrementAndGet();
        }
    }

    /**
     * When it happened. Rows of one ladder are told apart by their time: in the rare microsecond in
     * which two happened, the second is put one later.
     */
    private long micros(PbxEvent event) {
        long now = ChronoUnit.MICROS.between(Instant.EPOCH, clock.get());
        return switch (event) {
            case PbxEvent.SipSent(_, _, var beganNanos) ->
                    now - Math.max(0, nanoTime.getAsLong() - beganNanos) / 1_000;
            default -> now;
        };
    }

    /**
     * Shows every row to that one from now on, on the thread that writes them: it must be quick and
     * must not throw.
     *
     * @return ends it
     */
    public Runnable look(Consumer<SeenRow> looker) {
        lookers.add(looker);
        return () -> lookers.remove(looker);
    }

    /** What is kept. */
    public LadderReader reader() {
        return reader;
    }

    /** Events and rows that were not kept, since the start. */
    public long dropped() {
        return dropped.get();
    }

    /** Rows that were kept, since the start. */
    public long kept() {
        return kept.get();
    }

    /** True while the disk takes nothing. */
    public boolean failing() {
        return failing;
    }

    // ---- its thread

    private void run(LadderStore opened) {
        try (LadderStore store = opened) {
            List<LadderChange> changes = new ArrayList<>();
            LadderRules rules =
                    new LadderRules(
                            new LadderSink() {
                                @Override
                                public void keep(LadderChange change) {
                                    changes.add(change);
                                }

                                @Override
                                public void show(SeenRow row) {
                                    lookers.forEach(looker -> looker.accept(row));
                                }
                            },
                            store.lastKey());
            List<Observed> batch = new ArrayList<>(BATCH_MAX);
            long sweptAt = 0;
            long leftOut = 0;
            while (!stopping || !queue.isEmpty()) {
                take(batch);
                for (Observed observed : batch) {
                    apply(rules, observed);
                }
                batch.clear();
                long now = ChronoUnit.MICROS.between(Instant.EPOCH, clock.get());
                rules.tick(now);
                dropped.addAndGet(rules.leftOut() - leftOut);
                leftOut = rules.leftOut();
                write(store, changes);
                if (now - sweptAt > SWEEP_MICROS) {
                    sweptAt = sweep(store) ? sweptAt : now;
                }
            }
        } catch (LadderUnavailable broken) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "the ladders in {0} are not written: {1}",
                    file,
                    broken);
        }
    }

    private void take(List<Observed> batch) {
        try {
            Observed first = queue.poll(TICK_MILLIS, TimeUnit.MILLISECONDS);
            if (first != null) {
                batch.add(first);
                queue.drainTo(batch, BATCH_MAX - 1);
            }
        } catch (InterruptedException stop) {
            stopping = true;
        }
    }

    /** Our own mistake costs the row, not the ladder. */
    private void apply(LadderRules rules, Observed observed) {
        try {
            rules.on(observed);
        } catch (RuntimeException bug) {
            if (dropped.getAndIncrement() == 0) {
                LOG.log(System.Logger.Level.ERROR, "a row of a ladder could not be made", bug);
            }
        }
    }

    private void write(LadderStore store, List<LadderChange> changes) {
        if (changes.isEmpty()) {
            return;
        }
        try {
            store.append(changes);
            kept.addAndGet(changes.size());
            if (failing) {
                LOG.log(System.Logger.Level.INFO, "ladders are written again");
            }
            failing = false;
        } catch (LadderUnavailable refused) {
            dropped.addAndGet(changes.size());
            failed(refused);
        }
        changes.clear();
    }

    private boolean sweep(LadderStore store) {
        try {
            return store.sweep(clock.get());
        } catch (LadderUnavailable refused) {
            failed(refused);
            return false;
        }
    }

    private void failed(LadderUnavailable refused) {
        if (!failing) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "ladders cannot be written to {0}: {1}. Calls go on; make room on the disk.",
                    file,
                    refused.getMessage());
        }
        failing = true;
    }

    @Override
    public void close() {
        stopping = true;
        try {
            thread.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        reader.close();
    }
}
