package io.jackfield.server.listener;

import io.jackfield.call.edge.Flow;
import io.jackfield.call.edge.SipReceiver;
import io.jackfield.call.edge.Transport;
import io.jackfield.protocol.sip.SipParser;
import io.jackfield.protocol.sip.StreamFramer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * One TCP or TLS connection that carries SIP (RFC 3261 §18), opened by either side.
 *
 * <p>Thread-safety: any thread may send, close and check deadlines. One virtual thread reads, one
 * writes.
 */
final class StreamFlow implements Flow {
    private static final System.Logger LOG = System.getLogger(StreamFlow.class.getName());

    /** Messages that wait for a peer which reads slowly. */
    private static final int WAITING_MAX = 64;

    private static final int READ_BYTES = 16 << 10;

    /** Empty, as no message is: ends the writer. */
    private static final byte[] END = new byte[0];

    private final String id;
    private final Transport transport;
    private final InetSocketAddress remote;
    private final InetSocketAddress local;
    private final SipReceiver receiver;
    private final LongSupplier nanoTime;
    private final StreamDeadlines deadlines;
    private final BlockingQueue<byte[]> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
    private final AtomicBoolean ended = new AtomicBoolean();
    private final Runnable onGreeted;
    private final Runnable onEnded;

    /** Of the reading thread. */
    private boolean greeted;

    private volatile Optional<Socket> socket = Optional.empty();
    private volatile Optional<String> peerName = Optional.empty();

    /** What a flow is told about itself and its surroundings. */
    record Origin(
            String id,
            Transport transport,
            InetSocketAddress remote,
            InetSocketAddress local,
            boolean openedByUs) {}

    /**
     * @param onGreeted the first message has come; called once, before it is handed over
     * @param onEnded the connection is gone; called once
     */
    StreamFlow(
            Origin origin,
            SipReceiver receiver,
            LongSupplier nanoTime,
            Runnable onGreeted,
            Runnable onEnded) {
        this.id = origin.id();
        this.transport = origin.transport();
        this.remote = origin.remote();
        this.local = origin.local();
        this.receiver = receiver;
        this.nanoTime = nanoTime;
        this.onGreeted = onGreeted;
        this.onEnded = onEnded;
        this.deadlines =
                new StreamDeadlines(
                        origin.openedByUs(),
                        origin.transport() == Transport.TLS,
                        nanoTime.getAsLong());
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Transport transport() {
        return transport;
    }

    @Override
    public InetSocketAddress remote() {
        return remote;
    }

    @Override
    public InetSocketAddress local() {
        return local;
    }

    @Override
    public Optional<String> peerName() {
        return peerName;
    }

    /** Makes the socket known early, so that a handshake that hangs can be ended. */
    void attach(Socket raw) {
        socket = Optional.of(raw);
        if (ended.get()) {
            closeSocket();
        }
    }

    /** The handshake is over, if there was one: reads until the end, on the calling thread. */
    void run(Socket ready, Optional<String> provenName) throws IOException {
        socket = Optional.of(ready);
        peerName = provenName;
        synchronized (deadlines) {
            deadlines.handshakeDone();
        }
        if (ended.get()) {
            closeSocket();
            return;
        }
        OutputStream out = ready.getOutputStream();
        Thread.ofVirtual().name(id + "-out").start(() -> write(out));
        read(ready.getInputStream());
    }

    private void read(InputStream in) throws IOException {
        StreamFramer framer = new StreamFramer();
        byte[] buffer = new byte[READ_BYTES];
        boolean understood = true;
        int count = in.read(buffer);
        while (count >= 0 && understood) {
            boolean message = false;
            for (StreamFramer.Piece piece : framer.feed(ByteBuffer.wrap(buffer, 0, count))) {
                understood = take(piece);
                message |= piece instanceof StreamFramer.Piece.Message;
            }
            heard(message, framer.isWithinMessage());
            count = understood ? in.read(buffer) : -1;
        }
        if (understood) {
            end();
        } else {
            endAfterWriting();
        }
    }

    private boolean take(StreamFramer.Piece piece) {
        return switch (piece) {
            case StreamFramer.Piece.Message(var bytes) -> {
                greet();
                receiver.received(this, bytes);
                yield true;
            }
            case StreamFramer.Piece.KeepAlive(var answerDue) -> {
                if (answerDue) {
                    send(SipParser.pong());
                }
                yield true;
            }
            case StreamFramer.Piece.Broken(var failure) -> {
                LOG.log(Level.DEBUG, "flow={0} unreadable reason={1}", id, failure.reason());
                failure.answer().ifPresent(answer -> send(answer.towards(remote).encode()));
                yield false;
            }
        };
    }

    /**
     * Before the first message is handed over: whoever has read it may open the next connection.
     */
    private void greet() {
        if (!greeted) {
            greeted = true;
            onGreeted.run();
        }
    }

    private void heard(boolean message, boolean rest) {
        synchronized (deadlines) {
            deadlines.heard(message, rest, nanoTime.getAsLong());
        }
    }

    @Override
    public boolean send(byte[] message) {
        return message.length > 0 && !ended.get() && waiting.offer(message);
    }

    private void write(OutputStream out) {
        try {
            byte[] message = waiting.take();
            while (message.length > 0) {
                synchronized (deadlines) {
                    deadlines.writeBegins(nanoTime.getAsLong());
                }
                out.write(message);
                out.flush();
                synchronized (deadlines) {
                    deadlines.writeEnds();
                }
                message = waiting.take();
            }
        } catch (IOException broken) {
            LOG.log(Level.DEBUG, "flow={0} write failed reason={1}", id, broken.toString());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        end();
    }

    /** Lets what waits leave first: the answer that says why. */
    private void endAfterWriting() {
        if (!waiting.offer(END)) {
            end();
        }
    }

    /** Ends the connection when it has taken too long over something. */
    void checkDeadlines(long nowNanos) {
        Optional<String> overdue;
        synchronized (deadlines) {
            overdue = deadlines.overdue(nowNanos);
        }
        overdue.ifPresent(reason -> {
            LOG.log(Level.DEBUG, "flow={0} ended reason={1}", id, reason);
            end();
        });
    }

    @Override
    public void close() {
        endAfterWriting();
    }

    /** Ends the connection at once; later calls do nothing. */
    void end() {
        if (ended.compareAndSet(false, true)) {
            closeSocket();
            waiting.clear();
            var _ = waiting.offer(END);
            onEnded.run();
            receiver.closed(this);
        }
    }

    private void closeSocket() {
        socket.ifPresent(s -> {
            try {
                s.close();
            } catch (IOException alreadyBroken) {
                LOG.log(Level.TRACE, "flow={0} close reason={1}", id, alreadyBroken);
            }
        });
    }

    @Override
    public String toString() {
        return id;
    }
}
