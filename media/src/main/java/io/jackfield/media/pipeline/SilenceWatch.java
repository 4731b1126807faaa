package io.jackfield.media.pipeline;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * Notices that nothing comes although it should.
 *
 * <p>A packet costs a store; the deadline is looked at when it has come. Thread: the media loop's.
 */
final class SilenceWatch {
    private final long afterNanos;
    private boolean expected;
    private boolean silent;
    private long heardNanos;

    SilenceWatch(Duration after) {
        afterNanos = after.toNanos();
    }

    /** From now on packets should come, or need not. */
    void expect(boolean packets, long nowNanos) {
        if (packets && !expected) {
            heardNanos = nowNanos;
        }
        expected = packets;
        silent &= packets;
    }

    /** A packet came; true where that ends a silence. */
    boolean heard(long nowNanos) {
        heardNanos = nowNanos;
        boolean ends = silent;
        silent = false;
        return ends;
    }

    OptionalLong deadlineNanos() {
        return expected && !silent
                ? OptionalLong.of(heardNanos + afterNanos)
                : OptionalLong.empty();
    }

    /** True where a silence begins, once each. */
    boolean begins(long nowNanos) {
        boolean begins = expected && !silent && nowNanos - heardNanos >= afterNanos;
        silent |= begins;
        return begins;
    }

    Duration sinceHeard(long nowNanos) {
        return Duration.ofNanos(nowNanos - heardNanos);
    }
}
