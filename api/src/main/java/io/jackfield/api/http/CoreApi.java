package io.jackfield.api.http;

import io.jackfield.call.cdr.Cdr;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Health, metrics, running calls, call records, and what the demo's page shows.
 *
 * <p>Health says nothing about people and is open to all. The demo's passwords exist in the demo
 * only. Any thread.
 */
final class CoreApi implements ApiPart {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int LIMIT_STANDARD = 100;
    private static final int LIMIT_MAX = 1000;

    private final Readiness readiness;
    private final Supplier<String> metrics;
    private final CdrReader records;
    private final RunningCalls calls;
    private final Optional<Demo> demo;

    CoreApi(
            Readiness readiness,
            Supplier<String> metrics,
            CdrReader records,
            RunningCalls calls,
            Optional<Demo> demo) {
        this.readiness = readiness;
        this.metrics = metrics;
        this.records = records;
        this.calls = calls;
        this.demo = demo;
    }

    @Override
    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.open("/health/live", "isLive", CoreApi::live),
                Endpoint.open("/health/ready", "isReady", this::ready),
                Endpoint.open("/api/v1/demo", "demo", this::demo),
                Endpoint.get("/metrics", Scope.METRICS_READ, "metrics", this::metrics),
                Endpoint.get("/api/v1/calls", Scope.CALLS_READ, "listCalls", this::calls),
                Endpoint.get("/api/v1/cdrs", Scope.CDRS_READ, "listCdrs", this::records));
    }

    private static void live(Exchange exchange) {
        exchange.json(200, JSON.createObjectNode().put("live", true));
    }

    private void ready(Exchange exchange) {
        Readiness.State state = readiness.state();
        boolean ready = state == Readiness.State.READY;
        ObjectNode body = JSON.createObjectNode();
        body.put("ready", ready);
        body.put("state", state.name().toLowerCase(Locale.ROOT));
        exchange.json(ready ? 200 : 503, body);
    }

    private void metrics(Exchange exchange) {
        Answer.text(
                exchange.response(),
                exchange.callback(),
                200,
                "text/plain; version=0.0.4; charset=utf-8",
                metrics.get());
    }

    private void calls(Exchange exchange) {
        exchange.json(200, CallJson.running(calls.now()));
    }

    private void records(Exchange exchange) {
        Optional<Page> page = Page.of(exchange, LIMIT_STANDARD, LIMIT_MAX);
        if (page.isEmpty()) {
            return;
        }
        try {
            List<Cdr> found = records.before(page.get().cursor(), page.get().limit() + 1);
            List<Cdr> shown = found.stream().limit(page.get().limit()).toList();
            ObjectNode body = CallJson.records(shown);
            body.put("next", found.size() > shown.size() ? shown.getLast().id() : null);
            exchange.json(200, body);
        } catch (CdrReader.UnavailableException _) {
            exchange.refuse(
                    Problem.unavailable("The database cannot be read at the moment. Calls go on."));
        }
    }

    private void demo(Exchange exchange) {
        if (demo.isEmpty()) {
            exchange.refuse(Problem.notFound("This server is not a demo."));
            return;
        }
        Demo it = demo.get();
        ObjectNode body = JSON.createObjectNode();
        body.put("demo", true);
        body.put("domain", it.domain());
        body.put("ws", it.webSocket());
        ArrayNode agents = body.putArray("agents");
        it.agents()
                .forEach(a ->
                        agents.addObject().put("name", a.name()).put("password", a.password()));
        ArrayNode numbers = body.putArray("numbers");
        for (Demo.DialHint number : it.numbers()) {
            ObjectNode node = numbers.addObject();
            node.put("number", number.number());
            node.putObject("label").put("en", number.english()).put("ru", number.russian());
        }
        exchange.json(200, body);
    }
}
