package io.jackfield.media.socket;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One platform thread that waits for packets, tasks and timers, and hands each on.
 *
 * <p>Thread-safety: {@link #post}, {@link #tasksDropped} and {@link #close} on any thread; timers
 * and registration on the loop itself.
 */
public final class MediaLoop implements AutoCloseable {
    /** Far more than all legs of a node have to say at one time. */
    private static final int TASKS_MAX = 32_768;

    /** From one socket, before the others have their turn. */
    static final int PACKETS_PER_TURN = 64;

    /** A fault of ours that each packet repeats is worth one line a second. */
    private static final long LOG_EVERY_NANOS = 1_000_000_000L;

    private static final Duration END_MAX = Duration.ofSeconds(5);
    private static final long LATE_SPAN_NANOS = 5_000_000_000L;
    private static final long NANOS_PER_MILLI = 1_000_000L;
    private static final System.Logger LOG = System.getLogger(MediaLoop.class.getName());

    private final Poller poller;
    private final ArrayBlockingQueue<LongConsumer> tasks = new ArrayBlockingQueue<>(TASKS_MAX);
    private final AtomicLong tasksDropped = new AtomicLong();
    private final Deque<Runnable> freed = new ArrayDeque<>();
    private final TimerQueue timers = new TimerQueue();
    private final Thread thread;
    private long lateNanos;
    private long lateBeforeNanos;
    private long lateSinceNanos = System.nanoTime();
    private volatile boolean closed;
    private volatile boolean posted;
    private long nextLogNanos = System.nanoTime();

    private MediaLoop(SocketKind kind, String name) throws IOException {
        this.poller = Poller.open(kind, this::receive);
        this.thread = new Thread(this::run, name);
    }

    /** Starts a loop on a thread of that name. */
    public static MediaLoop start(String name) throws IOException {
        return start(name, SocketKind.best());
    }

    static MediaLoop start(String name, SocketKind kind) throws IOException {
        MediaLoop loop = new MediaLoop(kind, name);
        loop.thread.setDaemon(true);
        loop.thread.start();
        return loop;
    }

    /**
     * Runs the task on the loop, after those posted before.
     *
     * @param task given {@code nowNanos}
     * @return false where the loop has fallen so far behind that it takes no more, or is closed
     */
    public boolean post(LongConsumer task) {
        if (closed || !tasks.offer(task)) {
            tasksDropped.incrementAndGet();
            return false;
        }
        posted = true;
        if (Thread.currentThread() != thread) {
            poller.wakeUp();
        }
        return true;
    }

    /** Tasks that were not taken. */
    public long tasksDropped() {
        return tasksDropped.get();
    }

    /** A timer that runs the action when it fires. */
    public LoopTimer timer(LongConsumer action) {
        return timers.timer(action);
    }

    /** Hands what the socket receives to the handler, until the socket is closed. */
    public void register(UdpSocket socket, PacketHandler handler) {
        try {
            poller.register(socket, handler);
        } catch (ClosedChannelException alreadyClosed) {
            // A leg that was closed before it was known here.
        } catch (IOException noRoom) {
            report(noRoom);
        }
    }

    /**
     * Closes sockets.
     *
     * @param whenFree runs when the kernel has their ports back, which is after the selector's next
     *     turn
     */
    public void close(List<UdpSocket> sockets, Runnable whenFree) {
        sockets.forEach(UdpSocket::close);
        freed.addLast(whenFree);
    }

    private void run() {
        while (!closed) {
            try {
                turn();
            } catch (IOException | RuntimeException fault) {
                report(fault);
            }
        }
        closePoller();
    }

    /** One turn: packets and tasks that are there, timers that are due. */
    private void turn() throws IOException {
        int freedThisTurn = freed.size();
        poller.poll(tasks.isEmpty() && freedThisTurn == 0 ? waitMillis() : 0);
        for (int left = freedThisTurn; left > 0; left--) {
            freed.removeFirst().run();
        }
        runTasks();
        long nowNanos = System.nanoTime();
        noteLate(nowNanos);
        for (int left = timers.size(); left > 0 && runTimer(nowNanos); left--) {
            // Each at most once, so that a timer that sets itself in the past cannot hold the loop.
        }
    }

    private void runTasks() {
        posted = false;
        for (int left = tasks.size(); left > 0; left--) {
            runTask(tasks.poll());
        }
    }

    private void runTask(@Nullable LongConsumer task) {
        if (task == null) {
            return;
        }
        try {
            task.accept(System.nanoTime());
        } catch (RuntimeException fault) {
            report(fault);
        }
    }

    /** How late timers were at worst in the last five to ten seconds. */
    public Duration late() {
        return Duration.ofNanos(Math.max(lateNanos, lateBeforeNanos));
    }

    private void noteLate(long nowNanos) {
        if (nowNanos - lateSinceNanos > LATE_SPAN_NANOS) {
            lateBeforeNanos = lateNanos;
            lateNanos = 0;
            lateSinceNanos = nowNanos;
        }
        OptionalLong due = timers.earliestNanos();
        if (due.isPresent()) {
            lateNanos = Math.max(lateNanos, nowNanos - due.getAsLong());
        }
    }

    private boolean runTimer(long nowNanos) {
        try {
            return timers.runOne(nowNanos);
        } catch (RuntimeException fault) {
            report(fault);
            return true;
        }
    }

    /** 0 where a timer is due; a minute where there is none. */
    private long waitMillis() {
        OptionalLong earliest = timers.earliestNanos();
        if (earliest.isEmpty()) {
            return 60_000;
        }
        long nanos = earliest.getAsLong() - System.nanoTime();
        return nanos <= 0 ? 0 : (nanos + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI;
    }

    private void receive(PacketHandler handler, ByteBuffer datagram, InetSocketAddress from) {
        if (posted) {
            // A leg must be known before the packet that its description brought about.
            runTasks();
        }
        try {
            handler.packet(datagram, from, System.nanoTime());
        } catch (RuntimeException fault) {
            report(fault);
        }
    }

    private void report(Exception fault) {
        long nowNanos = System.nanoTime();
        if (nowNanos - nextLogNanos >= 0) {
            nextLogNanos = nowNanos + LOG_EVERY_NANOS;
            LOG.log(System.Logger.Level.ERROR, "media loop met a fault of ours", fault);
        }
    }

    private void closePoller() {
        try {
            poller.close();
        } catch (IOException nothingToDo) {
            LOG.log(System.Logger.Level.WARNING, "poller did not close", nothingToDo);
        }
    }

    /** Ends the loop after the task it runs. */
    @Override
    public void close() {
        closed = true;
        if (thread.isAlive()) {
            poller.wakeUp();
        }
    }

    /** Returns when the loop has ended, or after five seconds. */
    public void awaitEnd() {
        try {
            boolean _ = thread.join(END_MAX);
        } catch (InterruptedException shutdown) {
            Thread.currentThread().interrupt();
        }
        close();
    }
}
