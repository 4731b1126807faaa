package io.jackfield.api.http;

import io.jackfield.media.codec.Opus;
import io.jackfield.media.recording.RecordedFile;
import io.jackfield.media.recording.RecordingFolder;
import io.jackfield.media.recording.RecordingOrder;
import io.jackfield.media.recording.UnreadableRecording;
import io.jackfield.media.recording.Waveform;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Recordings over HTTP: the newest ones, one of them or a part of it, what it looks like; and the
 * pause of one that goes on. Who may ask is for {@link Guard} to say, before. Waits for the disk:
 * runs on virtual threads.
 */
public final class RecordingApi implements ApiPart {
    static final String PATH = "/api/v1/recordings";
    private static final System.Logger LOG = System.getLogger(RecordingApi.class.getName());
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int LIMIT_STANDARD = 100;
    private static final int LIMIT_MAX = 1_000;
    private static final int POINTS_STANDARD = 800;
    private static final int POINTS_MAX = 8_000;
    private static final int BLOCK_BYTES = 64 << 10;

    /** Each reads a whole file and may decode it. */
    private static final int WAVEFORMS_AT_ONCE = 2;

    private final RecordingFolder folder;
    private final Opus opus;
    private final Pauses pauses;
    private final Semaphore waveforms = new Semaphore(WAVEFORMS_AT_ONCE);

    /** Pauses recordings that go on. */
    @FunctionalInterface
    public interface Pauses {
        /** False when there is no such call, or it is not recorded. */
        boolean pause(String callId, boolean paused);
    }

    public RecordingApi(RecordingFolder folder, Opus opus, Pauses pauses) {
        this.folder = folder;
        this.opus = opus;
        this.pauses = pauses;
    }

    @Override
    public List<Endpoint> endpoints() {
        return List.of(
                read("", "listRecordings", this::list),
                read("/{id}", "getRecording", this::send),
                read("/{id}/waveform", "getWaveform", this::waveform),
                Endpoint.post(
                        "/api/v1/calls/{id}/recording",
                        Scope.RECORDINGS_WRITE,
                        "pauseRecording",
                        exchange -> exchange.body().ifPresent(body -> pause(exchange, body))));
    }

    private static Endpoint read(String path, String operation, Endpoint.Serve serve) {
        return Endpoint.get(
                PATH + path,
                Scope.RECORDINGS_READ,
                operation,
                exchange -> {
                    try {
                        serve.serve(exchange);
                    } catch (UnreadableRecording unreadable) {
                        fail(unreadable, exchange.response(), exchange.callback());
                    } catch (IOException disk) {
                        LOG.log(Level.WARNING, "recordings cannot be read: " + disk.getMessage());
                        exchange.refuse(
                                Problem.unavailable(
                                        "The recordings cannot be read at the moment."));
                    }
                });
    }

    private static void fail(UnreadableRecording why, Response response, Callback callback) {
        LOG.log(Level.WARNING, "a recording cannot be opened: " + why.getMessage());
        new Problem(
                        500,
                        "Internal Server Error",
                        "This recording cannot be opened: " + why.getMessage() + ".")
                .send(response, callback);
    }

    // ---- the newest

    private void list(Exchange exchange) throws IOException {
        Optional<Page> page = Page.of(exchange, LIMIT_STANDARD, LIMIT_MAX);
        if (page.isEmpty()) {
            return;
        }
        ObjectNode body = JSON.createObjectNode();
        ArrayNode all = body.putArray("recordings");
        List<RecordingFolder.Stored> found =
                folder.before(page.get().cursor(), page.get().limit() + 1);
        List<RecordingFolder.Stored> shown = found.stream().limit(page.get().limit()).toList();
        for (RecordingFolder.Stored stored : shown) {
            ObjectNode node = all.addObject();
            node.put("id", stored.id());
            node.put("day", stored.day().toString());
            node.put("format", stored.format().name().toLowerCase(Locale.ROOT));
            node.put("file_bytes", stored.fileBytes());
        }
        body.put("next", found.size() > shown.size() ? shown.getLast().id() : null);
        exchange.json(200, body);
    }

    private static Optional<Integer> number(Request request, String name, int standard, int max) {
        String text = Request.extractQueryParameters(request).getValue(name);
        if (text == null) {
            return Optional.of(standard);
        }
        return text.matches("\\d{1,5}")
                ? Optional.of(Integer.valueOf(text)).filter(n -> n >= 1 && n <= max)
                : Optional.empty();
    }

    // ---- one

    private void send(Exchange exchange) throws IOException {
        String id = exchange.variable("id");
        Request request = exchange.request();
        Response response = exchange.response();
        Callback callback = exchange.callback();
        Optional<RecordingFolder.Stored> stored = folder.find(id);
        if (stored.isEmpty()) {
            missing(response, callback);
            return;
        }
        try (RecordedFile file = folder.open(stored.get())) {
            LOG.log(
                    Level.INFO,
                    "recording="
                            + id
                            + " read by=\""
                            + exchange.access().who()
                            + "\" ip="
                            + Request.getRemoteAddr(request));
            send(file, stored.get(), request, response, callback);
        }
    }

