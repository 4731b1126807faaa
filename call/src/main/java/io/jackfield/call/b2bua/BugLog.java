package io.jackfield.call.b2bua;

import io.jackfield.call.event.LogBudget;
import java.lang.System.Logger.Level;
import java.time.Duration;

/**
 * Our own mistakes in the log: the first few of a minute with their stack, of the others the
 * number. A mistake that every call makes must not fill the disk.
 *
 * <p>Thread-safety: any thread.
 */
final class BugLog implements CallServices.Bugs {
    private static final System.Logger LOG = System.getLogger(BugLog.class.getName());

    /** Different mistakes in one minute are few; the same one need not be read more often. */
    private static final int STACKS_MAX = 10;

    private final LogBudget budget = new LogBudget(STACKS_MAX, Duration.ofMinutes(1));

    @Override
    public void failed(String callId, Throwable bug, long nowNanos) {
        budget.take(nowNanos)
                .ifPresent(leftOut -> {
                    if (leftOut > 0) {
                        LOG.log(Level.ERROR, "calls_failed_unlogged=" + leftOut);
                    }
                    LOG.log(Level.ERROR, "call=" + callId + " failed", bug);
                });
    }
}
