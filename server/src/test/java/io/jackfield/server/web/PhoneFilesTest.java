package io.jackfield.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The phone's files")
class PhoneFilesTest {
    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);

    @BeforeEach
    void open() throws Exception {
        server.addConnector(connector);
        server.setHandler(new SecurityHeaders(new PhoneFiles("io/jackfield/server/testphone")));
        server.start();
    }

    @AfterEach
    void close() throws Exception {
        server.stop();
    }

    @Test
    @DisplayName("begin with the page at /, which is asked for anew each time")
    void servesTheIndex() {
        HttpResponse<String> answer = get("/", Map.of());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("<title>t</title>");
        assertThat(header(answer, "content-type")).isEqualTo("text/html; charset=utf-8");
        assertThat(header(answer, "cache-control")).isEqualTo("no-cache");
    }

    @Test
    @DisplayName("that carry a hash in their name are kept for ever")
    void keepsHashedFiles() {
        HttpResponse<String> answer = get("/assets/index-AbCd_123.js", Map.of());

        assertThat(answer.body()).isEqualTo("let x=1;");
        assertThat(header(answer, "content-type")).startsWith("text/javascript");
        assertThat(header(answer, "cache-control")).contains("immutable", "max-age=31536000");
    }

    @Test
    @DisplayName("that the browser already has are answered 304 without a body (RFC 9110 §13.1.2)")
    void answersNotModified() {
        String tag = header(get("/", Map.of()), "etag");
        HttpResponse<String> answer = get("/", Map.of("If-None-Match", "\"other\", " + tag));

        assertThat(answer.statusCode()).isEqualTo(304);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    @DisplayName("answer HEAD with the same headers and no body")
    void answersHead() {
        HttpResponse<String> answer =
                send(request("/").method("HEAD", HttpRequest.BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "content-length")).isEqualTo("31");
        assertThat(answer.body()).isEmpty();
    }

    @Test
    @DisplayName("cannot be written")
    void refusesPost() {
        HttpResponse<String> answer =
                send(request("/").POST(HttpRequest.BodyPublishers.ofString("x")));

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(header(answer, "allow")).isEqualTo("GET, HEAD");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nothing.html",
                "/assets",
                "/assets/",
                "/notes.secret",
                "/assets/%2e%2e/%2e%2e/logback.xml",
                "/..%2f..%2flogback-test.xml",
                "/%2e%2e/phone/index.html",
                "/assets/..%5c..%5cindex.html",
                "/index.html%00.js",
                "/.git/config",
                "//index.html",
                "/a/b/c/d/e/f.js"
            })
    @DisplayName("are the only files there are: every other path is 404 or 400")
    void servesNothingElse(String path) {
        HttpResponse<String> answer = get(path, Map.of());

        assertThat(answer.statusCode()).isIn(400, 404);
        assertThat(answer.body()).doesNotContain("configuration", "secret", "<title>t</title>");
    }

    @Test
    @DisplayName("come with a policy that lets in no script but our own")
    void bringsAPolicy() {
        HttpResponse<String> answer = get("/", Map.of());

        assertThat(header(answer, "content-security-policy"))
                .contains("default-src 'self'", "frame-ancestors 'none'", "object-src 'none'")
                .doesNotContain("unsafe");
        assertThat(header(answer, "x-content-type-options")).isEqualTo("nosniff");
    }

    @Nested
    @DisplayName("that have not been built")
    class NotBuilt {
        @Test
        @DisplayName("are replaced by a page that says how to build them")
        void saysHow() throws Exception {
            server.stop();
            server.setHandler(new PhoneFiles("io/jackfield/server/nowhere"));
            server.start();

            HttpResponse<String> answer = get("/", Map.of());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("npm run build");
            assertThat(get("/assets/x.js", Map.of()).statusCode()).isEqualTo(404);
        }
    }

    private HttpResponse<String> get(String path, Map<String, String> headers) {
        HttpRequest.Builder request = request(path);
        headers.forEach(request::header);
        return send(request);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + connector.getLocalPort() + path));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        return TestWeb.exchange(request.build());
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
