package io.jackfield.media.engine;

import io.jackfield.media.MediaEvent;
import io.jackfield.media.MediaListener;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A listener that can be waited on. */
final class Events implements MediaListener {
    private static final long WAIT_SECONDS = 15;

    private final BlockingQueue<MediaEvent> queue = new LinkedBlockingQueue<>();
    private final List<MediaEvent> seen = new ArrayList<>();

    @Override
    public void on(MediaEvent event) {
        queue.add(event);
    }

    /** The next event of that kind; others before it are noted in {@link #seen}. */
    <E extends MediaEvent> E await(Class<E> kind) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
        while (true) {
            MediaEvent event = queue.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (event == null) {
                throw new AssertionError("no " + kind.getSimpleName() + ", but " + seen);
            }
            seen.add(event);
            if (kind.isInstance(event)) {
                return kind.cast(event);
            }
        }
    }

    /** All events so far. */
    List<MediaEvent> seen() {
        queue.drainTo(seen);
        return List.copyOf(seen);
    }
}
