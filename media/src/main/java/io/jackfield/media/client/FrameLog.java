package io.jackfield.media.client;

import java.util.Arrays;
import java.util.BitSet;
import java.util.OptionalLong;

/** Which frames were heard, and how long they took. Thread: the loop's. */
final class FrameLog {
    /** An hour; what comes later is counted as heard but not told apart. */
    private static final int NUMBERS_MAX = 180_000;

    private static final double NANOS_PER_MILLI = 1e6;

    private final long me;
    private final BitSet numbers = new BitSet();
    private long[] roundTripsNanos = new long[256];
    private int roundTrips;
    private long heard;
    private long damaged;
    private long repeated;
    private long lastNanos;
    private long longestGapNanos;

    FrameLog(long me) {
        this.me = me;
    }

    void add(NumberedFrames.Heard frame, long nowNanos) {
        if (!frame.intact()) {
            damaged++;
            return;
        }
        if (frame.number() < 0 || frame.number() >= NUMBERS_MAX) {
            heard++;
            return;
        }
        if (numbers.get((int) frame.number())) {
            repeated++;
            return;
        }
        numbers.set((int) frame.number());
        if (heard > 0) {
            longestGapNanos = Math.max(longestGapNanos, nowNanos - lastNanos);
        }
        heard++;
        lastNanos = nowNanos;
        if (frame.talker() == me) {
            addRoundTrip(nowNanos - frame.sentNanos());
        }
    }

    private void addRoundTrip(long nanos) {
        if (roundTrips == roundTripsNanos.length) {
            roundTripsNanos = Arrays.copyOf(roundTripsNanos, 2 * roundTrips);
        }
        roundTripsNanos[roundTrips++] = nanos;
    }

    long heard() {
        return heard;
    }

    long damaged() {
        return damaged;
    }

    long repeated() {
        return repeated;
    }

    OptionalLong first() {
        int first = numbers.nextSetBit(0);
        return first < 0 ? OptionalLong.empty() : OptionalLong.of(first);
    }

    /** Frames before the first one heard are not missing: the call had not begun. */
    long missing() {
        int first = numbers.nextSetBit(0);
        return first < 0 ? 0 : numbers.length() - first - numbers.cardinality();
    }

    double longestGapMillis() {
        return longestGapNanos / NANOS_PER_MILLI;
    }

    /** One per frame of this phone's own, in the order heard. */
    long[] roundTripsNanos() {
        return Arrays.copyOf(roundTripsNanos, roundTrips);
    }
}
