package io.jackfield.call;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.function.Supplier;

/**
 * Ids of calls: 48 bits of wall-clock milliseconds and 64 random ones, in hexadecimal, so that they
 * sort by time and never repeat.
 *
 * <p>Thread-safety: any thread.
 */
public final class CallIds {
    private final Supplier<Instant> wallClock;
    private final SecureRandom random;

    public CallIds(Supplier<Instant> wallClock, SecureRandom random) {
        this.wallClock = wallClock;
        this.random = random;
    }

    /** 28 characters. */
    public String next() {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(wallClock.get().toEpochMilli(), 12)
                + hex.toHexDigits(random.nextLong(), 16);
    }
}
