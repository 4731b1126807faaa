package io.jackfield.server.web;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A browser's side of the connection: the JDK's own WebSocket client. */
final class WebSocketPeer implements WebSocket.Listener {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final int PATIENCE_SECONDS = 10;

    private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
    private final BlockingQueue<byte[]> binaries = new LinkedBlockingQueue<>();
    private final BlockingQueue<Integer> pings = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closeStatus = new CompletableFuture<>();
    private final StringBuilder partial = new StringBuilder();
    private volatile boolean reading = true;
    private WebSocket socket;

    static WebSocketPeer connect(URI uri) {
        return connect(uri, List.of("sip"), Map.of());
    }

    static WebSocketPeer connect(URI uri, List<String> subProtocols, Map<String, String> headers) {
        WebSocketPeer peer = new WebSocketPeer();
        WebSocket.Builder builder = CLIENT.newWebSocketBuilder();
        headers.forEach(builder::header);
        if (!subProtocols.isEmpty()) {
            builder.subprotocols(
                    subProtocols.getFirst(), subProtocols.stream().skip(1).toArray(String[]::new));
        }
        peer.socket = builder.buildAsync(uri, peer).join();
        return peer;
    }

    String subProtocol() {
        return socket.getSubprotocol();
    }

    void sendText(String text) {
        socket.sendText(text, true).join();
    }

    void sendFragments(String... parts) {
        for (int i = 0; i < parts.length; i++) {
            socket.sendText(parts[i], i == parts.length - 1).join();
        }
    }

    void sendBinary(byte[] bytes) {
        socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
    }

    String nextText() {
        return take(texts);
    }

    byte[] nextBinary() {
        return take(binaries);
    }

    void awaitPing() {
        take(pings);
    }

    void stopReading() {
        reading = false;
    }

    void close() {
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    }

    void abort() {
        socket.abort();
    }

    int closeStatus() {
        return closeStatus.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    private static <T> T take(BlockingQueue<T> queue) {
        try {
            T item = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (item == null) {
                throw new AssertionError("nothing came in time");
            }
            return item;
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }

    private void more(WebSocket from) {
        if (reading) {
            from.request(1);
        }
    }

    @Override
    public void onOpen(WebSocket opened) {
        opened.request(1);
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            texts.add(partial.toString());
            partial.setLength(0);
        }
        more(from);
        return null;
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        binaries.add(bytes);
        more(from);
        return null;
    }

    @Override
    public CompletionStage<?> onPing(WebSocket from, ByteBuffer message) {
        pings.add(message.remaining());
        more(from);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int statusCode, String reason) {
        closeStatus.complete(statusCode);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        closeStatus.completeExceptionally(error);
    }
}
