package io.jackfield.server.web;

import io.jackfield.api.events.EventHistory;
import io.jackfield.api.http.ApiHandler;
import io.jackfield.api.http.Guard;
import io.jackfield.api.http.Readiness;
import io.jackfield.call.edge.SipReceiver;
import io.jackfield.server.config.Configuration;
import io.jackfield.server.config.ConfigurationLoader;
import io.jackfield.testkit.FreePorts;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A web server on a free loopback port. */
final class TestWeb implements AutoCloseable {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final WebServer web;

    /** What is told to those who listen. */
    static final EventHistory EVENTS = new EventHistory(List.of(), 100, Instant.EPOCH);

    private TestWeb(WebServer web) {
        this.web = web;
    }

    static TestWeb open(SipReceiver receiver, Map<String, String> environment) {
        return openAt(FreePorts.next(), receiver, environment);
    }

    static TestWeb openAt(int port, SipReceiver receiver, Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(environment);
        all.put("JACKFIELD_HTTP_PORT", Integer.toString(port));
        Configuration configuration = ConfigurationLoader.demo(Path.of("target"), all);
        return new TestWeb(
                WebServer.open(
                        configuration,
                        api(configuration),
                        receiver,
                        Optional.of(new WebServer.Listening(EVENTS, guard(configuration)))));
    }

    private static Guard guard(Configuration configuration) {
        return new Guard(configuration.api().token(), WebServer.trustedRequests(configuration));
    }

    private static ApiHandler api(Configuration configuration) {
        return new ApiHandler(
                () -> Readiness.State.READY,
                guard(configuration),
                () -> "jackfield_up 1\n",
                (_, _) -> List.of(),
                List::of,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    int port() {
        return web.httpPort();
    }

    int httpsPort() {
        return web.httpsPort().orElseThrow();
    }

    /** What the server's own clock does, that much later. */
    void tickLater(Duration later) {
        web.tick(System.nanoTime() + later.toNanos());
    }

    int waitingForRequests() {
        return web.waitingForRequests();
    }

    int webSockets() {
        return web.webSockets();
    }

    URI webSocketUri() {
        return URI.create("ws://127.0.0.1:" + port() + "/ws");
    }

    HttpResponse<String> get(String path, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return exchange(request.build());
    }

    static HttpResponse<String> exchange(HttpRequest request) {
        try {
            return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException broken) {
            throw new AssertionError(broken);
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }

    /** The head of the answer to a handshake with those extra header lines. */
    String rawHandshake(String headers) {
        return raw(
                "GET /ws HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
                        + "Sec-WebSocket-Protocol: sip\r\n"
                        + headers
                        + "\r\n");
    }

    /** Writes those bytes on a new connection and reads up to the end of the answer's head. */
    String raw(String request) {
        try (Socket socket = new Socket("127.0.0.1", port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            StringBuilder head = new StringBuilder();
            InputStream in = socket.getInputStream();
            for (int b = in.read(); b >= 0; b = in.read()) {
                head.append((char) b);
                if (head.toString().endsWith("\r\n\r\n")) {
                    break;
                }
            }
            return head.toString();
        } catch (IOException broken) {
            throw new AssertionError(broken);
        }
    }

    @Override
    public void close() {
        web.close();
    }
}
