package io.jackfield.api.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Writes whole answers. Any thread. */
public final class Answer {
    private static final JsonMapper JSON = JsonMapper.shared();

    private static final int REST_BYTES_MAX = 64 << 10;

    private Answer() {}

    /** JSON that no cache may keep. */
    public static void json(Response response, Callback callback, int status, JsonNode body) {
        send(response, callback, status, "application/json", JSON.writeValueAsBytes(body));
    }

    /** Text that no cache may keep. */
    public static void text(
            Response response, Callback callback, int status, String contentType, String body) {
        send(response, callback, status, contentType, body.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads what may still come of a small body: an answer that is sent before it would end the
     * connection, and whoever uses that again meets its end (RFC 9112 §9.6).
     */
    static void readTheRest(Request request) {
        try (InputStream in = Content.Source.asInputStream(request)) {
            byte[] _ = in.readNBytes(REST_BYTES_MAX);
        } catch (IOException gone) {
            // then there is nobody to answer
        }
    }

    static void send(
            Response response, Callback callback, int status, String contentType, byte[] body) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, contentType);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        boolean head = response.getRequest().getMethod().equals("HEAD");
        response.write(true, head ? null : ByteBuffer.wrap(body), callback);
    }
}
