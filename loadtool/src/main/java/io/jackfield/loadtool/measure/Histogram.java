package io.jackfield.loadtool.measure;

import java.util.Arrays;

/**
 * How many values lie where, from 0 to two minutes in nanoseconds, each to 1.6 % of itself. What is
 * below or above counts as the least or the greatest.
 *
 * <p>One thread.
 */
public final class Histogram {
    /** Values that share their highest bits: 64 steps from one power of two to the next. */
    private static final int STEP_BITS = 6;

    private static final int STEPS = 1 << STEP_BITS;

    /** 2^37 ns is 137 s. */
    private static final int BITS_MAX = 37;

    private static final int PLACES = (BITS_MAX - STEP_BITS + 1) << STEP_BITS;

    private final long[] counts = new long[PLACES];
    private long count;
    private long max;

    public void record(long nanos) {
        long value = Math.max(0, nanos);
        counts[place(value)]++;
        count++;
        max = Math.max(max, value);
    }

    private static int place(long value) {
        if (value < STEPS) {
            return (int) value;
        }
        int highest = Long.SIZE - 1 - Long.numberOfLeadingZeros(value);
        if (highest >= BITS_MAX) {
            return PLACES - 1;
        }
        int shift = highest - STEP_BITS;
        return ((shift + 1) << STEP_BITS) + (int) (value >>> shift) - STEPS;
    }

    /** The greatest value of a place. */
    private static long greatest(int place) {
        if (place < STEPS) {
            return place;
        }
        int shift = (place >> STEP_BITS) - 1;
        int step = (place & (STEPS - 1)) + STEPS;
        return ((step + 1L) << shift) - 1;
    }

    /** Forgets all. */
    public void clear() {
        Arrays.fill(counts, 0);
        count = 0;
        max = 0;
    }

    public void add(Histogram other) {
        for (int i = 0; i < PLACES; i++) {
            counts[i] += other.counts[i];
        }
        count += other.count;
        max = Math.max(max, other.max);
    }

    /** Of these values, by nearest rank. */
    public Spread spread() {
        return new Spread(count, at(0.5), at(0.95), at(0.99), at(0.999), max);
    }

    private long at(double part) {
        long rank = Math.max(1, (long) Math.ceil(count * part));
        long seen = 0;
        for (int i = 0; i < PLACES; i++) {
            seen += counts[i];
            if (seen >= rank) {
                return Math.min(max, greatest(i));
            }
        }
        return 0;
    }

    public long count() {
        return count;
    }

    /**
     * How values spread; nanoseconds. All are 0 where there was none.
     *
     * @param count of the values
     */
    public record Spread(long count, long p50, long p95, long p99, long p999, long max) {
        public static final Spread NONE = new Spread(0, 0, 0, 0, 0, 0);
    }
}
