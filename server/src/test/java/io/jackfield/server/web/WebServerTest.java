package io.jackfield.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jackfield.call.edge.Flow;
import io.jackfield.call.edge.Transport;
import io.jackfield.server.RecordingReceiver;
import io.jackfield.server.listener.CannotListenException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("The web server")
class WebServerTest {
    private static final String TOKEN = "0123456789abcdef";

    private final RecordingReceiver receiver = new RecordingReceiver();
    private TestWeb web;

    @AfterEach
    void close() {
        if (web != null) {
            web.close();
        }
    }

    @Test
    @DisplayName("refuses request headers of more than 8 KiB with 431")
    void boundsHeaders() {
        open(Map.of());

        assertThat(web.raw("GET / HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(9_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431");
    }

    @Test
    @DisplayName("does not tell what it is made of")
    void keepsQuiet() {
        open(Map.of());

        assertThat(web.get("/health/live").headers().firstValue("server")).isEmpty();
    }

    @Test
    @DisplayName("answers a plain request for /ws with 426 and words")
    void explainsWebSocket() {
        open(Map.of());

        assertThat(web.get("/ws").statusCode()).isEqualTo(426);
        assertThat(web.get("/ws").body()).contains("SIP over WebSocket");
    }

    @Test
    @DisplayName("names port and setting when the port is taken")
    void namesTheTakenPort() {
        open(Map.of());

        assertThatThrownBy(() -> TestWeb.openAt(web.port(), receiver, Map.of()))
                .isInstanceOf(CannotListenException.class)
                .hasMessageContaining("HTTP cannot listen on 127.0.0.1 port " + web.port())
                .hasMessageContaining("http.port (or JACKFIELD_HTTP_PORT)");
    }

    @Test
    @DisplayName("survives what is no HTTP at all")
    void survivesGarbage() {
        open(Map.of());

        for (String garbage :
                List.of("\u0000\u0001\r\n\r\n", "GET\r\n\r\n", "GET /%zz HTTP/1.1\r\n\r\n")) {
            assertThat(web.raw(garbage)).doesNotContain("HTTP/1.1 5");
        }
        assertThat(web.get("/health/live").statusCode()).isEqualTo(200);
        assertThat(web.raw("GET /api/v1/cdrs?limit=%zz&% HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"))
                .startsWith("HTTP/1.1 400");
    }

    @Nested
    @DisplayName("tells who asks")
    class Clients {
        @Test
        @DisplayName("by the connection, whatever a stranger writes into X-Forwarded-For")
        void ignoresStrangers() {
            open(Map.of());
            Flow flow = flow(Map.of("X-Forwarded-For", "192.0.2.66"));

            assertThat(flow.remote().getAddress().getHostAddress()).isEqualTo("127.0.0.1");
            assertThat(flow.transport()).isEqualTo(Transport.WS);
        }

        @Test
        @DisplayName("by the last address before a configured proxy, and its scheme")
        void believesProxies() {
            open(Map.of("JACKFIELD_HTTP_PROXIES", "127.0.0.1, 10.0.0.0/8"));
            Flow flow =
                    flow(
                            Map.of(
                                    "X-Forwarded-For", "192.0.2.66, 198.51.100.7, 10.1.2.3",
                                    "X-Forwarded-Proto", "https"));

            assertThat(flow.remote().getAddress().getHostAddress()).isEqualTo("198.51.100.7");
            assertThat(flow.transport()).isEqualTo(Transport.WSS);
        }

        private Flow flow(Map<String, String> headers) {
            WebSocketPeer peer = WebSocketPeer.connect(web.webSocketUri(), List.of("sip"), headers);
            peer.sendText("x");
            Flow flow = receiver.next().flow();
            peer.abort();
            return flow;
        }
    }

    @Nested
    @DisplayName("lets read call records")
    class Guarded {
        @Test
        @DisplayName("from loopback without a token")
        void fromLoopback() {
            open(Map.of());

            assertThat(web.get("/api/v1/cdrs").statusCode()).isEqualTo(200);
            assertThat(web.get("/metrics").statusCode()).isEqualTo(200);
        }

        @Test
        @DisplayName("not through a proxy that nobody configured: it hides who asks")
        void notThroughUnknownProxies() {
            open(Map.of());

            assertThat(web.get("/api/v1/cdrs", "X-Forwarded-For", "127.0.0.1").statusCode())
                    .isEqualTo(403);
        }

        @Test
        @DisplayName("not for a client of a configured proxy that is not trusted itself")
        void notForProxiedStrangers() {
            open(Map.of("JACKFIELD_HTTP_PROXIES", "127.0.0.1"));

            assertThat(web.get("/api/v1/cdrs", "X-Forwarded-For", "192.0.2.66").statusCode())
                    .isEqualTo(403);
            assertThat(web.get("/api/v1/cdrs", "X-Forwarded-For", "127.0.0.1").statusCode())
                    .isEqualTo(200);
        }

        @Test
        @DisplayName("not under a foreign host name, as a page that rebinds DNS would")
        void notUnderForeignNames() {
            open(Map.of());

            assertThat(web.raw("GET /api/v1/cdrs HTTP/1.1\r\nHost: evil.example\r\n\r\n"))
                    .startsWith("HTTP/1.1 403");
            assertThat(web.raw("GET /api/v1/cdrs HTTP/1.1\r\nHost: localhost:1\r\n\r\n"))
                    .startsWith("HTTP/1.1 200");
        }

        @Test
        @DisplayName("with the token from anywhere, and with no other")
        void withTheToken() {
            open(Map.of("JACKFIELD_API_TOKEN", TOKEN, "JACKFIELD_API_TRUSTED", "192.0.2.1"));

            assertThat(web.get("/api/v1/cdrs").statusCode()).isEqualTo(401);
            assertThat(web.get("/api/v1/cdrs").headers().firstValue("www-authenticate"))
                    .contains("Bearer");
            assertThat(web.get("/api/v1/calls", "Authorization", "Bearer nonsense").statusCode())
                    .isEqualTo(401);
            assertThat(web.get("/api/v1/calls", "Authorization", "Bearer " + TOKEN).statusCode())
                    .isEqualTo(200);
        }
    }

    private void open(Map<String, String> environment) {
        web = TestWeb.open(receiver, environment);
    }
}
