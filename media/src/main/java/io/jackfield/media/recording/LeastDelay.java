package io.jackfield.media.recording;

import java.util.Arrays;

/**
 * The least time that packets of a stream have been under way, over a window that moves: what is
 * more is jitter, and what the least does in the long run is the drift of the sender's clock.
 *
 * <p>Two clocks are compared, so it means nothing by itself. Thread: the writer's.
 */
final class LeastDelay {
    /** With clocks 100 ppm apart the window is 1 ms wide: what drift may displace. */
    private static final int BUCKETS = 20;

    private static final long BUCKET_NANOS = 500_000_000L;

    private final long[] numbers = new long[BUCKETS];
    private final long[] least = new long[BUCKETS];
    private long latest = Long.MIN_VALUE;
    private long result;

    LeastDelay() {
        Arrays.fill(numbers, Long.MIN_VALUE);
    }

    void add(long delayNanos, long arrivalNanos) {
        long number = Math.floorDiv(arrivalNanos, BUCKET_NANOS);
        int bucket = (int) Math.floorMod(number, (long) BUCKETS);
        if (numbers[bucket] != number) {
            numbers[bucket] = number;
            least[bucket] = delayNanos;
        } else {
            least[bucket] = Math.min(least[bucket], delayNanos);
        }
        latest = Math.max(latest, number);
        result = least();
    }

    private long least() {
        long min = Long.MAX_VALUE;
        for (int i = 0; i < BUCKETS; i++) {
            if (numbers[i] > latest - BUCKETS) {
                min = Math.min(min, least[i]);
            }
        }
        return min;
    }

    /** Only after {@link #add}. */
    long nanos() {
        return result;
    }
}
