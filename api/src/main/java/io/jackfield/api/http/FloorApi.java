package io.jackfield.api.http;

import io.jackfield.contactcenter.AgentId;
import io.jackfield.contactcenter.agent.AgentRequest;
import io.jackfield.contactcenter.floor.FloorFigures;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import tools.jackson.core.JacksonException;
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
public final class FloorApi {
    private static final String AGENTS = "/api/v1/agents";
    private static final String QUEUES = "/api/v1/queues";
    private static final Pattern STATE = Pattern.compile("/api/v1/agents/([^/]+)/state");
    private static final int BODY_BYTES_MAX = 4_096;
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

    static boolean isOurs(String path) {
        return path.equals(AGENTS) || path.equals(QUEUES) || takesPost(path);
    }

    static boolean takesPost(String path) {
        return STATE.matcher(path).matches();
    }

    void handle(String path, Request request, Response response, Callback callback) {
        Matcher state = STATE.matcher(path);
        if (state.matches()) {
            ask(state.group(1), request, response, callback);
        } else if (path.equals(AGENTS)) {
            Answer.json(response, callback, 200, agents(figures.get()));
        } else {
            Answer.json(response, callback, 200, queues(figures.get()));
        }
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
                    .put("answered_today", agent.answeredToday());
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

    /**
     * Takes JSON alone: what a page of a stranger can send from a browser without asking first is
     * of other types.
     */
    private void ask(String name, Request request, Response response, Callback callback) {
        String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
        if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
            new Problem(415, "Unsupported Media Type", "Send application/json.")
                    .send(response, callback);
            return;
        }
        Optional<AgentRequest> wanted = wanted(request);
        if (wanted.isEmpty()) {
            Problem.badRequest(
                            "Send {\"state\": \"ready\"}, {\"state\": \"offline\"}, {\"state\":"
                                    + " \"break\", \"reason\": \"lunch\"} or {\"state\":"
                                    + " \"finish_wrap_up\"}.")
                    .send(response, callback);
        } else if (!isKnown(name)) {
            Problem.notFound("There is no such agent.").send(response, callback);
        } else if (!asks.test(new AgentId(name), wanted.get())) {
            Problem.unavailable("There is too much to do at the moment; ask again.")
                    .send(response, callback);
        } else {
            Answer.json(response, callback, 202, JSON.createObjectNode().put("accepted", true));
        }
    }

    private boolean isKnown(String name) {
        List<FloorFigures.OfAgent> agents = figures.get().agents();
        return agents.stream().anyMatch(agent -> agent.agent().name().equals(name));
    }

    private static Optional<AgentRequest> wanted(Request request) {
        try (InputStream in = Content.Source.asInputStream(request)) {
            byte[] bytes = in.readNBytes(BODY_BYTES_MAX + 1);
            if (bytes.length > BODY_BYTES_MAX) {
                return Optional.empty();
            }
            JsonNode body = JSON.readTree(bytes);
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
        } catch (IOException | JacksonException noJson) {
            return Optional.empty();
        }
    }
}
