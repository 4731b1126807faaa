package io.jackfield.server;

import io.jackfield.call.edge.Flow;
import io.jackfield.call.edge.SipReceiver;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Stands where signalling will be, and remembers what listeners hand over. */
public final class RecordingReceiver implements SipReceiver {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    private final BlockingQueue<Flow> closed = new LinkedBlockingQueue<>();

    /** One message and the flow it came by. */
    public record Received(Flow flow, byte[] bytes) {
        public String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    @Override
    public void received(Flow flow, byte[] message) {
        received.add(new Received(flow, message));
    }

    @Override
    public void closed(Flow flow) {
        closed.add(flow);
    }

    /** The next message; fails when none comes. */
    public Received next() {
        return take(received, "message");
    }

    /** The next flow that was closed; fails when none is. */
    public Flow nextClosed() {
        return take(closed, "closed flow");
    }

    /** Waits until that flow is closed, whatever other flows are. */
    public void awaitClosed(Flow flow) {
        while (!nextClosed().equals(flow)) {
            // another one
        }
    }

    public int waiting() {
        return received.size();
    }

    private static <T> T take(BlockingQueue<T> queue, String what) {
        try {
            T item = queue.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (item == null) {
                throw new AssertionError("no " + what + " within " + PATIENCE);
            }
            return item;
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }
}
