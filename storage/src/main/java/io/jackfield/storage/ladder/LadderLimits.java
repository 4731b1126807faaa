package io.jackfield.storage.ladder;

import java.time.Duration;

/**
 * How much is kept; the oldest goes first.
 *
 * @param keep since a ladder began
 * @param bytesMax of the file; 1 MiB or more
 */
public record LadderLimits(Duration keep, long bytesMax) {
    private static final long BYTES_MIN = 1 << 20;

    public LadderLimits {
        if (keep.isNegative() || keep.isZero() || bytesMax < BYTES_MIN) {
            throw new IllegalArgumentException("keep above 0, and at least 1 MiB");
        }
    }
}
