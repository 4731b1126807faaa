package io.jackfield.media.audio;

/**
 * How late packets are, and so how long to wait for them.
 *
 * <p>A packet's transit is its arrival less its media time. The least transit of the last 256
 * packets is the path's own; what the others need more is jitter. To wait is the time in which all
 * but two in a hundred of them come. Since the window moves, clock drift and changes of route go
 * the same way.
 */
final class DelayEstimator {
    private static final int WINDOW = 256;

    /** Share of packets to wait for. */
    private static final double SHARE = 0.98;

    /** How finely waiting is told apart. */
    private static final long STEP_NANOS = 2_000_000L;

    private static final int STEPS = 1_000;

    /** The window is looked through for every so many packets. */
    private static final int EVERY = 8;

    /** A young stream has not shown its jitter yet. */
    private static final int YOUNG = 50;

    private static final long YOUNG_MIN_NANOS = 30_000_000L;

    private final long minNanos;
    private final long maxNanos;
    private final long[] transits = new long[WINDOW];
    private final int[] histogram = new int[STEPS + 1];
    private long seen;
    private long least;
    private long quantile;
    private int untilLook;

    DelayEstimator(JitterLimits limits) {
        minNanos = limits.minMillis() * 1_000_000L;
        maxNanos = limits.maxMillis() * 1_000_000L;
    }

    void reset() {
        seen = 0;
        untilLook = 0;
    }

    /** A packet came. */
    void add(long transitNanos) {
        transits[(int) (seen % WINDOW)] = transitNanos;
        seen++;
        boolean news = seen <= YOUNG || transitNanos < least || transitNanos > least + quantile;
        untilLook--;
        if (news || untilLook <= 0) {
            look();
            untilLook = EVERY;
        }
    }

    private void look() {
        int count = (int) Math.min(seen, WINDOW);
        long min = transits[0];
        for (int i = 1; i < count; i++) {
            min = Math.min(min, transits[i]);
        }
        java.util.Arrays.fill(histogram, 0);
        for (int i = 0; i < count; i++) {
            histogram[(int) Math.min((transits[i] - min) / STEP_NANOS, STEPS)]++;
        }
        least = min;
        quantile = quantile(count);
    }

    private long quantile(int count) {
        int allowed = (int) (count * (1 - SHARE));
        int step = STEPS;
        for (int later = histogram[step]; later <= allowed && step > 0; later += histogram[step]) {
            step--;
        }
        return (step + 1) * STEP_NANOS;
    }

    /** The least transit; only after a packet. */
    long leastNanos() {
        return least;
    }

    /** How long after the earliest possible moment to play. */
    long targetNanos() {
        long floor = seen < YOUNG ? Math.max(minNanos, YOUNG_MIN_NANOS) : minNanos;
        return Math.clamp(quantile, Math.min(floor, maxNanos), maxNanos);
    }
}
