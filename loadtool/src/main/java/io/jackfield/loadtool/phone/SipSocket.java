package io.jackfield.loadtool.phone;

import io.jackfield.protocol.sip.SipMessage;
import io.jackfield.protocol.sip.SipWebSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * A WebSocket that carries SIP (RFC 7118 §4).
 *
 * <p>Thread-safety: {@link #send} and {@link #close} on one thread; what is heard comes on the
 * client's.
 */
final class SipSocket {
    private static final Duration CONNECT_MAX = Duration.ofSeconds(10);

    private final WebSocket socket;

    private SipSocket(WebSocket socket) {
        this.socket = socket;
    }

    /**
     * Connects; blocks.
     *
     * @param texts whole messages
     * @param closed why there will be no more; may come more than once
     * @throws java.util.concurrent.CompletionException when the server cannot be reached or does
     *     not speak SIP
     */
    static SipSocket connect(
            HttpClient http, URI to, Consumer<String> texts, Consumer<String> closed) {
        return new SipSocket(
                http.newWebSocketBuilder()
                        .subprotocols(SipWebSocket.SUBPROTOCOL)
                        .connectTimeout(CONNECT_MAX)
                        .buildAsync(to, new Ear(texts, closed))
                        .join());
    }

    /** Writes one message and waits until it is out; false when the connection is gone. */
    boolean send(SipMessage message) {
        String text = new String(message.encode(), StandardCharsets.UTF_8);
        return !socket.sendText(text, true).handle((_, failure) -> failure != null).join();
    }

    void close() {
        CompletableFuture<WebSocket> _ = socket.sendClose(WebSocket.NORMAL_CLOSURE, "");
    }

    /** Joins the fragments of a message. */
    private static final class Ear implements WebSocket.Listener {
        private final Consumer<String> texts;
        private final Consumer<String> closed;
        private final StringBuilder text = new StringBuilder();

        Ear(Consumer<String> texts, Consumer<String> closed) {
            this.texts = texts;
            this.closed = closed;
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (text.length() > SipWebSocket.FRAME_MAX) {
                from.abort();
                closed.accept("a message longer than " + SipWebSocket.FRAME_MAX);
            } else if (last) {
                texts.accept(text.toString());
                text.setLength(0);
            }
            from.request(1);
            return CompletableFuture.completedStage(from);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
            closed.accept("WebSocket closed: " + status + " " + reason);
            return CompletableFuture.completedStage(from);
        }

        @Override
        public void onError(WebSocket from, Throwable failure) {
            closed.accept("WebSocket broke: " + failure.getMessage());
        }
    }
}
