package io.jackfield.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.server.RecordingReceiver;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("A connection that takes its time (threat T21)")
@Timeout(60)
class SlowConnectionsTest {
    private static final String REQUEST = "GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n";

    private final RecordingReceiver receiver = new RecordingReceiver();
    private TestWeb web;

    @BeforeEach
    void open() {
        web = TestWeb.open(receiver, Map.of());
    }

    @AfterEach
    void close() {
        web.close();
    }

    @Test
    @DisplayName("is ended 10 s after it was opened when its first request is not complete")
    void endsTheFirst() throws IOException {
        try (Socket slow = connect()) {
            write(slow, REQUEST.substring(0, 20));
            awaitKnown(1);
            web.tickLater(Duration.ofSeconds(9));
            write(slow, REQUEST.substring(20, 30));
            web.tickLater(Duration.ofSeconds(11));

            assertThat(slow.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    @DisplayName("is ended 30 s after a request when the next is not complete by then")
    void endsTheNext() throws IOException {
        try (Socket slow = connect()) {
            write(slow, REQUEST);
            assertThat(slow.getInputStream().read()).isEqualTo('H');
            slow.getInputStream().readNBytes(slow.getInputStream().available());
            awaitKnown(1);
            write(slow, REQUEST.substring(0, 10));
            web.tickLater(Duration.ofSeconds(31));

            assertThat(slow.getInputStream().readAllBytes()).asString().doesNotContain("200");
        }
    }

    @Test
    @DisplayName("as a WebSocket lives on, and is pinged")
    void sparesWebSockets() {
        WebSocketPeer peer = WebSocketPeer.connect(web.webSocketUri());
        peer.sendText("one");
        receiver.next();
        web.tickLater(Duration.ofSeconds(31));
        peer.awaitPing();

        peer.sendText("two");
        assertThat(receiver.next().text()).isEqualTo("two");
        peer.abort();
    }

    @Test
    @DisplayName("as a WebSocket over which no SIP comes is ended after 10 s with 1008")
    void endsSilentWebSockets() {
        WebSocketPeer peer = WebSocketPeer.connect(web.webSocketUri());
        awaitWebSockets(1);
        // More than once, as the server's clock does: its end may not be open the first time.
        while (web.webSockets() > 0) {
            web.tickLater(Duration.ofSeconds(11));
        }

        assertThat(peer.closeStatus()).isEqualTo(1008);
    }

    @Test
    @DisplayName("as a WebSocket is one of at most 200 silent ones of a source")
    void limitsSilentWebSockets() {
        List<WebSocketPeer> silent = new ArrayList<>();
        for (int i = 0; i < WebSocketConnections.HALF_OPEN_PER_SOURCE_MAX; i++) {
            silent.add(WebSocketPeer.connect(web.webSocketUri()));
        }

        assertThat(web.rawHandshake("")).startsWith("HTTP/1.1 503").contains("Retry-After: 5");

        silent.getFirst().sendText("hello");
        receiver.next();
        assertThat(web.rawHandshake("")).startsWith("HTTP/1.1 101");
        silent.forEach(WebSocketPeer::abort);
    }

    /** The peer knows of its connection before the server has counted it. */
    private void awaitWebSockets(int count) {
        while (web.webSockets() < count) {
            Thread.onSpinWait();
        }
    }

    private void awaitKnown(int count) {
        while (web.waitingForRequests() < count) {
            Thread.onSpinWait();
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket("127.0.0.1", web.port());
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }
}
