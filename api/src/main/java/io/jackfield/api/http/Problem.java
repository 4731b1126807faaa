package io.jackfield.api.http;

import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Why a request was not served, in words (RFC 9457). The type is always {@code about:blank}: the
 * status says the kind, {@code detail} says what to do.
 *
 * @param status 400 to 599
 * @param title of the status, without a full stop
 * @param detail one or two sentences for the person who made the request
 */
public record Problem(int status, String title, String detail) {
    private static final JsonMapper JSON = JsonMapper.shared();

    public static Problem badRequest(String detail) {
        return new Problem(400, "Bad Request", detail);
    }

    public static Problem unauthorized(String detail) {
        return new Problem(401, "Unauthorized", detail);
    }

    public static Problem forbidden(String detail) {
        return new Problem(403, "Forbidden", detail);
    }

    public static Problem notFound(String detail) {
        return new Problem(404, "Not Found", detail);
    }

    public static Problem methodNotAllowed(String detail) {
        return new Problem(405, "Method Not Allowed", detail);
    }

    public static Problem unavailable(String detail) {
        return new Problem(503, "Service Unavailable", detail);
    }

    /** Sends it as the whole answer. */
    public void send(Response response, Callback callback) {
        ObjectNode body = JSON.createObjectNode();
        body.put("type", "about:blank");
        body.put("title", title);
        body.put("status", status);
        body.put("detail", detail);
        Answer.send(
                response,
                callback,
                status,
                "application/problem+json",
                JSON.writeValueAsBytes(body));
    }
}
