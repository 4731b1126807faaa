package io.jackfield.api.http;

import io.jackfield.contactcenter.AgentId;
import io.jackfield.contactcenter.agent.AgentRequest;
import io.jackfield.contactcenter.floor.FloorFigures;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The floor: {@code GET /api/v1/agents}, {@code GET /api/v1/queues}, {@code POST
 * /api/v1/agents/NAME/state}.
 *
 * <p>Any thread.
 */
public final class FloorApi implements ApiPart {
    private static final String AGENTS = "/api/v1/agents";
    private static final String QUEUES = "/api/v1/queues";
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Supplier<FloorFigures> figures;
    private final BiPredicate<AgentId, AgentRequest> asks;

    /**
     * @param asks asks for a state of an agent's; false where there is too much to do
     */
    public FloorApi(Supplier<FloorFigures> figures, BiPredicate<AgentId, AgentRequest> asks) {
        this.figures = figures;
        this.asks = asks;
    }

    @Override
    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get(
                        AGENTS,
                        Scope.AGENTS_READ,
                        "listAgents",
                        exchange -> exchange.json(200, agents(figures.get()))),
                Endpoint.get(
                        QUEUES,
                        Scope.QUEUES_READ,
                        "listQueues",
                        exchange -> exchange.json(200, queues(figures.get()))),
                Endpoint.post(
                        AGENTS + "/{name}/state",
                        Scope.AGENTS_WRITE,
                        "setAgentState",
                        exchange -> exchange.body().ifPresent(body -> ask(exchange, body))));
    }

    // ---- what is

    private static ObjectNode agents(FloorFigures now) {
        ObjectNode body = JSON.createObjectNode();
        ArrayNode list = body.putArray("agents");
        for (FloorFigures.OfAgent agent : now.agents()) {
            list.addObject()
                    .put("name", agent.agent().name())
                    .put("state", word(agent.status()))
                    .put("reason", agent.reason())
                    .put("since", agent.since().toString())
                    .put("answered_today", agent.answeredToday())
                    .put("network", word(agent.grade()));
        }
        return body;
    }

    private static ObjectNode queues(FloorFigures now) {
        ObjectNode body = JSON.createObjectNode();
        ArrayNode list = body.putArray("queues");
        for (FloorFigures.OfQueue queue : now.queues()) {
            ObjectNode node = list.addObject();
            node.put("number", queue.queue().number());
            node.put("waiting", queue.waiting());
            node.put("waiting_since", queue.waitingSince().map(Object::toString).orElse(null));
            node.put("estimate_ms", queue.estimate().map(Duration::toMillis).orElse(null));
            if (queue.serviceLevel().isPresent()) {
                node.put("service_level", queue.serviceLevel().getAsInt());
            } else {
                node.putNull("service_level");
            }
            ObjectNode states = node.putObject("agents");
            queue.agents().forEach((status, count) -> states.put(word(status), count));
        }
        return body;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    // ---- what is wanted

    private void ask(Exchange exchange, JsonNode body) {
        String name = exchange.variable("name");
        Optional<AgentRequest> wanted = wanted(body);
        if (wanted.isEmpty()) {
            exchange.refuse(
                    Problem.badRequest(
                            "Send {\"state\": \"ready\"}, {\"state\": \"offline\"}, {\"state\":"
                                    + " \"break\", \"reason\": \"lunch\"} or {\"state\":"
                                    + " \"finish_wrap_up\"}."));
        } else if (!exchange.access().mayActFor(name)) {
            exchange.refuse(exchange.access().onlyFor());
        } else if (!isKnown(name)) {
            exchange.refuse(Problem.notFound("There is no such agent."));
        } else if (!asks.test(new AgentId(name), wanted.get())) {
            exchange.refuse(
                    Problem.unavailable("There is too much to do at the moment; ask again."));
        } else {
            exchange.json(202, JSON.createObjectNode().put("accepted", true));
        }
    }

    private boolean isKnown(String name) {
        List<FloorFigures.OfAgent> agents = figures.get().agents();
        return agents.stream().anyMatch(agent -> agent.agent().name().equals(name));
    }

    private static Optional<AgentRequest> wanted(JsonNode body) {
        return switch (body.path("state").asString("")) {
            case "ready" -> Optional.of(new AgentRequest.Ready());
            case "offline" -> Optional.of(new AgentRequest.Offline());
            case "finish_wrap_up" -> Optional.of(new AgentRequest.FinishWrapUp());
            case "break" ->
                    Optional.of(body.path("reason").asString(""))
                            .filter(reason -> !reason.isEmpty())
                            .map(AgentRequest.Break::new);
            default -> Optional.empty();
        };
    }
}
