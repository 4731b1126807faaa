package io.jackfield.api.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.jackfield.api.events.EventLine;
import io.jackfield.api.events.EventType;
import io.jackfield.api.events.Fact;
import io.jackfield.call.routing.Webhook;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Webhooks")
@Timeout(60)
class WebhooksTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final String SECRET = "0123456789abcdef";
    private static final Duration PATIENCE = Duration.ofMillis(500);

    @TempDir Path folder;

    private final AtomicInteger ids = new AtomicInteger();
    private Webhooks webhooks;

    private record Got(Map<String, List<String>> headers, String body) {
        String header(String name) {
            return headers.getOrDefault(name, List.of("")).getFirst();
        }
    }

    /** A CRM that answers as it is told. */
    private static final class Crm implements AutoCloseable {
        final BlockingQueue<Got> got = new LinkedBlockingQueue<>();
        final HttpServer server;

        Crm(Function<Integer, Integer> statusOfAttempt) throws IOException {
            server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 10);
            AtomicInteger attempts = new AtomicInteger();
            server.createContext(
                    "/",
                    exchange -> {
                        String body =
                                new String(
                                        exchange.getRequestBody().readAllBytes(),
                                        StandardCharsets.UTF_8);
                        int status = statusOfAttempt.apply(attempts.incrementAndGet());
                        if (status == 302) {
                            exchange.getResponseHeaders().add("Location", "/elsewhere");
                        }
                        byte[] answer = ("answer " + status).getBytes(StandardCharsets.UTF_8);
                        exchange.sendResponseHeaders(status, answer.length);
                        exchange.getResponseBody().write(answer);
                        exchange.close();
                        got.add(new Got(Map.copyOf(exchange.getRequestHeaders()), body));
                    });
            server.start();
        }

        URI url() {
            return URI.create("http://localhost:" + server.getAddress().getPort() + "/hook?a=b");
        }

        Got next() throws InterruptedException {
            Got next = got.poll(20, TimeUnit.SECONDS);
            assertThat(next).as("a delivery").isNotNull();
            return next;
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }

    private void start(Webhook... wanted) {
        webhooks = new Webhooks(folder, _ -> true, Instant::now, PATIENCE);
        webhooks.apply(List.of(wanted));
    }

    @BeforeEach
    void nobody() {
        start();
    }

    @AfterEach
    void close() {
        webhooks.close();
    }

    private static Webhook hook(String name, URI url) {
        return new Webhook(name, url, SECRET, Set.of(), true);
    }

    private EventLine tell(EventType type) {
        EventLine line = EventLine.of(ids.incrementAndGet(), NOON, Fact.of(type));
        webhooks.take(line);
        return line;
    }

    @Test
    @DisplayName("are posted signed, with the event's id, in order")
    void deliversSigned() throws Exception {
        try (Crm crm = new Crm(_ -> 200)) {
            start(hook("crm", crm.url()));
            EventLine first = tell(EventType.CALL_OFFERED);
            EventLine second = tell(EventType.CALL_ENDED);

            Got got = crm.next();

            assertThat(got.body()).isEqualTo(first.json());
            assertThat(got.header("Jackfield-event-id")).isEqualTo("1");
            String signature = got.header("Jackfield-signature");
            long time = Long.parseLong(signature.replaceAll("t=(\\d+),.*", "$1"));
            assertThat(signature).isEqualTo(Signature.of(SECRET, time, got.body()));
            assertThat(Math.abs(time - Instant.now().getEpochSecond())).isLessThan(60);
            assertThat(crm.next().body()).isEqualTo(second.json());
        }
    }

    @Test
    @DisplayName("bear the signature that anybody can compute")
    void knownSignature() {
        // printf '1700000000.{"a":1}' | openssl dgst -sha256 -hmac key
        assertThat(Signature.of("key", 1_700_000_000, "{\"a\":1}"))
                .isEqualTo(
                        "t=1700000000,v1=a438e398bfafc57e4396bb7fc2304422f0f768e965d073ca313cb52e22e6ad03");
    }

    @Test
    @DisplayName("are tried again after a 500 and after a redirect, which is not followed")
    void triesAgain() throws Exception {
        try (Crm crm = new Crm(attempt -> attempt == 1 ? 500 : attempt == 2 ? 302 : 200)) {
            start(hook("crm", crm.url()));
            EventLine line = tell(EventType.CALL_ENDED);

            for (int i = 0; i < 3; i++) {
                Got got = crm.next();
                assertThat(got.body()).isEqualTo(line.json());
                assertThat(got.header("Jackfield-event-id")).isEqualTo("1");
            }
        }
    }

    @Test
    @DisplayName("go to one endpoint while another hangs, and handing them over never waits")
    void hangingEndpoint() throws Exception {
        try (ServerSocket hangs = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
                Crm crm = new Crm(_ -> 200)) {
            URI silent = URI.create("http://127.0.0.1:" + hangs.getLocalPort() + "/");
            start(hook("crm", crm.url()), hook("hangs", silent));
            long before = System.nanoTime();
            for (int i = 0; i < 200; i++) {
                tell(EventType.AGENT_STATE);
            }
            long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before);

            for (int i = 0; i < 200; i++) {
                crm.next();
            }

            assertThat(took).as("200 events handed over, in ms").isLessThan(2_000);
            Outbox.Delivery tried = delivery("hangs");
            assertThat(tried.outcome().words()).contains("no answer within");
            assertThat(tried.outcome().millis()).isLessThan(5_000);
        }
    }

    /** The first attempt that has been made. */
    private Outbox.Delivery delivery(String name) {
        Endpoint endpoint = webhooks.endpoint(name).orElseThrow();
        while (endpoint.look(outbox -> outbox.deliveries().isEmpty())) {
            Thread.onSpinWait();
        }
        return endpoint.look(Outbox::deliveries).getLast();
    }

    @Test
    @DisplayName("give up waiting for an endpoint that drips its answer byte by byte")
    void drippingEndpoint() throws Exception {
        try (ServerSocket drips = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
            Thread _ =
                    Thread.ofVirtual()
                            .start(() -> {
                                try (Socket socket = drips.accept()) {
                                    socket.setSoTimeout(50);
                                    while (true) {
                                        socket.getOutputStream().write('H');
                                        awaitSilence(socket);
                                    }
                                } catch (IOException _) {
                                    // the other side has had enough
                                }
                            });
            start(hook("drips", URI.create("http://127.0.0.1:" + drips.getLocalPort() + "/")));
            tell(EventType.CALL_ENDED);

            assertThat(delivery("drips").outcome().taken()).isFalse();
            assertThat(delivery("drips").outcome().millis()).isLessThan(5_000);
        }
    }

    /** Reads on until nothing came for the socket's own while. */
    private static void awaitSilence(Socket socket) throws IOException {
        try {
            int next = 0;
            while (next >= 0) {
                next = socket.getInputStream().read();
            }
            throw new IOException("closed");
        } catch (SocketTimeoutException silent) {
            // time for the next byte
        }
    }

    @Test
    @DisplayName("say what went wrong with an endpoint that resets, and one that is no HTTP server")
    void resettingEndpoint() throws Exception {
        try (ServerSocket resets = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
            Thread _ =
                    Thread.ofVirtual()
                            .start(() -> {
                                try (Socket socket = resets.accept()) {
                                    socket.setSoLinger(true, 0);
                                } catch (IOException _) {
                                    // the test is over
                                }
                            });
            start(hook("resets", URI.create("http://127.0.0.1:" + resets.getLocalPort() + "/")));
            tell(EventType.CALL_ENDED);

            assertThat(delivery("resets").outcome()).isInstanceOf(Outcome.Failed.class);
        }
    }

    @Test
    @DisplayName("wait on disk over a restart, and come once the endpoint is back")
    void outliveRestart() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        start(hook("crm", URI.create("http://127.0.0.1:" + port + "/")));
        EventLine first = tell(EventType.CALL_OFFERED);
        EventLine second = tell(EventType.CALL_ENDED);
        webhooks.close();

        try (Crm crm = new Crm(_ -> 202)) {
            start(hook("crm", crm.url()));

            assertThat(crm.next().body()).isEqualTo(first.json());
            assertThat(crm.next().body()).isEqualTo(second.json());
        }
    }

    @Test
    @DisplayName("do not go to what only we can reach, whatever name it has")
    void refusesPrivateAddresses() throws Exception {
        try (Crm crm = new Crm(_ -> 200)) {
            webhooks = new Webhooks(folder, false, Instant::now);
            webhooks.apply(List.of(hook("crm", crm.url())));
            tell(EventType.CALL_ENDED);

            assertThat(delivery("crm").outcome().words())
                    .contains("not on the public internet")
                    .contains("webhooks.allowPrivate");
            assertThat(crm.got).isEmpty();
        }
    }

    @Test
    @DisplayName("tell only the types that were asked for, and nobody who is switched off")
    void choosesTypes() throws Exception {
        try (Crm crm = new Crm(_ -> 200)) {
            start(
                    new Webhook("some", crm.url(), SECRET, Set.of("call.ended"), true),
                    new Webhook("off", crm.url(), SECRET, Set.of(), false));
            tell(EventType.CALL_OFFERED);
            EventLine wanted = tell(EventType.CALL_ENDED);

            assertThat(crm.next().body()).isEqualTo(wanted.json());
            assertThat(webhooks.endpoint("off").orElseThrow().look(Outbox::waiting)).isZero();
        }
    }

    @Test
    @DisplayName("can be tested by hand, with what was answered")
    void test() throws Exception {
        try (Crm crm = new Crm(_ -> 418)) {
            start(hook("crm", crm.url()));
            EventLine line = EventLine.of(9, NOON, Fact.of(EventType.TEST));

            Outcome outcome = webhooks.endpoint("crm").orElseThrow().test(line);

            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            Outcome.Answered.class,
                            answered -> {
                                assertThat(answered.status()).isEqualTo(418);
                                assertThat(answered.answer()).isEqualTo("answer 418");
                            });
            assertThat(delivery("crm").type()).isEqualTo("test");
        }
    }

    @Test
    @DisplayName("that are gone from the site leave nothing on the disk")
    void removed() throws Exception {
        try (Crm crm = new Crm(_ -> 500)) {
            start(hook("crm", crm.url()));
            tell(EventType.CALL_ENDED);
            assertThat(folder.resolve("crm.jsonl")).exists();

            webhooks.apply(List.of());

            assertThat(folder.resolve("crm.jsonl")).doesNotExist();
        }
    }
}
