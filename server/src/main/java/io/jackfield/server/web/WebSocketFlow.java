package io.jackfield.server.web;

import io.jackfield.call.edge.Flow;
import io.jackfield.call.edge.Transport;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.StatusCode;

/**
 * One WebSocket connection to a browser, as signalling sees it.
 *
 * <p>Thread-safety: any thread.
 */
final class WebSocketFlow implements Flow {
    /** What a browser that reads nothing may cost us; far more than a phone ever has waiting. */
    private static final int WAITING_BYTES_MAX = 512 << 10;

    private final String id;
    private final Session session;
    private final Transport transport;
    private final InetSocketAddress remote;
    private final AtomicInteger waitingBytes = new AtomicInteger();
    private volatile boolean ended;

    WebSocketFlow(String id, Session session, Transport transport, InetSocketAddress remote) {
        this.id = id;
        this.session = session;
        this.transport = transport;
        this.remote = remote;
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
        return (InetSocketAddress) session.getLocalSocketAddress();
    }

    /** Jetty's queue has no bound of its own in bytes, so they are counted here. */
    @Override
    public boolean send(byte[] message) {
        if (ended || !session.isOpen()) {
            return false;
        }
        if (waitingBytes.addAndGet(message.length) > WAITING_BYTES_MAX) {
            waitingBytes.addAndGet(-message.length);
            return false;
        }
        Callback done =
                Callback.from(
                        () -> waitingBytes.addAndGet(-message.length),
                        _ -> waitingBytes.addAndGet(-message.length));
        write(message, done);
        return true;
    }

    /** "SIP messages can be carried in text or binary frames" (RFC 7118 §5): text where it is. */
    private void write(byte[] message, Callback done) {
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(message)).toString();
            session.sendText(text, done);
        } catch (CharacterCodingException binaryBody) {
            session.sendBinary(ByteBuffer.wrap(message), done);
        }
    }

    /** Nothing is taken any more. */
    void end() {
        ended = true;
    }

    @Override
    public void close() {
        end();
        session.close(StatusCode.NORMAL, "", Callback.NOOP);
    }

    void ping() {
        session.sendPing(ByteBuffer.allocate(0), Callback.NOOP);
    }

    void refuse(String reason) {
        session.close(StatusCode.POLICY_VIOLATION, reason, Callback.NOOP);
    }

    @Override
    public String toString() {
        return id;
    }
}
