package io.jackfield.call.b2bua;

import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;

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

    private static final long PERIOD_NANOS = TimeUnit.MINUTES.toNanos(1);

    private boolean started;
    private long periodEndsNanos;
    private int written;
    private int skipped;

    @Override
    public synchronized void failed(String callId, Throwable bug, long nowNanos) {
        if (!started || periodEndsNanos - nowNanos <= 0) {
            begin(nowNanos);
        }
        if (written < STACKS_MAX) {
            written++;
            LOG.log(Level.ERROR, "call=" + callId + " failed", bug);
        } else {
            skipped++;
        }
    }

    private void begin(long nowNanos) {
        if (skipped > 0) {
            LOG.log(Level.ERROR, "calls_failed_unlogged=" + skipped);
        }
        started = true;
        periodEndsNanos = nowNanos + PERIOD_NANOS;
        written = 0;
        skipped = 0;
    }
}
