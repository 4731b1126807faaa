package io.jackfield.call.auth;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts per key within a window of time that begins with the key's first count. A key that has
 * reached the limit is full for one window from then on. Keys are forgotten when their window is
 * over, or when there are too many, the oldest first.
 *
 * <p>Thread-safety: none.
 *
 * @param <K> compared by {@code equals}
 */
final class Tally<K> {
    private static final class Count {
        private final long beganNanos;
        private int count;

        private Count(long beganNanos, int count) {
            this.beganNanos = beganNanos;
            this.count = count;
        }
    }

    private final long windowNanos;
    private final int limit;
    private final int keysMax;

    /** In the order in which their windows began. */
    private final Map<K, Count> counts = new LinkedHashMap<>();

    /**
     * @param windowNanos above 0
     * @param limit the count that makes a key full, 1 or more
     * @param keysMax keys that are remembered, 1 or more
     */
    Tally(long windowNanos, int limit, int keysMax) {
        this.windowNanos = windowNanos;
        this.limit = limit;
        this.keysMax = keysMax;
    }

    /** One more for that key, unless it is full; true when that makes it full just now. */
    boolean add(K key, long nowNanos) {
        if (isFull(key, nowNanos)) {
            return false;
        }
        forgetOver(nowNanos);
        int count = 1 + (counts.containsKey(key) ? counts.get(key).count : 0);
        if (count >= limit) {
            fill(key, nowNanos);
            return true;
        }
        makeRoomFor(key);
        counts.computeIfAbsent(key, _ -> new Count(nowNanos, 0)).count = count;
        return false;
    }

    /** That key is full from now on, for one window. */
    void fill(K key, long nowNanos) {
        counts.remove(key);
        forgetOver(nowNanos);
        makeRoomFor(key);
        counts.put(key, new Count(nowNanos, limit));
    }

    boolean isFull(K key, long nowNanos) {
        Count count = counts.get(key);
        return count != null && count.count >= limit && !isOver(count, nowNanos);
    }

    int size() {
        return counts.size();
    }

    private boolean isOver(Count count, long nowNanos) {
        return nowNanos - count.beganNanos >= windowNanos;
    }

    private void forgetOver(long nowNanos) {
        Iterator<Count> oldest = counts.values().iterator();
        while (oldest.hasNext() && isOver(oldest.next(), nowNanos)) {
            oldest.remove();
        }
    }

    private void makeRoomFor(K key) {
        if (counts.size() >= keysMax && !counts.containsKey(key)) {
            Iterator<Count> oldest = counts.values().iterator();
            oldest.next();
            oldest.remove();
        }
    }
}
