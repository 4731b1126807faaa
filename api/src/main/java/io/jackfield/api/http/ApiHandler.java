package io.jackfield.api.http;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Answers {@code /health/…}, {@code /metrics} and {@code /api/…}; leaves every other path to the
 * handlers behind it.
 *
 * <p>Everything that can be asked stands in one table of {@link Endpoint}s; what takes a scope is
 * behind the {@link Guard}.
 */
public final class ApiHandler extends Handler.Abstract {
    private static final System.Logger LOG = System.getLogger(ApiHandler.class.getName());

    private final Guard guard;
    private final List<Endpoint> endpoints;

    /**
     * @param metrics the page for Prometheus, text format 0.0.4
     * @param control empty where nobody may act on calls
     * @param floor empty where there are no agents
     * @param demo empty outside the demo
     * @param recordings empty where nothing is ever recorded
     * @param parts what else there is
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
        this.guard = guard;
        List<Endpoint> all = new ArrayList<>();
        all.addAll(new CoreApi(readiness, metrics, records, calls, demo).endpoints());
        control.ifPresent(c -> all.addAll(c.endpoints()));
        floor.ifPresent(f -> all.addAll(f.endpoints()));
        recordings.ifPresent(r -> all.addAll(r.endpoints()));
        parts.forEach(part -> all.addAll(part.endpoints()));
        all.addAll(new Description(all).endpoints());
        endpoints = List.copyOf(all);
    }

    /** An endpoint that the request's path leads to. */
    private record Found(Endpoint endpoint, Map<String, String> variables) {
        boolean takes(String method) {
            return endpoint.method().equals(method)
                    || method.equals("HEAD") && endpoint.method().equals("GET");
        }
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback)
            throws IOException {
        String path = Request.getPathInContext(request);
        if (!isOurs(path)) {
            return false;
        }
        List<Found> found =
                endpoints.stream()
                        .flatMap(e -> e.match(path).map(v -> new Found(e, v)).stream())
                        .toList();
        Optional<Found> taking =
                found.stream().filter(f -> f.takes(request.getMethod())).findFirst();
        if (taking.isPresent()) {
            serve(taking.get(), request, response, callback);
        } else if (found.isEmpty()) {
            Answer.readTheRest(request);
            Problem.notFound("There is nothing at this path.").send(response, callback);
        } else {
            String allowed = String.join(", ", methods(found));
            response.getHeaders().put(HttpHeader.ALLOW, allowed);
            Answer.readTheRest(request);
            Problem.methodNotAllowed("This path takes " + allowed + ".").send(response, callback);
        }
        return true;
    }

    private static Set<String> methods(List<Found> found) {
        Set<String> methods = new TreeSet<>();
        found.forEach(f -> methods.add(f.endpoint().method()));
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        return methods;
    }

    private static boolean isOurs(String path) {
        return path.startsWith("/api/")
                || path.equals("/api")
                || path.startsWith("/health")
                || path.equals("/metrics");
    }

    private void serve(Found found, Request request, Response response, Callback callback)
            throws IOException {
        Optional<Scope> scope = found.endpoint().scope();
        Guard.Decision decision =
                scope.map(s -> guard.decide(request, s))
                        .orElse(new Guard.Decision.Allowed(Access.nobody()));
        switch (decision) {
            case Guard.Decision.Refused(var problem) ->
                    new Exchange(request, response, callback, found.variables(), Access.nobody())
                            .refuse(problem);
            case Guard.Decision.Allowed(var access) -> {
                if (!found.endpoint().method().equals("GET")) {
                    LOG.log(
                            Level.INFO,
                            "api by=\"" + access.who() + "\" did=" + found.endpoint().operation());
                }
                found.endpoint()
                        .serve()
                        .serve(
                                new Exchange(
                                        request, response, callback, found.variables(), access));
            }
        }
    }
}
