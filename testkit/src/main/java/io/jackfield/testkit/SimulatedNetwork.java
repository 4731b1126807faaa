package io.jackfield.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;

/**
 * One direction of a network that delays, loses, duplicates and reorders, the same way for the same
 * seed. It owns no clock: what is sent now is polled later.
 *
 * <p>Messages with equal arrival times keep the order in which they were sent.
 *
 * @param <T> a message, with whatever address it needs
 */
public final class SimulatedNetwork<T> {
    private record OnTheWay<T>(long arrivesNanos, long number, T message)
            implements Comparable<OnTheWay<T>> {
        @Override
        public int compareTo(OnTheWay<T> other) {
            long byTime = arrivesNanos - other.arrivesNanos;
            return Long.signum(byTime == 0 ? number - other.number : byTime);
        }
    }

    private final RandomGenerator random;
    private final PriorityQueue<OnTheWay<T>> onTheWay = new PriorityQueue<>();
    private NetworkConditions conditions;
    private long number;
    private long lost;
    private long duplicated;

    public SimulatedNetwork(NetworkConditions conditions, Seed seed) {
        this.conditions = conditions;
        this.random = seed.random();
    }

    /** Changes the weather; what is on the way already stays on it. */
    public void become(NetworkConditions next) {
        conditions = next;
    }

    /** Gives the network a message, which it may lose. */
    public void send(long nowNanos, T message) {
        if (happens(conditions.loss())) {
            lost++;
            return;
        }
        put(nowNanos, message);
        if (happens(conditions.duplicate())) {
            duplicated++;
            put(nowNanos, message);
        }
    }

    /** What has arrived by now, in the order of arrival; it is handed out once. */
    public List<T> poll(long nowNanos) {
        List<T> arrived = new ArrayList<>();
        OnTheWay<T> next = onTheWay.peek();
        while (next != null && next.arrivesNanos - nowNanos <= 0) {
            arrived.add(next.message);
            onTheWay.remove();
            next = onTheWay.peek();
        }
        return arrived;
    }

    /** When the next message arrives; empty when none is on the way. */
    public OptionalLong deadlineNanos() {
        OnTheWay<T> next = onTheWay.peek();
        return next == null ? OptionalLong.empty() : OptionalLong.of(next.arrivesNanos);
    }

    /** Messages that never arrive, so far. */
    public long lost() {
        return lost;
    }

    /** Messages that arrive twice, so far. */
    public long duplicated() {
        return duplicated;
    }

    private void put(long nowNanos, T message) {
        long jitter = conditions.jitter().toNanos();
        long takes = conditions.delay().toNanos() + (jitter == 0 ? 0 : random.nextLong(jitter + 1));
        if (happens(conditions.reorder())) {
            takes += conditions.reorderBy().toNanos();
        }
        onTheWay.add(new OnTheWay<>(nowNanos + takes, number++, message));
    }

    private boolean happens(double share) {
        return share > 0 && random.nextDouble() < share;
    }
}
