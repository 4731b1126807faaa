package io.jackfield.api.http;

import io.jackfield.call.CallControl;
import io.jackfield.media.audio.Supervision;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code POST /api/v1/calls} begins a call; {@code POST /api/v1/calls/ID/…}: {@code hangup}, {@code
 * transfer}, {@code conference}, {@code supervise}. Answers 202 once the call has been told; what
 * becomes of it is an event.
 *
 * <p>Any thread. Bodies are read to {@value #BODY_BYTES_MAX} bytes.
 */
public final class CallControlApi {
    private static final Pattern PATH =
            Pattern.compile("/api/v1/calls/([^/]+)/(hangup|transfer|conference|supervise)");
    private static final String CALLS = "/api/v1/calls";

    /** Nothing that could end a header line of ours. */
    private static final Pattern UNSAFE = Pattern.compile("[^\\x21-\\x7e]");

    private static final int BODY_BYTES_MAX = 4_096;
    private static final int NUMBER_MAX = 64;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final CallControl commands;

    public CallControlApi(CallControl commands) {
        this.commands = commands;
    }

    static boolean isOurs(String path) {
        return PATH.matcher(path).matches();
    }

    /** A POST to the calls themselves begins one; a GET is somebody else's. */
    static boolean begins(String path, String method) {
        return path.equals(CALLS) && method.equals("POST");
    }

    /**
     * Takes JSON alone: what a page of a stranger can send from a browser without asking first is
     * of other types.
     */
    void handle(String path, Request request, Response response, Callback callback) {
        Matcher matcher = PATH.matcher(path);
        boolean begins = path.equals(CALLS);
        String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
        if (!begins && !matcher.matches()) {
            Problem.notFound("There is nothing at this path.").send(response, callback);
        } else if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
            new Problem(415, "Unsupported Media Type", "Send application/json.")
                    .send(response, callback);
        } else {
            Optional<JsonNode> body = body(request);
            if (body.isEmpty()) {
                Problem.badRequest("Send a JSON object of at most " + BODY_BYTES_MAX + " bytes.")
                        .send(response, callback);
            } else if (begins) {
                originate(body.get(), response, callback);
            } else {
                act(matcher.group(1), matcher.group(2), body.get(), response, callback);
            }
        }
    }

    private void originate(JsonNode body, Response response, Callback callback) {
        Optional<String> agent = text(body, "agent");
        Optional<String> to = text(body, "to");
        Optional<String> reference = text(body, "reference").filter(r -> !UNSAFE.matcher(r).find());
        boolean unreadable = body.has("reference") && reference.isEmpty();
        if (agent.isEmpty() || to.isEmpty() || unreadable) {
            Problem.badRequest(
                            "Send {\"agent\": \"AGENT\", \"to\": \"NUMBER\", \"reference\":"
                                    + " \"…\"}; reference may be absent, else it is at most "
                                    + NUMBER_MAX
                                    + " printable characters.")
                    .send(response, callback);
            return;
        }
        CallControl.Begun begun = commands.originate(agent.get(), to.get(), reference);
        if (begun.callId().isPresent()) {
            Answer.json(
                    response,
                    callback,
                    202,
                    JSON.createObjectNode().put("id", begun.callId().get()));
        } else {
            answer(begun.outcome(), response, callback);
        }
    }

    private void act(
            String callId, String verb, JsonNode body, Response response, Callback callback) {
        switch (verb) {
            case "hangup" -> answer(commands.hangUp(callId), response, callback);
            case "transfer" -> transfer(callId, body, response, callback);
            case "conference" -> conference(callId, body, response, callback);
            default -> supervise(callId, body, response, callback);
        }
    }

    private void transfer(String callId, JsonNode body, Response response, Callback callback) {
        Optional<String> to = text(body, "to");
        if (to.isEmpty()) {
            Problem.badRequest(
                            "Send {\"to\": \"NUMBER\", \"leaving\": \"AGENT\"}; leaving may be absent.")
                    .send(response, callback);
        } else {
            answer(commands.transfer(callId, text(body, "leaving"), to.get()), response, callback);
        }
    }

    private void conference(String callId, JsonNode body, Response response, Callback callback) {
        Optional<String> to = text(body, "to");
        if (to.isEmpty()) {
            Problem.badRequest("Send {\"to\": \"NUMBER\"}.").send(response, callback);
        } else {
            answer(commands.invite(callId, to.get()), response, callback);
        }
    }

    private void supervise(String callId, JsonNode body, Response response, Callback callback) {
        Optional<String> supervisor = text(body, "supervisor");
        Optional<String> agent = text(body, "agent");
        Optional<Supervision> mode = text(body, "mode").flatMap(CallControlApi::mode);
        if (supervisor.isEmpty() || agent.isEmpty() || mode.isEmpty()) {
            Problem.badRequest(
                            "Send {\"supervisor\": \"AGENT\", \"agent\": \"AGENT\", \"mode\":"
                                    + " \"listen\"}; mode is listen, whisper or barge.")
                    .send(response, callback);
        } else {
            answer(
                    commands.supervise(callId, supervisor.get(), agent.get(), mode.get()),
                    response,
                    callback);
        }
    }

    private static Optional<Supervision> mode(String word) {
        return Stream.of(Supervision.values())
                .filter(mode -> mode.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst();
    }

    private static void answer(CallControl.Outcome outcome, Response response, Callback callback) {
        switch (outcome) {
            case TOLD ->
                    Answer.json(
                            response, callback, 202, JSON.createObjectNode().put("accepted", true));
            case TOO_MANY ->
                    Problem.unavailable("There are as many calls as there may be; try again.")
                            .send(response, callback);
            case NO_SUCH_CALL ->
                    Problem.notFound("There is no such call up.").send(response, callback);
            case NO_SUCH_NUMBER ->
                    new Problem(
                                    422,
                                    "Unprocessable Content",
                                    "Nobody has that number: name an agent, or what a route of the"
                                            + " site takes.")
                            .send(response, callback);
            case TOKEN_REQUIRED ->
                    Problem.forbidden(
                                    "That number needs a call token, which only an INVITE can"
                                            + " bring.")
                            .send(response, callback);
        }
    }

    private static Optional<String> text(JsonNode body, String key) {
        JsonNode node = body.path(key);
        return node.isString()
                ? Optional.of(node.stringValue())
                        .filter(text -> !text.isEmpty() && text.length() <= NUMBER_MAX)
                : Optional.empty();
    }

    private static Optional<JsonNode> body(Request request) {
        try (InputStream in = Content.Source.asInputStream(request)) {
            byte[] bytes = in.readNBytes(BODY_BYTES_MAX + 1);
            return bytes.length > BODY_BYTES_MAX
                    ? Optional.empty()
                    : Optional.of(JSON.readTree(bytes)).filter(JsonNode::isObject);
        } catch (IOException | JacksonException noJson) {
            return Optional.empty();
        }
    }
}
