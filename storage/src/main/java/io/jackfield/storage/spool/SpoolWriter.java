package io.jackfield.storage.spool;

import io.jackfield.call.cdr.Cdr;
import io.jackfield.call.cdr.CdrStore;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Takes call records from calls and puts them into the spool; a record is on the disk within
 * milliseconds, and at most one disk write behind.
 *
 * <p>Thread-safety: any thread may append; a platform thread runs it.
 */
public final class SpoolWriter implements CdrStore, Runnable {
    private static final System.Logger LOG = System.getLogger(SpoolWriter.class.getName());

    /** Ten minutes of 15 calls a second while no disk can be written; about 10 MiB. */
    private static final int WAITING_MAX = 10_000;

    private static final int BATCH_MAX = 256;
    private static final long RETRY_MILLIS = 1_000;
    private static final long LOOK_UP_MILLIS = 100;

    private final Spool spool;
    private final Runnable onSpooled;
    private final BlockingQueue<Cdr> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
    private final AtomicLong lost = new AtomicLong();
    private final AtomicInteger writing = new AtomicInteger();
    private volatile Optional<String> trouble = Optional.empty();
    private volatile boolean stopping;

    /**
     * @param onSpooled told after each write; must not block
     */
    public SpoolWriter(Spool spool, Runnable onSpooled) {
        this.spool = spool;
        this.onSpooled = onSpooled;
    }

    @Override
    public void append(Cdr cdr) {
        if (!waiting.offer(cdr)) {
            long count = lost.incrementAndGet();
            if (Long.bitCount(count) == 1) {
                LOG.log(Level.ERROR, "call records are lost count={0} spool=full", count);
            }
        }
    }

    @Override
    public void run() {
        try {
            while (!stopping || !waiting.isEmpty()) {
                List<byte[]> lines = next();
                if (!lines.isEmpty()) {
                    write(lines);
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits a moment for a record, and takes all that came with it. */
    private List<byte[]> next() throws InterruptedException {
        Cdr first = waiting.poll(LOOK_UP_MILLIS, TimeUnit.MILLISECONDS);
        if (first == null) {
            return List.of();
        }
        List<Cdr> batch = new ArrayList<>();
        batch.add(first);
        waiting.drainTo(batch, BATCH_MAX - 1);
        writing.set(batch.size());
        return batch.stream().map(CdrLine::encode).toList();
    }

    /** Tries until it succeeds; what comes meanwhile waits in the queue. */
    private void write(List<byte[]> lines) throws InterruptedException {
        while (!written(lines)) {
            if (stopping) {
                LOG.log(Level.ERROR, "call records are lost count={0} at=stop", lines.size());
                lost.addAndGet(lines.size());
                break;
            }
            TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
        }
        writing.set(0);
        onSpooled.run();
    }

    private boolean written(List<byte[]> lines) {
        try {
            spool.append(lines);
            if (trouble.isPresent()) {
                LOG.log(Level.INFO, "the spool can be written again");
                trouble = Optional.empty();
            }
            return true;
        } catch (IOException full) {
            if (trouble.isEmpty()) {
                LOG.log(Level.ERROR, "the spool cannot be written reason={0}", full.toString());
            }
            trouble = Optional.of(full.toString());
            return false;
        }
    }

    /** Ends the thread once everything that waits is written, or cannot be. */
    public void stop() {
        stopping = true;
    }

    /** Records that are in memory alone. */
    public int waiting() {
        return waiting.size() + writing.get();
    }

    public long lost() {
        return lost.get();
    }

    public Optional<String> trouble() {
        return trouble;
    }
}
