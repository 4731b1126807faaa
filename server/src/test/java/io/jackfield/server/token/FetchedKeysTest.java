package io.jackfield.server.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jackfield.call.token.KeySetSource;
import io.jackfield.testkit.VirtualClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("Token keys from the web (RFC 7517)")
class FetchedKeysTest {
    /** The key of RFC 8037 appendix A.2, with an id. */
    private static final String SET =
            """
            {"keys":[{"kty":"OKP","crv":"Ed25519","kid":"%s",
            "x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}
            """;

    private final VirtualClock clock = new VirtualClock();
    private Optional<String> web = Optional.of(SET.formatted("one"));
    private final FetchedKeys keys =
            new FetchedKeys(
                    new KeySetSource(
                            URI.create("https://crm.example/keys"),
                            Optional.empty(),
                            Duration.ofMinutes(10),
                            Duration.ofHours(1)),
                    () -> web,
                    clock::nanos);

    @Test
    @DisplayName("are used until the next good set takes their place")
    void replaced() {
        assertThat(keys.find("one")).isEmpty();
        keys.refresh();
        assertThat(keys.find("one")).isPresent();
        web = Optional.of(SET.formatted("two"));
        keys.refresh();
        assertThat(keys.find("one")).isEmpty();
        assertThat(keys.find("two")).isPresent();
    }

    @Test
    @DisplayName("are kept while the web gives nothing or nonsense, but not beyond their time")
    void kept() {
        keys.refresh();
        for (String nonsense : new String[] {"", "<html>", "{\"keys\":7}"}) {
            web = Optional.of(nonsense);
            keys.refresh();
            assertThat(keys.find("one")).as(nonsense).isPresent();
        }
        web = Optional.empty();
        keys.refresh();
        clock.advance(Duration.ofHours(1).minusNanos(1));
        assertThat(keys.find("one")).isPresent();
        clock.advance(Duration.ofNanos(1));
        assertThat(keys.find("one")).isEmpty();
    }

    @Nested
    @DisplayName("asked for by HTTP")
    @Timeout(60)
    class Request {
        private HttpServer server;
        private final CountDownLatch over = new CountDownLatch(1);

        @BeforeEach
        void serve() throws IOException {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/good", e -> answer(e, 200, "all of it"));
            server.createContext("/moved", this::move);
            server.createContext("/bad", e -> answer(e, 500, "all of it"));
            server.createContext(
                    "/long", e -> answer(e, 200, "x".repeat(KeySetRequest.LENGTH_MAX + 1)));
            server.createContext(
                    "/full", e -> answer(e, 200, "x".repeat(KeySetRequest.LENGTH_MAX)));
            server.createContext("/endless", this::hang);
            server.setExecutor(task -> Thread.ofVirtual().start(task));
            server.start();
        }

        @AfterEach
        void stop() {
            over.countDown();
            server.stop(0);
        }

        private void answer(HttpExchange exchange, int status, String text) throws IOException {
            try (exchange) {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(status, bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        }

        private void move(HttpExchange exchange) throws IOException {
            exchange.getResponseHeaders().add("Location", "/good");
            answer(exchange, 302, "");
        }

        /** The first byte, and then nothing. */
        private void hang(HttpExchange exchange) throws IOException {
            try (exchange) {
                exchange.sendResponseHeaders(200, 0);
                exchange.getResponseBody().write('{');
                exchange.getResponseBody().flush();
                over.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }

        private Optional<String> ask(String path) {
            int port = server.getAddress().getPort();
            return new KeySetRequest(URI.create("http://127.0.0.1:" + port + path)).send();
        }

        @Test
        @DisplayName("are read from a 200 of at most 64 KiB alone, that ends in time")
        void bounds() {
            assertThat(ask("/good")).contains("all of it");
            assertThat(ask("/full")).isPresent();
            for (String no : new String[] {"/moved", "/bad", "/long", "/endless"}) {
                assertThat(ask(no)).as(no).isEmpty();
            }
        }

        @Test
        @DisplayName("are not there when nobody listens")
        void nobody() {
            server.stop(0);
            assertThat(ask("/good")).isEmpty();
        }
    }
}
