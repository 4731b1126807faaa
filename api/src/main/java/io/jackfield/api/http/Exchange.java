package io.jackfield.api.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A request and where its answer goes.
 *
 * @param variables of the path, by name
 * @param access who asks
 */
public record Exchange(
        Request request,
        Response response,
        Callback callback,
        Map<String, String> variables,
        Access access) {
    private static final int BODY_BYTES_MAX = 4_096;
    private static final JsonMapper JSON = JsonMapper.shared();

    /** A variable part of the path. */
    public String variable(String name) {
        return variables.getOrDefault(name, "");
    }

    /** A parameter of the query; empty when it is not there. */
    public Optional<String> parameter(String name) {
        return Optional.ofNullable(Request.extractQueryParameters(request).getValue(name));
    }

    /** Answers with JSON. */
    public void json(int status, JsonNode body) {
        Answer.json(response, callback, status, body);
    }

    /** Answers with something else than JSON. */
    public void send(String contentType, byte[] body) {
        Answer.send(response, callback, 200, contentType, body);
    }

    /** Answers with a problem. */
    public void refuse(Problem problem) {
        if (problem.status() == 401) {
            response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, "Bearer");
        }
        Answer.readTheRest(request);
        problem.send(response, callback);
    }

    /**
     * The JSON object that was sent; empty, and refused, where it is none. It takes JSON alone:
     * what a page of a stranger can send from a browser without asking first is of other types.
     */
    public Optional<JsonNode> body() {
        if (!isOf("application/json")) {
            return Optional.empty();
        }
        Optional<JsonNode> body = read(BODY_BYTES_MAX).flatMap(Exchange::object);
        if (body.isEmpty()) {
            refuse(
                    Problem.badRequest(
                            "Send a JSON object of at most " + BODY_BYTES_MAX + " bytes."));
        }
        return body;
    }

    /**
     * What was sent, where it is of that type; empty, and refused, where it is not, or is longer.
     */
    public Optional<byte[]> bytes(String wanted, int max) {
        if (!isOf(wanted)) {
            return Optional.empty();
        }
        Optional<byte[]> body = read(max);
        if (body.isEmpty()) {
            refuse(Problem.badRequest("Send at most " + max + " bytes."));
        }
        return body;
    }

    /** False, and refused, where something of another type was sent. */
    private boolean isOf(String wanted) {
        String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
        if (type != null && type.toLowerCase(Locale.ROOT).startsWith(wanted)) {
            return true;
        }
        refuse(new Problem(415, "Unsupported Media Type", "Send " + wanted + "."));
        return false;
    }

    /** Empty where it is longer, or broke off: then there is nobody to tell. */
    private Optional<byte[]> read(int max) {
        try (InputStream in = Content.Source.asInputStream(request)) {
            return Optional.of(in.readNBytes(max + 1)).filter(bytes -> bytes.length <= max);
        } catch (IOException broken) {
            return Optional.empty();
        }
    }

    private static Optional<JsonNode> object(byte[] bytes) {
        try {
            return Optional.of(JSON.readTree(bytes)).filter(JsonNode::isObject);
        } catch (JacksonException noJson) {
            return Optional.empty();
        }
    }
}
