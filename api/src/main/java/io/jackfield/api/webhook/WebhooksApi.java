package io.jackfield.api.webhook;

import io.jackfield.api.events.EventLine;
import io.jackfield.api.events.EventType;
import io.jackfield.api.events.Fact;
import io.jackfield.api.http.Answer;
import io.jackfield.api.http.ApiPart;
import io.jackfield.api.http.Problem;
import io.jackfield.call.routing.Webhook;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /api/v1/webhooks}: how each endpoint fares, its last deliveries, what was given up and can
 * be sent again, and a test.
 *
 * <p>Any thread.
 */
public final class WebhooksApi implements ApiPart {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String ALL = "/api/v1/webhooks";
    private static final Pattern READ =
            Pattern.compile("/api/v1/webhooks/([^/]+)/(deliveries|dead)");
    private static final Pattern TEST = Pattern.compile("/api/v1/webhooks/([^/]+)/test");
    private static final Pattern AGAIN =
            Pattern.compile("/api/v1/webhooks/([^/]+)/dead/(\\d{1,18}|all)/send");

    /** Each waits for somebody else's answer. */
    private static final int TESTS_MAX = 4;

    /** Longer than an attempt may take, with a slow name server. */
    private static final int TEST_SECONDS_MAX = 25;

    private final Webhooks webhooks;
    private final Supplier<Instant> wallClock;
    private final Semaphore tests = new Semaphore(TESTS_MAX);

    public WebhooksApi(Webhooks webhooks, Supplier<Instant> wallClock) {
        this.webhooks = webhooks;
        this.wallClock = wallClock;
    }

    /** Whether that path is answered here. */
    public static boolean isOurs(String path) {
        return path.equals(ALL)
                || READ.matcher(path).matches()
                || TEST.matcher(path).matches()
                || AGAIN.matcher(path).matches();
    }

    @Override
    public boolean serves(String path) {
        return isOurs(path);
    }

    @Override
    public List<String> methods(String path) {
        boolean reads = path.equals(ALL) || READ.matcher(path).matches();
        return reads ? List.of("GET", "HEAD") : List.of("POST");
    }

    @Override
    public void handle(String path, Request request, Response response, Callback callback) {
        if (path.equals(ALL)) {
            Answer.json(response, callback, 200, list());
            return;
        }
        String name = path.substring(ALL.length() + 1).replaceFirst("/.*", "");
        Optional<Endpoint> endpoint = webhooks.endpoint(name);
        Matcher again = AGAIN.matcher(path);
        if (endpoint.isEmpty()) {
            Problem.notFound("There is no such webhook.").send(response, callback);
        } else if (path.endsWith("/deliveries")) {
            Answer.json(response, callback, 200, deliveries(endpoint.get()));
        } else if (path.endsWith("/dead")) {
            Answer.json(response, callback, 200, dead(endpoint.get()));
        } else if (!isJson(request)) {
            // what a page of a stranger can send from a browser without asking first is no JSON
            new Problem(415, "Unsupported Media Type", "Send application/json.")
                    .send(response, callback);
        } else if (again.matches()) {
            again(endpoint.get(), again.group(2), response, callback);
        } else {
            test(endpoint.get(), response, callback);
        }
    }

    private static boolean isJson(Request request) {
        String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
        return type != null && type.toLowerCase(Locale.ROOT).startsWith("application/json");
    }

    // ---- what is

    private ObjectNode list() {
        ObjectNode body = JSON.createObjectNode();
        ArrayNode list = body.putArray("webhooks");
        for (Endpoint endpoint : webhooks.all()) {
            Webhook webhook = endpoint.webhook();
            ObjectNode node = list.addObject();
            node.put("name", webhook.name());
            node.put("url", webhook.url().toString());
            node.put("enabled", webhook.enabled());
            ArrayNode types = node.putArray("types");
            webhook.types().stream().sorted().forEach(types::add);
            int waiting = endpoint.look(Outbox::waiting);
            int dead = endpoint.look(outbox -> outbox.dead().size());
            node.put("waiting", waiting).put("dead", dead);
            endpoint.look(outbox -> outbox.deliveries().stream().findFirst())
                    .ifPresent(last -> delivery(node.putObject("last"), last));
        }
        return body;
    }

    private static ObjectNode deliveries(Endpoint endpoint) {
        ObjectNode body = JSON.createObjectNode();
        ArrayNode list = body.putArray("deliveries");
        endpoint.look(Outbox::deliveries).forEach(one -> delivery(list.addObject(), one));
        return body;
    }

    private static void delivery(ObjectNode node, Outbox.Delivery one) {
        node.put("at", one.at().toString());
        node.put("id", one.id());
        node.put("type", one.type());
        node.put("attempt", one.attempt());
        outcome(node, one.outcome());
        node.put("next", one.nextStep());
    }

    private static ObjectNode outcome(ObjectNode node, Outcome outcome) {
        node.put("taken", outcome.taken());
        node.put("latency_ms", outcome.millis());
        switch (outcome) {
            case Outcome.Answered(var status, var answer, _) ->
                    node.put("status", status).put("answer", answer).putNull("error");
            case Outcome.Failed(var reason, _) ->
                    node.putNull("status").putNull("answer").put("error", reason);
        }
        return node;
    }

    private static ObjectNode dead(Endpoint endpoint) {
        ObjectNode body = JSON.createObjectNode();
        ArrayNode list = body.putArray("dead");
        for (Outbox.Dead one : endpoint.look(Outbox::dead)) {
            list.addObject()
                    .put("id", one.item().id())
                    .put("type", one.item().type())
                    .put("attempts", one.attempts())
                    .put("reason", one.reason())
                    .put("at", one.at().toString())
                    .put("event", one.item().json());
        }
        return body;
    }

    // ---- what is wanted

    private static void again(Endpoint endpoint, String id, Response response, Callback callback) {
        List<Long> wanted =
                id.equals("all")
                        ? endpoint.look(outbox ->
                                outbox.dead().stream().map(one -> one.item().id()).toList())
                        : List.of(Long.parseLong(id));
        long sent = wanted.stream().filter(endpoint::again).count();
        if (sent == 0 && !id.equals("all")) {
            Problem.notFound("No event of that id was given up, or too many wait already.")
                    .send(response, callback);
        } else {
            Answer.json(response, callback, 202, JSON.createObjectNode().put("sent", sent));
        }
    }

    private void test(Endpoint endpoint, Response response, Callback callback) {
        if (!tests.tryAcquire()) {
            Problem.unavailable("Other tests run; ask again in some seconds.")
                    .send(response, callback);
            return;
        }
        Instant now = wallClock.get();
        EventLine line = EventLine.of(now.toEpochMilli() * 1_000, now, Fact.of(EventType.TEST));
        CompletableFuture<Outcome> sent = new CompletableFuture<>();
        Thread.ofPlatform()
                .daemon()
                .name("webhook-test")
                .start(() -> {
                    try {
                        sent.complete(endpoint.test(line));
                    } finally {
                        tests.release();
                    }
                });
        Outcome outcome;
        try {
            outcome = sent.get(TEST_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException slow) {
            outcome =
                    new Outcome.Failed(
                            "the name server does not answer", TEST_SECONDS_MAX * 1_000L);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            callback.failed(stopped);
            return;
        }
        ObjectNode body = outcome(JSON.createObjectNode(), outcome);
        Answer.json(response, callback, 200, body.put("id", line.id()));
    }
}