    private static void missing(Response response, Callback callback) {
        Problem.notFound("There is no such recording; it may not be ready yet.")
                .send(response, callback);
    }

    private static void send(
            RecordedFile file,
            RecordingFolder.Stored stored,
            Request request,
            Response response,
            Callback callback)
            throws IOException {
        // We give out no validators, so a condition on one is never met (RFC 9110 §13.1.5).
        Optional<String> header =
                request.getHeaders().contains(HttpHeader.IF_RANGE)
                        ? Optional.empty()
                        : Optional.ofNullable(request.getHeaders().get(HttpHeader.RANGE));
        response.getHeaders().put(HttpHeader.ACCEPT_RANGES, "bytes");
        switch (ByteRange.read(header, file.size())) {
            case ByteRange.Asked.Nothing() -> {
                response.getHeaders().put(HttpHeader.CONTENT_RANGE, "bytes */" + file.size());
                new Problem(416, "Range Not Satisfiable", "There are no such bytes.")
                        .send(response, callback);
            }
            case ByteRange.Asked.Everything() ->
                    send(file, new ByteRange(0, file.size() - 1), 200, stored, response, callback);
            case ByteRange.Asked.Part(var range) -> {
                response.getHeaders()
                        .put(
                                HttpHeader.CONTENT_RANGE,
                                "bytes " + range.first() + "-" + range.last() + "/" + file.size());
                send(file, range, 206, stored, response, callback);
            }
        }
    }

    private static void send(
            RecordedFile file,
            ByteRange range,
            int status,
            RecordingFolder.Stored stored,
            Response response,
            Callback callback)
            throws IOException {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, contentType(stored.format()));
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, range.length());
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        response.getHeaders()
                .put(
                        HttpHeader.CONTENT_DISPOSITION,
                        "inline; filename=\"" + stored.id() + stored.format().extension() + "\"");
        if (response.getRequest().getMethod().equals("HEAD")) {
            response.write(true, null, callback);
            return;
        }
        try {
            copy(file, range, response);
            callback.succeeded();
        } catch (IOException broken) {
            // The head is out: all that can be done is to end the connection.
            callback.failed(broken);
        }
    }

    private static void copy(RecordedFile file, ByteRange range, Response response)
            throws IOException {
        ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES);
        try (OutputStream out = Content.Sink.asOutputStream(response)) {
            for (long at = range.first(); at <= range.last(); at += block.limit()) {
                block.clear().limit((int) Math.min(BLOCK_BYTES, range.last() - at + 1));
                if (file.read(at, block) == 0) {
                    throw new IOException("the recording became shorter");
                }
                block.flip();
                out.write(block.array(), 0, block.limit());
            }
        }
    }

    private static String contentType(RecordingOrder.Format format) {
        return switch (format) {
            case WAV -> "audio/wav";
            case OPUS -> "audio/ogg; codecs=opus";
        };
    }

    // ---- what it looks like

    private void waveform(Exchange exchange) throws IOException {
        String id = exchange.variable("id");
        Request request = exchange.request();
        Response response = exchange.response();
        Callback callback = exchange.callback();
        Optional<Integer> points = number(request, "points", POINTS_STANDARD, POINTS_MAX);
        if (points.isEmpty()) {
            Problem.badRequest("points is a whole number from 1 to " + POINTS_MAX + ".")
                    .send(response, callback);
            return;
        }
        Optional<RecordingFolder.Stored> stored = folder.find(id);
        if (stored.isEmpty()) {
            missing(response, callback);
            return;
        }
        if (!waveforms.tryAcquire()) {
            Problem.unavailable("Other waveforms are being made; ask again in a moment.")
                    .send(response, callback);
            return;
        }
        Waveform waveform;
        try (RecordedFile file = folder.open(stored.get())) {
            waveform = Waveform.of(file, stored.get().format(), opus);
        } finally {
            waveforms.release();
        }
        ObjectNode body = JSON.createObjectNode();
        body.put("id", id);
        body.put("length_ms", waveform.length().toMillis());
        put(body.putArray("agent"), waveform.left(), points.get());
        put(body.putArray("customer"), waveform.right(), points.get());
        Answer.json(response, callback, 200, body);
    }

    /** From 0 to 1, in thousandths. */
    private static void put(ArrayNode into, Waveform.Peaks peaks, int points) {
        for (int peak : peaks.parts(points)) {
            into.add(Math.round(peak * 1_000 / 32_768.0) / 1_000.0);
        }
    }

    // ---- the pause

    private void pause(Exchange exchange, JsonNode body) {
        String id = exchange.variable("id");
        if (!body.path("paused").isBoolean()) {
            exchange.refuse(Problem.badRequest("Send {\"paused\": true} or {\"paused\": false}."));
            return;
        }
        boolean paused = body.path("paused").asBoolean();
        if (!pauses.pause(id, paused)) {
            exchange.refuse(Problem.notFound("There is no such call, or it is not recorded."));
            return;
        }
        LOG.log(Level.INFO, "recording=" + id + " paused=" + paused);
        exchange.json(200, JSON.createObjectNode().put("paused", paused));
    }
}
