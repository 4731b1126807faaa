package io.jackfield.server.web;

import io.jackfield.api.events.EventReader;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.StatusCode;
import org.jspecify.annotations.Nullable;

/**
 * One who listens to events over a WebSocket: a text message is one event. What it sends is not
 * looked at.
 *
 * <p>Thread-safety: Jetty calls one method at a time; a virtual thread of its own sends.
 */
public final class EventsWebSocket implements Session.Listener.AutoDemanding {
    /** Whoever takes longer to read one message is cut, and resumes with the last id. */
    private static final long SEND_WITHIN_SECONDS = 30;

    private final EventReader reader;
    private final Runnable onEnd;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicBoolean told = new AtomicBoolean();
    private volatile @Nullable Thread sender;

    EventsWebSocket(EventReader reader, Runnable onEnd) {
        this.reader = reader;
        this.onEnd = onEnd;
    }

    @Override
    public void onWebSocketOpen(Session session) {
        sender = Thread.ofVirtual().name("events-ws").start(() -> run(session));
    }

    private void run(Session session) {
        try {
            while (!ended.get()) {
                for (EventReader.Next next : reader.next()) {
                    send(session, next);
                }
            }
        } catch (ExecutionException | TimeoutException slow) {
            session.disconnect();
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        } finally {
            end();
        }
    }

    private void send(Session session, EventReader.Next next)
            throws InterruptedException, ExecutionException, TimeoutException {
        switch (next) {
            case EventReader.Next.Event(var line) ->
                    within(done -> session.sendText(line.json(), done));
            case EventReader.Next.Gap(var id) ->
                    within(done -> session.sendText("{\"type\":\"gap\",\"id\":" + id + "}", done));
            case EventReader.Next.Quiet _ ->
                    within(done -> session.sendPing(ByteBuffer.allocate(0), done));
            case EventReader.Next.End _ -> {
                ended.set(true);
                session.close(StatusCode.SHUTDOWN, "the server stops", Callback.NOOP);
            }
        }
    }

    private static void within(Consumer<Callback> write)
            throws InterruptedException, ExecutionException, TimeoutException {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        write.accept(Callback.from(() -> done.complete(true), done::completeExceptionally));
        done.get(SEND_WITHIN_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void onWebSocketError(Throwable cause) {
        over();
    }

    @Override
    public void onWebSocketClose(int statusCode, @Nullable String reason, Callback callback) {
        over();
        callback.succeed();
    }

    private void over() {
        ended.set(true);
        Thread running = sender;
        if (running != null) {
            running.interrupt();
        } else {
            end();
        }
    }

    private void end() {
        if (told.compareAndSet(false, true)) {
            onEnd.run();
        }
    }
}
