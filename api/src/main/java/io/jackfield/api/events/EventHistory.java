package io.jackfield.api.events;

import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The last events, in order. Listeners read on from the id they have; nothing is kept for any one
 * of them, so a slow one costs nothing, and one that is too slow finds a gap.
 *
 * <p>Thread-safety: any thread; {@link #after} waits.
 */
public final class EventHistory {
    /** A listener who hears nothing looks again every 15 s. */
    private static final long READ_WITHIN_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final int max;
    private final NavigableMap<Long, EventLine> lines = new TreeMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private long last;
    private long forgotten;
    private boolean closed;
    private volatile long readNanos;
    private volatile boolean everRead;

    /**
     * What follows an id.
     *
     * @param gap whether events between that id and the first of these are not known any more
     * @param last the newest id there is
     */
    public record Read(boolean gap, List<EventLine> lines, long last, boolean closed) {
        public Read {
            lines = List.copyOf(lines);
        }
    }

    /**
     * @param kept what was told before, oldest first
     * @param max how many events are kept, at least 1
     * @param now where nothing is kept, ids begin with the microseconds of this moment
     */
    public EventHistory(List<EventLine> kept, int max, Instant now) {
        this.max = max;
        long micros = now.toEpochMilli() * 1_000;
        this.last = kept.isEmpty() ? micros : kept.getLast().id();
        this.forgotten = kept.isEmpty() ? micros : kept.getFirst().id() - 1;
        kept.forEach(this::keep);
    }

    /** Gives a fact its id, and wakes those who listen. */
    public EventLine append(Fact fact, Instant at) {
        lock.lock();
        try {
            last = Math.max(last + 1, at.toEpochMilli() * 1_000);
            EventLine line = EventLine.of(last, at, fact);
            keep(line);
            more.signalAll();
            return line;
        } finally {
            lock.unlock();
        }
    }

    private void keep(EventLine line) {
        lines.put(line.id(), line);
        if (lines.size() > max) {
            forgotten = lines.pollFirstEntry().getKey();
        }
    }

    /** The newest id; whoever begins with it hears what happens from now on. */
    public long last() {
        lock.lock();
        try {
            return last;
        } finally {
            lock.unlock();
        }
    }

    /**
     * The events after that id, waiting for the first of them.
     *
     * @param id the last one the listener has; one that was never given is a gap
     * @param linesMax of those given at once
     * @param waitNanos how long, where there are none yet
     */
    public Read after(long id, int linesMax, long waitNanos) throws InterruptedException {
        readNanos = System.nanoTime();
        everRead = true;
        lock.lockInterruptibly();
        try {
            long left = waitNanos;
            while (id == last && !closed && left > 0) {
                left = more.awaitNanos(left);
            }
            boolean gap = id < forgotten || id > last;
            return new Read(gap, next(gap ? 0 : id, linesMax), last, closed);
        } finally {
            lock.unlock();
        }
    }

    private List<EventLine> next(long id, int linesMax) {
        NavigableMap<Long, EventLine> newer = lines.tailMap(id, false);
        return newer.values().stream().limit(linesMax).toList();
    }

    /** Whether somebody listens, or has until some seconds ago. */
    public boolean isRead(long nowNanos) {
        return everRead && nowNanos - readNanos < READ_WITHIN_NANOS;
    }

    /** Sends the listeners home. */
    public void close() {
        lock.lock();
        try {
            closed = true;
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
