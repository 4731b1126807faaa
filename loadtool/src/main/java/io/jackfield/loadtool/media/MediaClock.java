package io.jackfield.loadtool.media;

import java.util.OptionalLong;

/**
 * When a call's media reached its marks, on the scale of {@link System#nanoTime}.
 *
 * <p>Thread-safety: written on the loop, read on any thread.
 */
public final class MediaClock {
    private volatile OptionalLong connectedNanos = OptionalLong.empty();
    private volatile OptionalLong heardNanos = OptionalLong.empty();

    void connected(long nanos) {
        if (connectedNanos.isEmpty()) {
            connectedNanos = OptionalLong.of(nanos);
        }
    }

    void heard(long nanos) {
        if (heardNanos.isEmpty()) {
            heardNanos = OptionalLong.of(nanos);
        }
    }

    /** SRTP had its keys. */
    public OptionalLong connectedNanos() {
        return connectedNanos;
    }

    /** The first frame came. */
    public OptionalLong heardNanos() {
        return heardNanos;
    }
}
