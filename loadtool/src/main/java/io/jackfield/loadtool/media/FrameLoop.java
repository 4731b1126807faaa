package io.jackfield.loadtool.media;

import io.jackfield.loadtool.net.PacketPoller;
import io.jackfield.loadtool.net.PacketSocket;
import io.jackfield.loadtool.net.PacketUser;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongConsumer;

/**
 * The one thread of the media: turns, packets, tasks.
 *
 * <p>Thread-safety: {@link #post}, {@link #bind} and {@link #close} on any thread; the rest on the
 * loop.
 */
final class FrameLoop implements AutoCloseable {
    /** What a handshake waits for its next packet at most. */
    private static final long SLEEP_NANOS_MAX = 500_000L;

    private static final Duration END_MAX = Duration.ofSeconds(5);
    private static final System.Logger LOG = System.getLogger(FrameLoop.class.getName());

    private final PacketPoller poller;
    private final FrameWheel wheel = new FrameWheel(System.nanoTime());

    /** Bounded by the phones of the run, each of which has few things at a time to say. */
    private final Queue<LongConsumer> tasks = new ConcurrentLinkedQueue<>();

    private final Thread thread = new Thread(this::run, "load-media");
    private volatile boolean closed;

    /** What became of opening a socket. */
    private sealed interface Opened {
        record Socket(PacketSocket socket) implements Opened {}

        record Failed(IOException why) implements Opened {}
    }

    private FrameLoop(PacketPoller poller) {
        this.poller = poller;
    }

    static FrameLoop start() throws IOException {
        FrameLoop loop = new FrameLoop(PacketPoller.open());
        loop.thread.setDaemon(true);
        loop.thread.start();
        return loop;
    }

    /** Runs the task on the loop, given {@code nowNanos}. */
    void post(LongConsumer task) {
        tasks.add(task);
        if (Thread.currentThread() != thread && !closed) {
            poller.wake();
        }
    }

    /** A socket; waits for the loop to open it. */
    PacketSocket bind(InetSocketAddress bind, PacketUser user) throws IOException {
        CompletableFuture<Opened> opened = new CompletableFuture<>();
        post(_ -> {
            try {
                opened.complete(new Opened.Socket(poller.bind(bind, user)));
            } catch (IOException failure) {
                opened.complete(new Opened.Failed(failure));
            }
        });
        return switch (opened.join()) {
            case Opened.Socket(var socket) -> socket;
            case Opened.Failed(var why) ->
                    throw new IOException(bind + ": " + why.getMessage(), why);
        };
    }

    /**
     * Gives it its turns from now on.
     *
     * @param place on the wheel
     */
    void add(Ticking one, int place) {
        wheel.add(one, place);
    }

    private void run() {
        poller.begin();
        while (!closed) {
            try {
                cycle();
            } catch (RuntimeException fault) {
                LOG.log(System.Logger.Level.ERROR, "the load tool met a fault of its own", fault);
            }
        }
        poller.close();
    }

    /** A turn that is due goes before packets: they carry the time of their arrival. */
    private void cycle() {
        while (wheel.turn(System.nanoTime())) {
            take();
        }
        take();
        if (tasks.isEmpty()) {
            long untilTurn = wheel.deadlineNanos() - System.nanoTime();
            poller.sleep(Math.min(untilTurn, SLEEP_NANOS_MAX));
        }
    }

    /** A call must know its description before the packets that were sent because of it. */
    private void take() {
        runTasks();
        poller.poll();
    }

    private void runTasks() {
        for (LongConsumer task = tasks.poll(); task != null; task = tasks.poll()) {
            task.accept(System.nanoTime());
        }
    }

    long sendFailures() {
        return poller.sendFailures();
    }

    @Override
    public void close() {
        closed = true;
        poller.wake();
        try {
            boolean _ = thread.join(END_MAX);
        } catch (InterruptedException shutdown) {
            Thread.currentThread().interrupt();
        }
    }
}
