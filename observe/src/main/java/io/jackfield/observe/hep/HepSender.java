package io.jackfield.observe.hep;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Brings packets to one capture server, on a thread of its own. Nobody waits for it: what finds no
 * room is dropped and counted, as is what is sent into a connection that breaks.
 */
final class HepSender implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(HepSender.class.getName());

    /** Some seconds of the busiest hour. */
    private static final int QUEUE_MAX = 8_192;

    private static final long RETRY_MIN_MILLIS = 500;
    private static final long RETRY_MAX_MILLIS = 30_000;

    /** A name may lead elsewhere by then; UDP never says that nobody is there. */
    private static final long UDP_AGE_NANOS = Duration.ofMinutes(5).toNanos();

    private final HepTarget target;
    private final BlockingQueue<byte[]> queue = new ArrayBlockingQueue<>(QUEUE_MAX);
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean connected;

    HepSender(HepTarget target) {
        this.target = target;
        thread = Thread.ofPlatform().name("hep-" + target).daemon().start(this::run);
    }

    /** Takes a packet; any thread, at once. */
    void offer(byte[] packet) {
        if (!queue.offer(packet)) {
            dropped.incrementAndGet();
        }
    }

    HepTarget target() {
        return target;
    }

    long sent() {
        return sent.get();
    }

    long dropped() {
        return dropped.get();
    }

    boolean connected() {
        return connected;
    }

    private void run() {
        long retryMillis = RETRY_MIN_MILLIS;
        boolean told = false;
        while (stopping.getCount() > 0) {
            try (HepLink link = HepLink.open(target)) {
                connected = true;
                if (told) {
                    LOG.log(System.Logger.Level.INFO, "hep server {0} is there again", target);
                }
                told = false;
                if (send(link)) {
                    retryMillis = RETRY_MIN_MILLIS;
                }
            } catch (IOException away) {
                if (!told) {
                    LOG.log(
                            System.Logger.Level.WARNING,
                            "hep server {0} cannot be reached: {1}. Packets are dropped until it"
                                    + " can.",
                            target,
                            away);
                }
                told = true;
                connected = false;
                retryMillis = Math.min(retryMillis * 2, RETRY_MAX_MILLIS);
                pause(retryMillis);
            } catch (InterruptedException stop) {
                return;
            }
        }
    }

    /**
     * Sends until the way is gone, old, or not wanted any more.
     *
     * @return true when something could be sent
     */
    private boolean send(HepLink link) throws IOException, InterruptedException {
        long until = System.nanoTime() + UDP_AGE_NANOS;
        boolean some = false;
        while (stopping.getCount() > 0 || !queue.isEmpty()) {
            byte @Nullable [] packet = queue.poll(200, TimeUnit.MILLISECONDS);
            if (packet != null) {
                try {
                    link.send(packet);
                } catch (IOException gone) {
                    dropped.incrementAndGet();
                    throw gone;
                }
                sent.incrementAndGet();
                some = true;
            } else if (target.transport() == HepTarget.Transport.UDP
                    && System.nanoTime() - until > 0) {
                break;
            }
        }
        return some;
    }

    private void pause(long millis) {
        try {
            boolean _ = stopping.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stop) {
            stopping.countDown();
        }
    }

    @Override
    public void close() {
        stopping.countDown();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(2));
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
