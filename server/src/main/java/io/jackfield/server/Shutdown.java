package io.jackfield.server;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * How the process ends: the first SIGTERM or SIGINT stops new calls and waits for those that are
 * up; the second says BYE to all.
 */
final class Shutdown {
    private static final System.Logger LOG = System.getLogger(Shutdown.class.getName());
    private static final long LOOK_EVERY_MILLIS = 100;

    /** Time for BYEs to be answered and records to be written. */
    private static final Duration GOODBYE = Duration.ofSeconds(3);

    private final Pbx pbx;
    private final Duration drain;
    private final Semaphore signals = new Semaphore(0);

    Shutdown(Pbx pbx, Duration drain) {
        this.pbx = pbx;
        this.drain = drain;
        Signals.on("TERM", signals::release);
        Signals.on("INT", signals::release);
    }

    /** Returns when the process may end; everything is closed then. */
    void await() throws InterruptedException {
        signals.acquire();
        pbx.drain();
        LOG.log(System.Logger.Level.INFO, "draining calls=" + pbx.callsUp());
        boolean hurry = waitForCalls(drain);
        if (hurry || pbx.callsUp() > 0) {
            pbx.hangUpAll();
            waitForCalls(GOODBYE);
        }
        pbx.close();
    }

    /** True when a further signal came before the last call ended. */
    private boolean waitForCalls(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (pbx.callsUp() > 0 && end - System.nanoTime() > 0) {
            if (signals.tryAcquire(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
                return true;
            }
        }
        return false;
    }
}
