package io.jackfield.media.engine;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The legs there are.
 *
 * <p>Thread-safety: {@link #admit}, {@link #release} and {@link #count} on any thread, the rest on
 * the media loop.
 */
final class RunningLegs {
    private final int max;
    private final AtomicInteger open = new AtomicInteger();
    private final Set<RunningLeg> running = new LinkedHashSet<>();

    RunningLegs(int max) {
        this.max = max;
    }

    /** Makes room for one more; false where there is none. */
    boolean admit() {
        if (open.incrementAndGet() > max) {
            open.decrementAndGet();
            return false;
        }
        return true;
    }

    /** A leg that was admitted is gone. */
    void release() {
        open.decrementAndGet();
    }

    int count() {
        return open.get();
    }

    void add(RunningLeg leg) {
        running.add(leg);
    }

    void remove(RunningLeg leg) {
        if (running.remove(leg)) {
            release();
        }
    }

    List<RunningLeg> all() {
        return List.copyOf(running);
    }
}
