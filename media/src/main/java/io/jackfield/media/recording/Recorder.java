package io.jackfield.media.recording;

import io.jackfield.media.codec.Opus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * All recordings that go on, and the threads that write them. A disk that is slow, full or gone
 * delays or ends recordings, never a call.
 *
 * <p>Thread-safety: any thread. Events are told on a writer's thread.
 */
public final class Recorder implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Recorder.class.getName());

    /** Writers look so often; rings hold two hundred times as much. */
    private static final long EVERY_NANOS = 40_000_000L;

    /** Each holds 0.3 to 0.5 MB. */
    private static final int RECORDINGS_MAX = 1_000;

    private final RecordingFolder folder;
    private final Opus opus;
    private final Consumer<RecordingEvent> listener;
    private final LongSupplier nanoTime;
    private final List<Writer> writers;
    private final AtomicInteger active = new AtomicInteger();
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicBoolean failing = new AtomicBoolean();
    private final LongAdder ready = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private volatile boolean closing;

    /**
     * What recordings have come to.
     *
     * @param active that go on now
     * @param bytes of those that are ready
     * @param dropped packets that came faster than they were written
     * @param fill of the fullest ring, 0 to 1
     * @param failing whether the last attempt to write failed
     */
    public record Counters(
            int active,
            long ready,
            long failed,
            long bytes,
            long dropped,
            double fill,
            boolean failing) {}

    /** Without threads: for tests, which call {@link #work}. */
    Recorder(
            RecordingFolder folder,
            Opus opus,
            Consumer<RecordingEvent> listener,
            LongSupplier nanoTime,
            int threads) {
        this.folder = folder;
        this.opus = opus;
        this.listener = listener;
        this.nanoTime = nanoTime;
        this.writers = java.util.stream.IntStream.range(0, threads).mapToObj(Writer::new).toList();
    }

    /**
     * Starts the writers.
     *
     * @param listener must not block
     * @param nanoTime the monotonic clock, the same as the media loop's
     * @param threads 1 to 64
     */
    public static Recorder start(
            RecordingFolder folder,
            Opus opus,
            Consumer<RecordingEvent> listener,
            LongSupplier nanoTime,
            int threads) {
        Recorder recorder =
                new Recorder(folder, opus, listener, nanoTime, Math.clamp(threads, 1, 64));
        recorder.writers.forEach(writer -> writer.thread.start());
        return recorder;
    }

    /** Begins a recording; empty where too many go on or the recorder is closed. Never waits. */
    public Optional<Recording> record(RecordingOrder order) {
        if (closing || active.incrementAndGet() > RECORDINGS_MAX) {
            if (!closing) {
                active.decrementAndGet();
                fail(order.id(), "more than " + RECORDINGS_MAX + " at once");
            }
            return Optional.empty();
        }
        Path file = folder.place(order);
        Recording recording =
                new Recording(order, file, () -> folder.create(order), opus, nanoTime.getAsLong());
        writers.get(Math.floorMod(next.getAndIncrement(), writers.size())).add(recording);
        tell(new RecordingEvent.Started(order.id()));
        return Optional.of(recording);
    }

    public Counters counters() {
        double fill =
                writers.stream()
                        .flatMap(writer -> writer.recordings.stream())
                        .mapToDouble(Recording::fill)
                        .max()
                        .orElse(0);
        long droppedNow =
                writers.stream()
                        .flatMap(writer -> writer.recordings.stream())
                        .mapToLong(Recording::dropped)
                        .sum();
        return new Counters(
                active.get(),
                ready.sum(),
                failed.sum(),
                bytes.sum(),
                dropped.sum() + droppedNow,
                fill,
                failing.get());
    }

    /** Writes what is due, once. */
    void work() {
        writers.forEach(Writer::workAll);
    }

    /** Ends all recordings and waits until their files are whole. */
    @Override
    public void close() {
        closing = true;
        writers.forEach(writer -> LockSupport.unpark(writer.thread));
        for (Writer writer : writers) {
            try {
                writer.thread.join();
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void tell(RecordingEvent event) {
        try {
            listener.accept(event);
        } catch (RuntimeException fault) {
            LOG.log(System.Logger.Level.ERROR, "a listener to recordings failed", fault);
        }
    }

    private void fail(String id, String reason) {
        failed.increment();
        tell(new RecordingEvent.Failed(id, reason));
    }

    private void storageFails(String reason) {
        if (failing.compareAndSet(false, true)) {
            tell(new RecordingEvent.StorageFailing(reason));
        }
    }

    private void storageWorks() {
        if (failing.compareAndSet(true, false)) {
            tell(new RecordingEvent.StorageWell());
        }
    }

    /** One thread and the recordings that it writes. */
    private final class Writer {
        private final List<Recording> recordings = new CopyOnWriteArrayList<>();
        private final Thread thread;

        Writer(int number) {
            thread = Thread.ofPlatform().name("recording-" + number).daemon().unstarted(this::run);
        }

        void add(Recording recording) {
            recordings.add(recording);
        }

        private void run() {
            while (!closing || !recordings.isEmpty()) {
                long began = nanoTime.getAsLong();
                workAll();
                long spent = nanoTime.getAsLong() - began;
                if (!closing && spent < EVERY_NANOS) {
                    LockSupport.parkNanos(EVERY_NANOS - spent);
                }
            }
        }

        void workAll() {
            for (Recording recording : recordings) {
                if (closing) {
                    recording.stop(nanoTime.getAsLong());
                }
                work(recording);
            }
        }

        private void work(Recording recording) {
            try {
                if (recording.work(nanoTime.getAsLong())) {
                    RecordingEvent.Ready whole = recording.finish();
                    folder.publish(recording.file());
                    remove(recording);
                    storageWorks();
                    ready.increment();
                    bytes.add(whole.bytes());
                    tell(whole);
                }
            } catch (IOException disk) {
                giveUp(recording, reason(disk));
                storageFails(reason(disk));
            } catch (RuntimeException bug) {
                LOG.log(System.Logger.Level.ERROR, "recording=" + recording.id() + " failed", bug);
                giveUp(recording, "internal error");
            }
        }

        private void giveUp(Recording recording, String reason) {
            remove(recording);
            try {
                recording.abandon();
                if (recording.opened()) {
                    folder.publish(recording.file());
                }
            } catch (IOException | RuntimeException again) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "recording=" + recording.id() + " stays unfinished: " + again.getMessage());
            }
            fail(recording.id(), reason);
        }

        private void remove(Recording recording) {
            recordings.remove(recording);
            recording.release();
            dropped.add(recording.dropped());
            active.decrementAndGet();
        }
    }

    private static String reason(IOException disk) {
        String text = disk.getMessage();
        return text == null ? disk.getClass().getSimpleName() : text;
    }
}
