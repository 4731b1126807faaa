package io.jackfield.api.webhook;

import io.jackfield.api.events.EventLine;
import io.jackfield.api.events.EventType;
import io.jackfield.api.events.Fact;
import io.jackfield.api.http.ApiPart;
import io.jackfield.api.http.Endpoint.Serve;
import io.jackfield.api.http.Exchange;
import io.jackfield.api.http.Problem;
import io.jackfield.api.http.Scope;
import io.jackfield.call.routing.Webhook;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.regex.Pattern;
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
    private static final Pattern ID = Pattern.compile("\\d{1,18}|all");

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

    @Override
    public List<io.jackfield.api.http.Endpoint> endpoints() {
        return List.of(
                get("", "listWebhooks", exchange -> exchange.json(200, list())),
                get(
                        "/{name}/deliveries",
                        "listDeliveries",
                        of((exchange, endpoint) -> exchange.json(200, deliveries(endpoint)))),
                get(
                        "/{name}/dead",
                        "listDeadLetters",
                        of((exchange, endpoint) -> exchange.json(200, dead(endpoint)))),
                post("/{name}/test", "testWebhook", this::test),
                post("/{name}/dead/{id}/send", "sendDeadLetterAgain", WebhooksApi::again));
    }

    private interface Act {
        void act(Exchange exchange, Endpoint endpoint);
    }

    private io.jackfield.api.http.Endpoint get(String path, String operation, Serve serve) {
        return new io.jackfield.api.http.Endpoint(
                "GET", ALL + path, Optional.of(Scope.WEBHOOKS_READ), operation, serve);
    }

    private io.jackfield.api.http.Endpoint post(String path, String operation, Act act) {
        return new io.jackfield.api.http.Endpoint(
                "POST",
                ALL + path,
                Optional.of(Scope.WEBHOOKS_WRITE),
                operation,
                exchange -> {
                    if (exchange.body().isPresent()) {
                        of(act).serve(exchange);
                    }
                });
    }

    private Serve of(Act act) {
        return exchange ->
                webhooks.endpoint(exchange.variable("name"))
                        .ifPresentOrElse(
                                endpoint -> act.act(exchange, endpoint),
                                () ->
                                        exchange.refuse(
                                                Problem.notFound("There is no such webhook.")));
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

    private static void again(Exchange exchange, Endpoint endpoint) {
        String id = exchange.variable("id");
        if (!ID.matcher(id).matches()) {
            exchange.refuse(Problem.notFound("Name the id of an event, or all."));
            return;
        }
        List<Long> wanted =
                id.equals("all")
                        ? endpoint.look(outbox ->
                                outbox.dead().stream().map(one -> one.item().id()).toList())
                        : List.of(Long.parseLong(id));
        long sent = wanted.stream().filter(endpoint::again).count();
        if (sent == 0 && !id.equals("all")) {
            exchange.refuse(
                    Problem.notFound(
                            "No event of that id was given up, or too many wait already."));
        } else {
            exchange.json(202, JSON.createObjectNode().put("sent", sent));
        }
    }

    private void test(Exchange exchange, Endpoint endpoint) {
        if (!tests.tryAcquire()) {
            exchange.refuse(Problem.unavailable("Other tests run; ask again in some seconds."));
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
            exchange.callback().failed(stopped);
            return;
        }
        ObjectNode body = outcome(JSON.createObjectNode(), outcome);
        exchange.json(200, body.put("id", line.id()));
    }
}
