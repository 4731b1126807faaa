package io.jackfield.storage.floor;

import io.jackfield.contactcenter.floor.Floor;
import io.jackfield.contactcenter.runner.FloorStore;
import io.jackfield.storage.StorageException;
import io.jackfield.storage.file.PrivateFiles;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * The floor in one file, which is replaced as a whole: whoever reads it finds the old floor or the
 * new one, never a part. It is behind by some hundredths of a second, and by at most a second where
 * the floor is so large that writing it more often would cost more than a twentieth of a CPU.
 *
 * <p>Thread-safety: {@link #changed} from one thread at a time, and it never waits; a daemon thread
 * writes.
 */
public final class FloorFile implements FloorStore, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(FloorFile.class.getName());
    private static final String NAME = "floor.json";

    /** Rest after a write, in multiples of what it cost: a twentieth of a CPU at most. */
    private static final long REST = 19;

    private static final long REST_MIN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long REST_MAX_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long CLOSE_MAX_MILLIS = 2_000;

    private final Path file;
    private final AtomicReference<Optional<Floor>> newest = new AtomicReference<>(Optional.empty());
    private final Thread writer =
            Thread.ofPlatform().daemon().name("floor-file").unstarted(this::run);
    private volatile boolean stopping;
    private boolean failing;

    private FloorFile(Path folder) {
        file = folder.resolve(NAME);
    }

    /**
     * Opens the folder; makes it where there is none.
     *
     * @throws StorageException when that cannot be
     */
    public static FloorFile open(Path folder) {
        try {
            PrivateFiles.createFolder(folder);
        } catch (IOException unusable) {
            throw StorageException.ofFolder(folder, unusable);
        }
        FloorFile opened = new FloorFile(folder);
        opened.writer.start();
        return opened;
    }

    /**
     * The floor that was left. One that cannot be read is put aside and said in the log, and the
     * floor begins empty.
     */
    public Optional<Floor> read() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(FloorJson.read(Files.readAllBytes(file)));
        } catch (IOException | RuntimeException unreadable) {
            Path aside = file.resolveSibling(NAME + ".unreadable");
            LOG.log(
                    Level.ERROR,
                    "the floor in "
                            + file
                            + " cannot be read: places of call backs and states of agents begin"
                            + " anew; the file is kept as "
                            + aside.getFileName(),
                    unreadable);
            putAside(aside);
            return Optional.empty();
        }
    }

    private void putAside(Path aside) {
        try {
            Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException stays) {
            LOG.log(Level.ERROR, file + " cannot be renamed", stays);
        }
    }

    @Override
    public void changed(Floor floor) {
        newest.set(Optional.of(floor));
        LockSupport.unpark(writer);
    }

    private void run() {
        while (!stopping) {
            Optional<Floor> floor = newest.getAndSet(Optional.empty());
            if (floor.isEmpty()) {
                LockSupport.park(this);
            } else {
                rest(write(floor.get()));
            }
        }
        newest.getAndSet(Optional.empty()).ifPresent(this::write);
    }

    /** Other words meanwhile are no reason to write sooner, the end is. */
    private void rest(long costNanos) {
        long until =
                System.nanoTime() + Math.clamp(costNanos * REST, REST_MIN_NANOS, REST_MAX_NANOS);
        long left = until - System.nanoTime();
        while (left > 0 && !stopping) {
            LockSupport.parkNanos(this, left);
            left = until - System.nanoTime();
        }
    }

    /** What it has cost the CPU; the disk's own time is not counted. */
    private long write(Floor floor) {
        try {
            long before = System.nanoTime();
            byte[] json = FloorJson.write(floor);
            long cost = System.nanoTime() - before;
            PrivateFiles.replace(file, json);
            failing = false;
            return cost;
        } catch (IOException | RuntimeException failed) {
            if (!failing) {
                LOG.log(
                        Level.ERROR,
                        "the floor cannot be written to "
                                + file
                                + ": call backs that are promised now would not outlive a restart",
                        failed);
            }
            failing = true;
            newest.compareAndSet(Optional.empty(), Optional.of(floor));
            return REST_MAX_NANOS;
        }
    }

    /** Writes the last floor; a disk that hangs is waited for no longer than two seconds. */
    @Override
    public void close() {
        stopping = true;
        LockSupport.unpark(writer);
        try {
            writer.join(CLOSE_MAX_MILLIS);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
