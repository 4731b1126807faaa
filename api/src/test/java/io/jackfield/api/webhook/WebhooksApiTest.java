package io.jackfield.api.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.jackfield.api.events.EventLine;
import io.jackfield.api.events.EventType;
import io.jackfield.api.events.Fact;
import io.jackfield.api.http.ApiHandler;
import io.jackfield.api.http.Guard;
import io.jackfield.api.http.Readiness;
import io.jackfield.call.routing.Webhook;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@DisplayName("/api/v1/webhooks")
@Timeout(60)
class WebhooksApiTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    @TempDir Path folder;

    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);
    private HttpServer crm;
    private Webhooks webhooks;
    private volatile int status = 200;

    @BeforeEach
    void open() throws Exception {
        crm = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 10);
        crm.createContext(
                "/",
                exchange -> {
                    exchange.getRequestBody().readAllBytes();
                    exchange.sendResponseHeaders(status, -1);
                    exchange.close();
                });
        crm.start();
        webhooks = new Webhooks(folder, _ -> true, () -> NOON, Duration.ofSeconds(5));
        URI url = URI.create("http://127.0.0.1:" + crm.getAddress().getPort() + "/");
        webhooks.apply(
                List.of(new Webhook("crm", url, "very-secret-secret", Set.of("call.ended"), true)));
        server.addConnector(connector);
        server.setHandler(
                new ApiHandler(
                        () -> Readiness.State.READY,
                        new Guard(Optional.empty(), _ -> true),
                        () -> "",
                        (_, _) -> List.of(),
                        List::of,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(new WebhooksApi(webhooks, () -> NOON))));
        server.start();
    }

    @AfterEach
    void close() throws Exception {
        server.stop();
        webhooks.close();
        crm.stop(0);
    }

    private HttpResponse<String> send(String method, String path) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(
                                URI.create(
                                        "http://127.0.0.1:"
                                                + connector.getLocalPort()
                                                + "/api/v1/webhooks"
                                                + path))
                        .method(method, HttpRequest.BodyPublishers.ofString("{}"))
                        .header("Content-Type", "application/json")
                        .build();
        return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode get(String path) throws Exception {
        return JsonMapper.shared().readTree(send("GET", path).body());
    }

    @Test
    @DisplayName("lists what there is, and no secret")
    void lists() throws Exception {
        String body = send("GET", "").body();

        assertThat(body).contains("\"name\":\"crm\"", "call.ended").doesNotContain("very-secret");
    }

    @Test
    @DisplayName("/NAME/test posts an event now and says what was answered; it is among the last")
    void tests() throws Exception {
        status = 503;

        JsonNode answer = JsonMapper.shared().readTree(send("POST", "/crm/test").body());

        assertThat(answer.path("status").asInt()).isEqualTo(503);
        assertThat(answer.path("taken").asBoolean()).isFalse();
        assertThat(get("/crm/deliveries").path("deliveries").path(0).path("type").asString())
                .isEqualTo("test");
    }

    @Test
    @DisplayName("/NAME/dead lists what was given up, and it is sent again when asked")
    void sendsAgain() throws Exception {
        status = 500;
        Endpoint endpoint = webhooks.endpoint("crm").orElseThrow();
        for (int id = 1; id <= Outbox.PENDING_MAX + 1; id++) {
            endpoint.take(EventLine.of(id, NOON, Fact.of(EventType.CALL_ENDED)));
        }
        long dead = Outbox.PENDING_MAX + 1;

        assertThat(get("/crm/dead").path("dead").path(0).path("id").asLong()).isEqualTo(dead);
        assertThat(send("POST", "/crm/dead/" + dead + "/send").statusCode())
                .as("no room yet")
                .isEqualTo(404);
        assertThat(send("POST", "/crm/dead/7/send").statusCode()).isEqualTo(404);
    }

    @Test
    @DisplayName("knows no other webhooks, and no other methods")
    void refuses() throws Exception {
        assertThat(send("GET", "/other/dead").statusCode()).isEqualTo(404);
        assertThat(send("POST", "/other/test").statusCode()).isEqualTo(404);
        assertThat(send("GET", "/crm/test").statusCode()).isEqualTo(405);
        assertThat(send("DELETE", "").statusCode()).isEqualTo(405);
    }
}
