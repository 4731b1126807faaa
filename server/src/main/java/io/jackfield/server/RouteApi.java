package io.jackfield.server;

import io.jackfield.api.http.ApiPart;
import io.jackfield.api.http.Endpoint;
import io.jackfield.api.http.Exchange;
import io.jackfield.api.http.Problem;
import io.jackfield.api.http.Scope;
import io.jackfield.server.config.PbxSite;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code GET /api/v1/route-test}: where a call would go, without making it. Any thread. */
final class RouteApi implements ApiPart {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Pattern NUMBER = Pattern.compile("[0-9A-Za-z+*#._-]{1,64}");
    private static final Pattern KEYS = Pattern.compile("[0-9*#]{0,64}");

    private final Supplier<PbxSite> site;

    RouteApi(Supplier<PbxSite> site) {
        this.site = site;
    }

    @Override
    public List<Endpoint> endpoints() {
        return List.of(
                new Endpoint(
                        "GET",
                        "/api/v1/route-test",
                        Optional.of(Scope.SITE_READ),
                        "testRoute",
                        this::test));
    }

    private void test(Exchange exchange) {
        Optional<String> number =
                exchange.parameter("number").filter(n -> NUMBER.matcher(n).matches());
        String keys = exchange.parameter("press").orElse("").replace(",", "");
        String from = exchange.parameter("from").orElse("trunk");
        Optional<Instant> at = time(exchange.parameter("at"));
        boolean known = from.equals("trunk") || from.equals("agent");
        if (number.isEmpty() || at.isEmpty() || !known || !KEYS.matcher(keys).matches()) {
            exchange.refuse(
                    Problem.badRequest(
                            "Send number=…, and where you like from=trunk or agent,"
                                    + " at=2026-11-23T10:00:00Z and press=1,2."));
            return;
        }
        PbxSite now = site.get();
        RouteTester.Way way =
                from.equals("agent")
                        ? RouteTester.fromAgent(now, number.get(), at.get(), keys)
                        : RouteTester.fromTrunk(now, number.get(), at.get(), keys);
        ObjectNode body = JSON.createObjectNode();
        body.put("number", number.get());
        body.put("at", at.get().toString());
        body.put("arrives", way.arrives());
        ArrayNode steps = body.putArray("steps");
        way.steps().forEach(steps::add);
        exchange.json(200, body);
    }

    private static Optional<Instant> time(Optional<String> text) {
        try {
            return Optional.of(text.map(Instant::parse).orElseGet(Instant::now));
        } catch (DateTimeParseException other) {
            return Optional.empty();
        }
    }
}
