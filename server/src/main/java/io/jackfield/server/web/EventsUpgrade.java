package io.jackfield.server.web;

import io.jackfield.api.events.EventFilter;
import io.jackfield.api.events.EventHistory;
import io.jackfield.api.events.EventReader;
import io.jackfield.api.http.Guard;
import io.jackfield.api.http.Problem;
import io.jackfield.api.http.Scope;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.websocket.server.ServerUpgradeRequest;
import org.eclipse.jetty.websocket.server.ServerUpgradeResponse;
import org.eclipse.jetty.websocket.server.WebSocketCreator;
import org.jspecify.annotations.Nullable;

/**
 * Lets a WebSocket on {@code /api/v1/events/ws} through, or says why not: the same right as for the
 * stream over HTTP, and only for pages that may connect, since a browser asks nobody before it
 * opens a WebSocket.
 *
 * <p>Thread-safety: any thread.
 */
public final class EventsUpgrade implements WebSocketCreator {
    static final String PATH = "/api/v1/events/ws";

    /** Each costs a connection and a virtual thread. */
    private static final int LISTENERS_MAX = 500;

    private final EventHistory history;
    private final Guard guard;
    private final OriginCheck origins;
    private final Semaphore places = new Semaphore(LISTENERS_MAX);

    EventsUpgrade(EventHistory history, Guard guard, OriginCheck origins) {
        this.history = history;
        this.guard = guard;
        this.origins = origins;
    }

    /** Null after a refusal was sent, as Jetty wants it. */
    @Override
    public @Nullable Object createWebSocket(
            ServerUpgradeRequest request, ServerUpgradeResponse response, Callback callback) {
        if (!origins.allows(request)) {
            return refuse(
                    Problem.forbidden(
                            "Pages of this origin may not connect; add it to http.origins."),
                    response,
                    callback);
        }
        if (guard.decide(request, Scope.EVENTS_READ) instanceof Guard.Decision.Refused(var why)) {
            return refuse(why, response, callback);
        }
        EventReader reader;
        try {
            reader = reader(request);
        } catch (EventFilter.Unclear unclear) {
            return refuse(Problem.badRequest(unclear.words()), response, callback);
        }
        if (!places.tryAcquire()) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, 5);
            return refuse(
                    Problem.unavailable("Too many listen already; try again in some seconds."),
                    response,
                    callback);
        }
        response.setExtensions(List.of());
        return new EventsWebSocket(reader, places::release);
    }

    private EventReader reader(Request request) throws EventFilter.Unclear {
        Fields parameters = Request.extractQueryParameters(request);
        return new EventReader(
                history,
                EventFilter.of(parameters::getValue),
                EventReader.id(parameters.getValue("after")));
    }

    private static @Nullable Object refuse(
            Problem problem, ServerUpgradeResponse response, Callback callback) {
        problem.send(response, callback);
        return null;
    }
}
