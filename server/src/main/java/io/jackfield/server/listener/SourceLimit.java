package io.jackfield.server.listener;

import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How many half-open things one source may have at a time. Memory is bounded by what is open.
 *
 * <p>Thread-safety: any thread.
 */
public final class SourceLimit {
    private final int max;
    private final Map<InetAddress, Integer> counts = new ConcurrentHashMap<>();

    public SourceLimit(int max) {
        this.max = max;
    }

    /** A place for one more from that source. */
    public Place enter(InetAddress source) {
        boolean[] taken = new boolean[1];
        counts.compute(
                source,
                (_, count) -> {
                    int now = count == null ? 0 : count;
                    taken[0] = now < max;
                    return taken[0] ? Integer.valueOf(now + 1) : count;
                });
        return new Place(source, taken[0]);
    }

    /** How many places that source holds. */
    public int held(InetAddress source) {
        return counts.getOrDefault(source, 0);
    }

    private void leave(InetAddress source) {
        counts.computeIfPresent(source, (_, count) -> count == 1 ? null : count - 1);
    }

    /** One place, or the refusal of one. */
    public final class Place {
        private final InetAddress source;
        private final AtomicBoolean held;
        private final boolean granted;

        private Place(InetAddress source, boolean granted) {
            this.source = source;
            this.granted = granted;
            this.held = new AtomicBoolean(granted);
        }

        public boolean granted() {
            return granted;
        }

        /** True until it is left; false from the start when it was not granted. */
        public boolean held() {
            return held.get();
        }

        /** Gives the place back; later calls do nothing. */
        public void leave() {
            if (held.compareAndSet(true, false)) {
                SourceLimit.this.leave(source);
            }
        }
    }
}
