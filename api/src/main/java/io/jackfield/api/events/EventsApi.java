package io.jackfield.api.events;

import io.jackfield.api.http.ApiPart;
import io.jackfield.api.http.Endpoint;
import io.jackfield.api.http.Problem;
import io.jackfield.api.http.Scope;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;

/**
 * {@code GET /api/v1/events}: server-sent events (HTML Living Standard §9.2). {@code Last-Event-ID}
 * (or {@code ?after=}) resumes; {@code ?types=}, {@code ?agent=} and {@code ?queue=} choose.
 *
 * <p>Any thread; each listener holds its own virtual one. Whoever does not read is cut by the
 * listener's idle timeout and resumes with the last id.
 */
public final class EventsApi implements ApiPart {
    private static final String PATH = "/api/v1/events";

    /** Each costs a connection and a virtual thread. */
    private static final int LISTENERS_MAX = 500;

    private final EventHistory history;
    private final Semaphore places = new Semaphore(LISTENERS_MAX);

    public EventsApi(EventHistory history) {
        this.history = history;
    }

    @Override
    public List<Endpoint> endpoints() {
        return List.of(
                new Endpoint(
                        "GET",
                        PATH,
                        Optional.of(Scope.EVENTS_READ),
                        "listenToEvents",
                        e -> listen(e.request(), e.response(), e.callback())));
    }

    private void listen(Request request, Response response, Callback callback) {
        EventReader reader;
        try {
            reader = reader(request);
        } catch (EventFilter.Unclear unclear) {
            Problem.badRequest(unclear.words()).send(response, callback);
            return;
        }
        if (!places.tryAcquire()) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, 5);
            Problem.unavailable("Too many listen already; try again in some seconds.")
                    .send(response, callback);
            return;
        }
        try {
            stream(reader, response);
            callback.succeeded();
        } catch (IOException gone) {
            callback.failed(gone);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            callback.failed(stopped);
        } finally {
            places.release();
        }
    }

    private EventReader reader(Request request) throws EventFilter.Unclear {
        Fields parameters = Request.extractQueryParameters(request);
        String header = request.getHeaders().get("Last-Event-ID");
        String after = header == null ? parameters.getValue("after") : header;
        return new EventReader(
                history, EventFilter.of(parameters::getValue), EventReader.id(after));
    }

    private static void stream(EventReader reader, Response response)
            throws IOException, InterruptedException {
        response.setStatus(200);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/event-stream");
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        response.getHeaders().put("X-Accel-Buffering", "no");
        write(response, false, "retry: 2000\n\n");
        while (true) {
            StringBuilder text = new StringBuilder();
            boolean end = false;
            for (EventReader.Next next : reader.next()) {
                text.append(text(next));
                end |= next instanceof EventReader.Next.End;
            }
            write(response, end, text.toString());
            if (end) {
                return;
            }
        }
    }

    /** As the stream says it. */
    static String text(EventReader.Next next) {
        return switch (next) {
            case EventReader.Next.Event(var line) ->
                    "id: "
                            + line.id()
                            + "\nevent: "
                            + line.type()
                            + "\ndata: "
                            + line.json()
                            + "\n\n";
            case EventReader.Next.Gap(var id) ->
                    "id: " + id + "\nevent: gap\ndata: {\"type\":\"gap\",\"id\":" + id + "}\n\n";
            case EventReader.Next.Quiet _ -> ": still here\n\n";
            case EventReader.Next.End _ -> ": the server stops\n\n";
        };
    }

    private static void write(Response response, boolean last, String text) throws IOException {
        Content.Sink.write(response, last, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }
}
