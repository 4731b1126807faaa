package io.jackfield.api.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.api.http.ApiHandler;
import io.jackfield.api.http.Guard;
import io.jackfield.api.http.Readiness;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("GET /api/v1/events")
@Timeout(60)
class EventsApiTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    private final EventHistory history = new EventHistory(List.of(), 100, NOON);
    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);
    private boolean trusted = true;

    @BeforeEach
    void open() throws Exception {
        server.addConnector(connector);
        server.setHandler(
                new ApiHandler(
                        () -> Readiness.State.READY,
                        new Guard(Optional.of("0123456789abcdef"), _ -> trusted),
                        () -> "",
                        (_, _) -> List.of(),
                        List::of,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(new EventsApi(history))));
        server.start();
    }

    @AfterEach
    void close() throws Exception {
        history.close();
        server.stop();
    }

    private long tell(EventType type, String agent) {
        return history.append(Fact.of(type).agent(agent), NOON).id();
    }

    private HttpRequest.Builder request(String query) {
        return HttpRequest.newBuilder(
                URI.create(
                        "http://127.0.0.1:" + connector.getLocalPort() + "/api/v1/events" + query));
    }

    private static int status(HttpRequest request) throws Exception {
        return CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
    }

    /** The next so many lines that say something. */
    private static List<String> lines(BufferedReader in, int count) throws Exception {
        List<String> lines = new ArrayList<>();
        while (lines.size() < count) {
            String line = in.readLine();
            if (!line.isEmpty() && !line.startsWith("retry")) {
                lines.add(line);
            }
        }
        return lines;
    }

    private static BufferedReader listen(HttpRequest request) throws Exception {
        return new BufferedReader(
                new InputStreamReader(
                        CLIENT.send(request, HttpResponse.BodyHandlers.ofInputStream()).body(),
                        StandardCharsets.UTF_8));
    }

    @Test
    @DisplayName("goes on after Last-Event-ID, and tells what comes as it comes")
    void resumesAndGoesOn() throws Exception {
        long first = tell(EventType.CALL_CREATED, "1001");
        long second = tell(EventType.CALL_ENDED, "1001");

        try (BufferedReader in =
                listen(request("").header("Last-Event-ID", Long.toString(first)).build())) {
            assertThat(lines(in, 3))
                    .satisfiesExactly(
                            line -> assertThat(line).isEqualTo("id: " + second),
                            line -> assertThat(line).isEqualTo("event: call.ended"),
                            line -> assertThat(line).startsWith("data: {\"id\":" + second));

            long third = tell(EventType.AGENT_STATE, "1002");

            assertThat(lines(in, 3).getFirst()).isEqualTo("id: " + third);
        }
    }

    @Test
    @DisplayName("gives only what ?types= and ?agent= ask for")
    void filters() throws Exception {
        long before = history.last();
        tell(EventType.CALL_CREATED, "1001");
        tell(EventType.CALL_ENDED, "1002");
        long wanted = tell(EventType.CALL_ENDED, "1001");

        try (BufferedReader in =
                listen(request("?types=call.ended&agent=1001&after=" + before).build())) {
            assertThat(lines(in, 1)).containsExactly("id: " + wanted);
        }
    }

    @Test
    @DisplayName("says a gap where what follows is forgotten")
    void saysGap() throws Exception {
        tell(EventType.CALL_CREATED, "1001");

        try (BufferedReader in = listen(request("").header("Last-Event-ID", "5").build())) {
            assertThat(lines(in, 2).getLast()).isEqualTo("event: gap");
        }
    }

    @Test
    @DisplayName("ends with a last word when the server stops")
    void lastWord() throws Exception {
        try (BufferedReader in = listen(request("").build())) {
            history.close();

            assertThat(lines(in, 1)).containsExactly(": the server stops");
            in.readLine();
            assertThat(in.readLine()).isNull();
        }
    }

    @Test
    @DisplayName("is behind the guard, can only be read, and says what it does not understand")
    void refuses() throws Exception {
        assertThat(status(request("?types=call.end").build())).isEqualTo(400);
        assertThat(status(request("?after=yesterday").build())).isEqualTo(400);
        assertThat(status(request("").DELETE().build())).isEqualTo(405);
        trusted = false;
        assertThat(status(request("").build())).isEqualTo(401);
    }
}
