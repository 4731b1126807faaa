package io.jackfield.server.web;

import io.jackfield.call.edge.SipReceiver;
import io.jackfield.call.edge.Transport;
import io.jackfield.server.listener.SourceLimit;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.jspecify.annotations.Nullable;

/**
 * One browser's SIP connection (RFC 7118): each WebSocket message, text or binary, is one SIP
 * message.
 *
 * <p>Thread-safety: Jetty calls one method at a time; {@link #tick} comes from one other thread.
 */
public final class SipWebSocketEndpoint implements Session.Listener.AutoDemanding {
    private static final System.Logger LOG = System.getLogger(SipWebSocketEndpoint.class.getName());

    private static final String SILENT = "no SIP message came";

    private final WebSocketConnections connections;
    private final SipReceiver receiver;
    private final String id;
    private final Transport transport;
    private final InetSocketAddress remote;
    private final KeepAlive keepAlive;
    private final SourceLimit.Place halfOpen;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile @Nullable WebSocketFlow flow;

    SipWebSocketEndpoint(
            WebSocketConnections connections,
            SipReceiver receiver,
            String id,
            Transport transport,
            InetSocketAddress remote,
            SourceLimit.Place halfOpen,
            long nowNanos) {
        this.connections = connections;
        this.receiver = receiver;
        this.id = id;
        this.transport = transport;
        this.remote = remote;
        this.halfOpen = halfOpen;
        this.keepAlive = new KeepAlive(nowNanos);
    }

    @Override
    public void onWebSocketOpen(Session session) {
        WebSocketFlow opened = new WebSocketFlow(id, session, transport, remote);
        flow = opened;
        LOG.log(Level.DEBUG, "flow={0} opened", id);
        if (ended.get()) {
            opened.refuse(SILENT);
        }
    }

    @Override
    public void onWebSocketText(String message) {
        received(message.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
        byte[] message = new byte[payload.remaining()];
        payload.get(message);
        received(message);
        callback.succeed();
    }

    private void received(byte[] message) {
        WebSocketFlow open = flow;
        if (open != null && message.length > 0) {
            halfOpen.leave();
            receiver.received(open, message);
        }
    }

    /** Pings when it is time, and ends a connection over which nobody ever spoke SIP. */
    void tick(long nowNanos) {
        WebSocketFlow open = flow;
        switch (keepAlive.at(nowNanos, !halfOpen.held())) {
            case NOTHING -> {}
            case PING -> {
                if (open != null) {
                    open.ping();
                }
            }
            case GIVE_UP -> giveUp();
        }
    }

    /** Given up first, closed then: who is not open yet learns of it when he is. */
    private void giveUp() {
        ended();
        WebSocketFlow open = flow;
        if (open != null) {
            open.refuse(SILENT);
        }
    }

    void close() {
        WebSocketFlow open = flow;
        if (open != null) {
            open.close();
        }
    }

    @Override
    public void onWebSocketError(Throwable cause) {
        LOG.log(Level.DEBUG, "flow={0} failed reason={1}", id, cause.toString());
        ended();
    }

    @Override
    public void onWebSocketClose(int statusCode, @Nullable String reason, Callback callback) {
        LOG.log(Level.DEBUG, "flow={0} closed status={1}", id, statusCode);
        ended();
        callback.succeed();
    }

    private void ended() {
        if (ended.compareAndSet(false, true)) {
            halfOpen.leave();
            connections.remove(this);
            WebSocketFlow open = flow;
            if (open != null) {
                open.end();
                receiver.closed(open);
            }
        }
    }
}
