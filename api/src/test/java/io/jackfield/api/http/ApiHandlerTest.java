package io.jackfield.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jackfield.call.CallControl;
import io.jackfield.call.b2bua.CallSnapshot;
import io.jackfield.call.cdr.Cdr;
import io.jackfield.contactcenter.AgentId;
import io.jackfield.contactcenter.agent.AgentRequest;
import io.jackfield.contactcenter.floor.Floor;
import io.jackfield.contactcenter.floor.FloorFigures;
import io.jackfield.contactcenter.site.AgentSettings;
import io.jackfield.contactcenter.site.FloorSettings;
import io.jackfield.contactcenter.site.MemberSettings;
import io.jackfield.contactcenter.site.QueueSettings;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@DisplayName("The HTTP API")
class ApiHandlerTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Demo DEMO =
            new Demo(
                    "127.0.0.1",
                    "ws://127.0.0.1:8080/ws",
                    List.of(new Demo.Login("1001", "demo-1001")),
                    List.of(new Demo.DialHint("600", "Hear yourself", "Эхо")));

    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);
    private final List<Integer> limits = new ArrayList<>();
    private Readiness.State state = Readiness.State.READY;
    private boolean trusted = true;
    private final List<String> asked = new ArrayList<>();
    private boolean floorBusy;
    private boolean databaseAway;
    private Optional<Demo> demo = Optional.empty();
    private final TestControl control = new TestControl();

    @BeforeEach
    void open() throws Exception {
        start();
    }

    private void start() throws Exception {
        server.stop();
        server.setConnectors(new ServerConnector[] {connector});
        server.setHandler(
                new ApiHandler(
                        () -> state,
                        new Guard(Optional.of("0123456789abcdef"), _ -> trusted),
                        () -> "jackfield_calls 1.0\n",
                        this::records,
                        () ->
                                List.of(
                                        new CallSnapshot(
                                                "c1",
                                                "1001",
                                                "600",
                                                Instant.EPOCH,
                                                Optional.empty(),
                                                1,
                                                true,
                                                List.of(
                                                        new CallSnapshot.PartyInCall(
                                                                "c1-1", "1001", "1001",
                                                                "caller")))),
                        Optional.of(new CallControlApi(control)),
                        Optional.of(new FloorApi(ApiHandlerTest::figures, this::ask)),
                        demo,
                        Optional.empty(),
                        List.of()));
        server.start();
    }

    @AfterEach
    void close() throws Exception {
        server.stop();
    }

    /** Anna is ready, nobody waits. */
    private static FloorFigures figures() {
        FloorSettings settings =
                new FloorSettings(
                        ZoneOffset.UTC,
                        List.of(AgentSettings.of("anna")),
                        List.of(QueueSettings.of("700", List.of(MemberSettings.of("anna")))),
                        Set.of());
        return FloorFigures.of(Floor.of(settings, Instant.EPOCH), Instant.EPOCH);
    }

    private boolean ask(AgentId agent, AgentRequest request) {
        asked.add(agent.name() + " " + request);
        return !floorBusy;
    }

    private List<Cdr> records(Optional<String> cursor, int limit)
            throws CdrReader.UnavailableException {
        if (databaseAway) {
            throw new CdrReader.UnavailableException(new IOException("away"));
        }
        limits.add(limit);
        return List.of(
                new Cdr(
                        "0001",
                        Optional.of("lead-7"),
                        Cdr.Direction.OUTBOUND,
                        "1001",
                        "95551234",
                        Optional.of("carrier"),
                        2,
                        Instant.parse("2026-11-23T10:15:30.120Z"),
                        4_200,
                        61_000,
                        Cdr.HangupSide.CALLEE,
                        "normal",
                        200,
                        Optional.of("PCMA"),
                        new Cdr.Heard(
                                Optional.of(3_050L),
                                Optional.of(3L),
                                Optional.of(2.5),
                                Optional.empty()),
                        Cdr.Heard.NOTHING,
                        Optional.of("0001")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/calls", "/api/v1/cdrs", "/api/v1/nowhere"})
    @DisplayName("keeps the connection of a refused request, whose body may still be on its way")
    void keepsConnection(String path) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", connector.getLocalPort())) {
            String head =
                    "POST "
                            + path
                            + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\n"
                            + "Content-Length: 2\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.setSoTimeout(300);
            assertThatThrownBy(() -> socket.getInputStream().read())
                    .isInstanceOf(SocketTimeoutException.class);
            socket.setSoTimeout(10_000);
            String rest =
                    "{}GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(rest.getBytes(StandardCharsets.US_ASCII));
            String answers =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answers).startsWith("HTTP/1.1 4").contains("HTTP/1.1 200 OK");
        }
    }

    @Nested
    @DisplayName("health")
    class Health {
        @Test
        @DisplayName("is alive as long as it answers")
        void isAlive() {
            assertThat(get("/health/live").statusCode()).isEqualTo(200);
        }

        @Test
        @DisplayName("is ready only while new calls are welcome, else 503")
        void isReady() {
            assertThat(get("/health/ready").statusCode()).isEqualTo(200);
            for (Readiness.State other :
                    List.of(Readiness.State.STARTING, Readiness.State.DRAINING)) {
                state = other;
                HttpResponse<String> answer = get("/health/ready");
                assertThat(answer.statusCode()).isEqualTo(503);
                assertThat(json(answer).get("ready").asBoolean()).isFalse();
                assertThat(json(answer).get("state").asString())
                        .isEqualTo(other.name().toLowerCase(java.util.Locale.ROOT));
            }
        }

        @Test
        @DisplayName("is open to all, since it says nothing about people")
        void isOpen() {
            trusted = false;

            assertThat(get("/health/ready").statusCode()).isEqualTo(200);
        }
    }

    @Nested
    @DisplayName("call records")
    class Records {
        @Test
        @DisplayName("are JSON under the columns' names; what is not known is null, never 0")
        void areJson() {
            JsonNode record = json(get("/api/v1/cdrs")).get("cdrs").get(0);

            assertThat(record.get("id").asString()).isEqualTo("0001");
            assertThat(record.get("direction").asString()).isEqualTo("outbound");
            assertThat(record.get("started_at").asString()).isEqualTo("2026-11-23T10:15:30.120Z");
            assertThat(record.get("talk_ms").asLong()).isEqualTo(61_000);
            assertThat(record.get("agent_heard_packets").asLong()).isEqualTo(3_050);
            assertThat(record.get("agent_heard_jitter_ms").asDouble()).isEqualTo(2.5);
            assertThat(record.get("agent_heard_rtt_ms").isNull()).isTrue();
            assertThat(record.get("customer_heard_lost").isNull()).isTrue();
        }

        @Test
        @DisplayName("come a hundred at a time unless asked otherwise")
        void areLimited() {
            get("/api/v1/cdrs");
            get("/api/v1/cdrs?limit=7");
            get("/api/v1/cdrs?limit=1000");

            assertThat(limits).containsExactly(101, 8, 1_001);
        }

        @ParameterizedTest
        @ValueSource(strings = {"0", "-1", "1001", "x", "", "99999999999", "1;DROP"})
        @DisplayName("with a limit that is none are a problem")
        void refuseBadLimits(String limit) {
            HttpResponse<String> answer = get("/api/v1/cdrs?limit=" + limit);

            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(json(answer).get("detail").asString()).contains("1 to 1000");
            assertThat(limits).isEmpty();
        }

        @Test
        @DisplayName("while the database is away are a 503 that says calls go on")
        void sayWhenTheDatabaseIsAway() {
            databaseAway = true;
            HttpResponse<String> answer = get("/api/v1/cdrs");

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(json(answer).get("detail").asString()).contains("Calls go on");
        }
    }

    @Test
    @DisplayName("lists calls that are up")
    void listsCalls() {
        JsonNode call = json(get("/api/v1/calls")).get("calls").get(0);

        assertThat(call.get("caller").asString()).isEqualTo("1001");
        assertThat(call.get("answered_at").isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/cdrs", "/api/v1/calls", "/metrics"})
    @DisplayName("tells nothing about people to whoever has no token and no trusted address")
    void guards(String path) {
        trusted = false;

        assertThat(get(path).statusCode()).isEqualTo(401);
        assertThat(get(path, "Authorization", "Bearer 0123456789abcdeX").statusCode())
                .isEqualTo(401);
        assertThat(get(path, "Authorization", "Basic 0123456789abcdef").statusCode())
                .isEqualTo(401);
        assertThat(get(path, "Authorization", "Bearer 0123456789abcdef").statusCode())
                .isEqualTo(200);
    }

    @Test
    @DisplayName("shows metrics as Prometheus' text, which no cache keeps")
    void showsMetrics() {
        HttpResponse<String> answer = get("/metrics");

        assertThat(answer.body()).isEqualTo("jackfield_calls 1.0\n");
        assertThat(answer.headers().firstValue("content-type"))
                .contains("text/plain; version=0.0.4; charset=utf-8");
        assertThat(answer.headers().firstValue("cache-control")).contains("no-store");
    }

    @Nested
    @DisplayName("about the demo")
    class OfTheDemo {
        @Test
        @DisplayName("tells agents, passwords and numbers in the demo")
        void tellsAll() throws Exception {
            demo = Optional.of(DEMO);
            start();
            JsonNode body = json(get("/api/v1/demo"));

            assertThat(body.get("demo").asBoolean()).isTrue();
            assertThat(body.get("ws").asString()).isEqualTo("ws://127.0.0.1:8080/ws");
            assertThat(body.get("agents").get(0).get("password").asString()).isEqualTo("demo-1001");
            assertThat(body.get("numbers").get(0).get("label").get("ru").asString())
                    .isEqualTo("Эхо");
        }

        @Test
        @DisplayName("tells nothing anywhere else")
        void tellsNothing() {
            assertThat(get("/api/v1/demo").statusCode()).isEqualTo(404);
        }
    }

    @Test
    @DisplayName("answers what it does not have with a problem in JSON (RFC 9457)")
    void answersProblems() {
        HttpResponse<String> answer = get("/api/v1/nothing");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("content-type"))
                .contains("application/problem+json");
        assertThat(json(answer).get("status").asInt()).isEqualTo(404);
        assertThat(json(answer).get("title").asString()).isEqualTo("Not Found");
    }

    @Test
    @DisplayName("can only be read")
    void canOnlyBeRead() {
        HttpResponse<String> answer =
                send(
                        request("/api/v1/cdrs")
                                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                                .build());

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("allow")).contains("GET, HEAD");
    }

    @Nested
    @DisplayName("tells a call that is up")
    class Control {
        private HttpResponse<String> post(String verb, String type, String body) {
            return send(
                    request("/api/v1/calls/c1/" + verb)
                            .header("Content-Type", type)
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build());
        }

        private int status(String verb, String body) {
            return post(verb, "application/json", body).statusCode();
        }

        @Test
        @DisplayName("what is wanted of it, and answers 202: what becomes of it is an event")
        void tells() {
            assertThat(status("hangup", "{}")).isEqualTo(202);
            assertThat(status("transfer", "{\"to\":\"1002\"}")).isEqualTo(202);
            assertThat(status("transfer", "{\"to\":\"1002\",\"leaving\":\"1001\"}")).isEqualTo(202);
            assertThat(status("conference", "{\"to\":\"95551234\"}")).isEqualTo(202);
            String whisper = "{\"supervisor\":\"1003\",\"agent\":\"1001\",\"mode\":\"whisper\"}";
            assertThat(status("supervise", whisper)).isEqualTo(202);

            assertThat(control.wanted)
                    .containsExactly(
                            "c1 hangup",
                            "c1 transfer - 1002",
                            "c1 transfer 1001 1002",
                            "c1 conference 95551234",
                            "c1 WHISPER 1003 1001");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "transfer|{}",
                    "transfer|{\"to\":\"\"}",
                    "transfer|{\"to\":1002}",
                    "transfer|[]",
                    "transfer|{",
                    "conference|{\"number\":\"1002\"}",
                    "supervise|{\"supervisor\":\"1003\",\"agent\":\"1001\",\"mode\":\"LISTEN\"}",
                    "supervise|{\"supervisor\":\"1003\",\"mode\":\"listen\"}"
                })
        @DisplayName("nothing when what is wanted cannot be read")
        void refusesWhatItCannotRead(String verb, String body) {
            assertThat(status(verb, body)).isEqualTo(400);
            assertThat(status(verb, "\"" + "x".repeat(5_000) + "\"")).isEqualTo(400);
            assertThat(control.wanted).isEmpty();
        }

        @Test
        @DisplayName("nothing that a stranger's page could send without asking")
        void takesJsonAlone() {
            assertThat(post("hangup", "text/plain", "{}").statusCode()).isEqualTo(415);
            trusted = false;
            assertThat(status("hangup", "{}")).isEqualTo(401);
            assertThat(get("/api/v1/calls/c1/hangup").statusCode()).isEqualTo(405);
            assertThat(control.wanted).isEmpty();
        }

        @Test
        @DisplayName("to begin, and gives its name")
        void originates() {
            HttpResponse<String> begun = begin("{\"agent\":\"1001\",\"to\":\"95551234\"}");
            assertThat(begun.statusCode()).isEqualTo(202);
            assertThat(json(begun).get("id").asString()).isEqualTo("c9");
            begin("{\"agent\":\"1001\",\"to\":\"95551234\",\"reference\":\"lead-7\"}");
            assertThat(control.wanted)
                    .containsExactly("originate 1001 95551234 -", "originate 1001 95551234 lead-7");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "{\"agent\":\"1001\"}",
                    "{\"to\":\"95551234\"}",
                    "{\"agent\":\"1001\",\"to\":\"9\",\"reference\":\"a\\r\\nX: y\"}",
                    "{\"agent\":\"1001\",\"to\":\"9\",\"reference\":7}"
                })
        @DisplayName("not to begin when that cannot be read, or would end a header line")
        void refusesToBegin(String body) {
            assertThat(begin(body).statusCode()).isEqualTo(400);
            assertThat(control.wanted).isEmpty();
        }

        private HttpResponse<String> begin(String body) {
            return send(
                    request("/api/v1/calls")
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build());
        }

        @Test
        @DisplayName("and says why that cannot be")
        void saysWhyNot() {
            control.outcome = CallControl.Outcome.NO_SUCH_CALL;
            assertThat(status("hangup", "{}")).isEqualTo(404);
            control.outcome = CallControl.Outcome.NO_SUCH_NUMBER;
            assertThat(status("conference", "{\"to\":\"77\"}")).isEqualTo(422);
            control.outcome = CallControl.Outcome.TOO_MANY;
            assertThat(begin("{\"agent\":\"1001\",\"to\":\"9\"}").statusCode()).isEqualTo(503);
            control.outcome = CallControl.Outcome.TOKEN_REQUIRED;
            assertThat(status("conference", "{\"to\":\"95551234\"}")).isEqualTo(403);
        }
    }

    @Nested
    @DisplayName("of the floor")
    class OfTheFloor {
        private int post(String agent, String body) {
            return send(request("/api/v1/agents/" + agent + "/state")
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build())
                    .statusCode();
        }

        @Test
        @DisplayName("tells agents and queues, each by its state")
        void tells() {
            JsonNode agent = json(get("/api/v1/agents")).get("agents").get(0);
            assertThat(agent.get("name").asString()).isEqualTo("anna");
            assertThat(agent.get("state").asString()).isEqualTo("offline");
            JsonNode queue = json(get("/api/v1/queues")).get("queues").get(0);
            assertThat(queue.get("number").asString()).isEqualTo("700");
            assertThat(queue.get("waiting").asInt()).isZero();
            assertThat(queue.get("agents").get("offline").asInt()).isEqualTo(1);
            assertThat(queue.get("service_level").isNull()).isTrue();
        }

        @Test
        @DisplayName("takes a state that an agent shall have, of one who is known")
        void asks() {
            assertThat(post("anna", "{\"state\":\"break\",\"reason\":\"lunch\"}")).isEqualTo(202);
            assertThat(post("anna", "{\"state\":\"ready\"}")).isEqualTo(202);
            assertThat(post("boris", "{\"state\":\"ready\"}")).isEqualTo(404);
            assertThat(post("anna", "{\"state\":\"break\"}")).isEqualTo(400);
            assertThat(post("anna", "{\"state\":7}")).isEqualTo(400);
            assertThat(post("anna", "[")).isEqualTo(400);
            assertThat(asked).containsExactly("anna Break[reason=lunch]", "anna Ready[]");
            floorBusy = true;
            assertThat(post("anna", "{\"state\":\"ready\"}")).isEqualTo(503);
            trusted = false;
            assertThat(post("anna", "{\"state\":\"ready\"}")).isEqualTo(401);
            assertThat(get("/api/v1/queues").statusCode()).isEqualTo(401);
        }
    }

    @Test
    @DisplayName("answers HEAD without a body")
    void answersHead() {
        HttpResponse<String> answer =
                send(
                        request("/health/live")
                                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                                .build());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
    }

    private HttpResponse<String> get(String path, String... headers) {
        HttpRequest.Builder request = request(path);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + connector.getLocalPort() + path));
    }

    private static HttpResponse<String> send(HttpRequest request) {
        try {
            return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException broken) {
            throw new AssertionError(broken);
        }
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }
}
