package io.jackfield.media.dtls;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.bouncycastle.tls.ContentType;
import org.bouncycastle.tls.DatagramTransport;
import org.jspecify.annotations.Nullable;

/**
 * Bouncy Castle's view of the network: a bounded queue in, whole flights out.
 *
 * <p>Records are gathered until Bouncy Castle listens again, so that a flight leaves in one
 * datagram instead of five, of which each can be lost. Alerts in the clear wait for {@link
 * #flushWithAlert}: while a handshake may still be tried again, its complaint is nobody's business.
 * Nothing leaves before {@link #release}.
 *
 * <p>Thread-safety: {@link #offer}, {@link #release}, {@link #restart} and {@link #stop} on the
 * media loop; the rest on the association's thread.
 */
final class FlightTransport implements DatagramTransport {
    /** What passes every path to a browser (RFC 8834 leaves it to us; browsers use 1200 too). */
    static final int DATAGRAM_BYTES_MAX = 1_200;

    /** Ethernet's; a larger datagram came in fragments, which DTLS would have avoided. */
    static final int RECEIVE_BYTES_MAX = 1_500;

    /** Two full flights. */
    private static final int QUEUE_MAX = 32;

    private static final int RECORD_HEADER_BYTES = 13;

    private final BlockingQueue<Entry> inbox = new ArrayBlockingQueue<>(QUEUE_MAX);
    private final CountDownLatch released = new CountDownLatch(1);
    private final Consumer<ByteBuffer> out;
    private final ByteBuffer flight = ByteBuffer.allocate(DATAGRAM_BYTES_MAX);
    private byte @Nullable [] alert;
    private IdleWork idleWork = () -> {};
    private volatile boolean closed;
    private volatile boolean sentAnything;
    private boolean endedByPeer;

    /** What can be done as well while the peer's next flight is on its way. */
    interface IdleWork {
        void perform() throws IOException;
    }

    /** What lies in the queue. */
    private sealed interface Entry {
        record Datagram(ByteBuffer bytes) implements Entry {}

        /** Look at the flags. */
        record Wake() implements Entry {}

        /** Here a new handshake begins; what lay before is gone. */
        record Restart() implements Entry {}
    }

    FlightTransport(Consumer<ByteBuffer> out) {
        this.out = out;
    }

    /** Is done each time that there is nothing to receive; on the association's thread. */
    void whileWaiting(IdleWork work) {
        idleWork = work;
    }

    /** Copies a datagram into the queue; false where it is full. */
    boolean offer(ByteBuffer datagram) {
        byte[] copy = new byte[datagram.remaining()];
        datagram.get(datagram.position(), copy);
        return inbox.offer(new Entry.Datagram(ByteBuffer.wrap(copy)));
    }

    /** Lets the first flight leave. */
    void release() {
        released.countDown();
    }

    /** Makes {@link #receive} give up for good. */
    void stop() {
        closed = true;
        released.countDown();
        wake();
    }

    /**
     * Makes {@link #receive} give up once, so that a new handshake can begin with the datagrams
     * offered from now on; those before are forgotten.
     */
    void restart() {
        inbox.clear();
        boolean _ = inbox.offer(new Entry.Restart());
    }

    private void wake() {
        // Where the queue is full there is no need: receive looks at the flag after each datagram.
        boolean _ = inbox.offer(new Entry.Wake());
    }

    boolean isStopped() {
        return closed;
    }

    /** True once a flight has left in the current attempt. */
    boolean sentAnything() {
        return sentAnything;
    }

    /** Forgets what an attempt that failed wanted to say. */
    void discard() {
        flight.clear();
        alert = null;
        sentAnything = false;
        endedByPeer = false;
    }

    @Override
    public int receive(byte[] buffer, int offset, int length, int waitMillis) throws IOException {
        awaitRelease();
        checkEnded();
        flush();
        if (inbox.isEmpty()) {
            idleWork.perform();
        }
        Entry entry = poll(Math.max(1, waitMillis));
        checkEnded();
        return switch (entry) {
            case Entry.Datagram(ByteBuffer bytes) -> {
                int taken = Math.min(length, bytes.remaining());
                bytes.get(buffer, offset, taken);
                yield taken;
            }
            // Once a flight has left, this handshake leads somewhere, and goes on.
            case Entry.Restart _ when !sentAnything ->
                    throw new InterruptedIOException("handshake begins anew");
            case Entry.Restart _, Entry.Wake _ -> -1;
            case null -> -1;
        };
    }

    private void awaitRelease() throws InterruptedIOException {
        try {
            released.await();
        } catch (InterruptedException shutdown) {
            throw interrupted();
        }
    }

    private static InterruptedIOException interrupted() {
        Thread.currentThread().interrupt();
        return new InterruptedIOException("interrupted");
    }

    private void checkEnded() throws InterruptedIOException {
        if (closed || endedByPeer) {
            throw new InterruptedIOException("association ended");
        }
    }

    private @Nullable Entry poll(int waitMillis) throws InterruptedIOException {
        try {
            return inbox.poll(waitMillis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException shutdown) {
            throw interrupted();
        }
    }

    @Override
    public void send(byte[] buffer, int offset, int length) {
        boolean inClear = buffer[offset + 3] == 0 && buffer[offset + 4] == 0;
        if (length > RECORD_HEADER_BYTES && inClear && buffer[offset] == ContentType.alert) {
            alert = Arrays.copyOfRange(buffer, offset, offset + length);
            return;
        }
        if (length > flight.remaining()) {
            flush();
        }
        flight.put(buffer, offset, length);
    }

    /** Sends what has gathered. */
    void flush() {
        if (flight.position() == 0) {
            return;
        }
        sentAnything = true;
        ByteBuffer datagram = ByteBuffer.allocate(flight.position());
        datagram.put(flight.flip()).flip();
        flight.clear();
        out.accept(datagram);
    }

    /** The same, and the complaint that was held back. */
    void flushWithAlert() {
        flush();
        if (alert != null) {
            out.accept(ByteBuffer.wrap(alert));
            alert = null;
        }
    }

    @Override
    public int getReceiveLimit() {
        return RECEIVE_BYTES_MAX;
    }

    @Override
    public int getSendLimit() {
        return DATAGRAM_BYTES_MAX;
    }

    /** Bouncy Castle has closed the association, on its own behalf or because the peer did. */
    @Override
    public void close() {
        endedByPeer = true;
    }
}
