package io.jackfield.call.event;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * How many lines of one kind may be written in a span of time, so that whoever can cause a line
 * cannot fill the disk. What is left out is counted, and told with the next line.
 *
 * <p>Thread-safety: any thread.
 */
public final class LogBudget {
    private final int linesMax;
    private final long spanNanos;
    private boolean begun;
    private long spanBeganNanos;
    private int written;
    private long leftOut;

    /**
     * @param linesMax 1 or more
     * @param span begins with the first line after the last one has passed
     */
    public LogBudget(int linesMax, Duration span) {
        this.linesMax = linesMax;
        this.spanNanos = span.toNanos();
    }

    /**
     * Asks for one line.
     *
     * @return how many were left out since the last one; empty when this one is left out too
     */
    public synchronized OptionalLong take(long nowNanos) {
        if (!begun || nowNanos - spanBeganNanos >= spanNanos) {
            begun = true;
            spanBeganNanos = nowNanos;
            written = 0;
        }
        if (written >= linesMax) {
            leftOut++;
            return OptionalLong.empty();
        }
        written++;
        OptionalLong before = OptionalLong.of(leftOut);
        leftOut = 0;
        return before;
    }
}
