package io.jackfield.api.http;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers {@code /health/…}, {@code /metrics} and {@code /api/v1/…}; leaves every other path to the
 * handlers behind it.
 *
 * <p>Health says nothing about people and is open to all. Metrics, call records and running calls
 * are behind the {@link Guard}. The demo's passwords exist in the demo only.
 */
public final class ApiHandler extends Handler.Abstract {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int LIMIT_STANDARD = 100;
    private static final int LIMIT_MAX = 1000;

    private final Readiness readiness;
    private final Guard guard;
    private final Supplier<String> metrics;
    private final CdrReader records;
    private final RunningCalls calls;
    private final Optional<CallControlApi> control;
    private final Optional<FloorApi> floor;
    private final Optional<Demo> demo;
    private final Optional<RecordingApi> recordings;
    private final List<ApiPart> parts;

    /**
     * @param metrics the page for Prometheus, text format 0.0.4
     * @param control empty where nobody may act on calls
     * @param floor empty where there are no agents
     * @param demo empty outside the demo
     * @param recordings empty where nothing is ever recorded
     * @param parts what else there is; asked first
     */
    public ApiHandler(
            Readiness readiness,
            Guard guard,
            Supplier<String> metrics,
            CdrReader records,
            RunningCalls calls,
            Optional<CallControlApi> control,
            Optional<FloorApi> floor,
            Optional<Demo> demo,
            Optional<RecordingApi> recordings,
            List<ApiPart> parts) {
        this.readiness = readiness;
        this.guard = guard;
        this.metrics = metrics;
        this.records = records;
        this.calls = calls;
        this.control = control;
        this.floor = floor;
        this.demo = demo;
        this.recordings = recordings;
        this.parts = List.copyOf(parts);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        String path = Request.getPathInContext(request);
        if (!isOurs(path)) {
            return false;
        }
        Optional<ApiPart> part = parts.stream().filter(p -> p.serves(path)).findFirst();
        if (part.isPresent()) {
            part(part.get(), path, request, response, callback);
            return true;
        }
        boolean begins = CallControlApi.begins(path, request.getMethod());
        boolean posts =
                begins
                        || RecordingApi.isPause(path)
                        || CallControlApi.isOurs(path)
                        || FloorApi.takesPost(path);
        List<String> allowed = posts ? List.of("POST") : List.of("GET", "HEAD");
        if (!allowed.contains(request.getMethod())) {
            response.getHeaders().put(HttpHeader.ALLOW, String.join(", ", allowed));
            Problem.methodNotAllowed(posts ? "Send a POST." : "This can only be read.")
                    .send(response, callback);
            return true;
        }
        if (recordings.isPresent() && RecordingApi.isOurs(path)) {
            guarded(
                    request,
                    response,
                    callback,
                    () -> recordings.get().handle(path, request, response, callback));
            return true;
        }
        if (control.isPresent() && (begins || CallControlApi.isOurs(path))) {
            guarded(
                    request,
                    response,
                    callback,
                    () -> control.get().handle(path, request, response, callback));
            return true;
        }
        if (floor.isPresent() && FloorApi.isOurs(path)) {
            guarded(
                    request,
                    response,
                    callback,
                    () -> floor.get().handle(path, request, response, callback));
            return true;
        }
        switch (path) {
            case "/health/live" -> live(response, callback);
            case "/health/ready" -> ready(response, callback);
            case "/api/v1/demo" -> demo(response, callback);
            case "/metrics" ->
                    guarded(request, response, callback, () -> metrics(response, callback));
            case "/api/v1/cdrs" ->
                    guarded(
                            request,
                            response,
                            callback,
                            () -> records(request, response, callback));
            case "/api/v1/calls" ->
                    guarded(
                            request,
                            response,
                            callback,
                            () ->
                                    Answer.json(
                                            response,
                                            callback,
                                            200,
                                            CallJson.running(calls.now())));
            default -> Problem.notFound("There is nothing at this path.").send(response, callback);
        }
        return true;
    }

    private void part(
            ApiPart part, String path, Request request, Response response, Callback callback) {
        List<String> allowed = part.methods(path);
        if (!allowed.contains(request.getMethod())) {
            response.getHeaders().put(HttpHeader.ALLOW, String.join(", ", allowed));
            Problem.methodNotAllowed("Send one of " + String.join(", ", allowed) + ".")
                    .send(response, callback);
            return;
        }
        guarded(request, response, callback, () -> part.handle(path, request, response, callback));
    }

    private static boolean isOurs(String path) {
        return path.startsWith("/api/")
                || path.equals("/api")
                || path.startsWith("/health")
                || path.equals("/metrics");
    }

    private void guarded(Request request, Response response, Callback callback, Runnable serve) {
        Optional<Problem> refusal = guard.refusal(request);
        if (refusal.isEmpty()) {
            serve.run();
            return;
        }
        if (refusal.get().status() == 401) {
            response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, "Bearer");
        }
        refusal.get().send(response, callback);
    }

    private static void live(Response response, Callback callback) {
        Answer.json(response, callback, 200, JSON.createObjectNode().put("live", true));
    }

    private void ready(Response response, Callback callback) {
        Readiness.State state = readiness.state();
        boolean ready = state == Readiness.State.READY;
        ObjectNode body = JSON.createObjectNode();
        body.put("ready", ready);
        body.put("state", state.name().toLowerCase(Locale.ROOT));
        Answer.json(response, callback, ready ? 200 : 503, body);
    }

    private void metrics(Response response, Callback callback) {
        Answer.text(
                response, callback, 200, "text/plain; version=0.0.4; charset=utf-8", metrics.get());
    }

    private void records(Request request, Response response, Callback callback) {
        Optional<Integer> limit = limit(Request.extractQueryParameters(request));
        if (limit.isEmpty()) {
            Problem.badRequest("limit is a whole number from 1 to " + LIMIT_MAX + ".")
                    .send(response, callback);
            return;
        }
        try {
            Answer.json(response, callback, 200, CallJson.records(records.latest(limit.get())));
        } catch (CdrReader.UnavailableException _) {
            Problem.unavailable("The database cannot be read at the moment. Calls go on.")
                    .send(response, callback);
        }
    }

    private static Optional<Integer> limit(Fields parameters) {
        String text = parameters.getValue("limit");
        if (text == null) {
            return Optional.of(LIMIT_STANDARD);
        }
        return text.matches("\\d{1,4}")
                ? Optional.of(Integer.valueOf(text)).filter(n -> n >= 1 && n <= LIMIT_MAX)
                : Optional.empty();
    }

    private void demo(Response response, Callback callback) {
        if (demo.isEmpty()) {
            Problem.notFound("This server is not a demo.").send(response, callback);
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
        Answer.json(response, callback, 200, body);
    }
}
