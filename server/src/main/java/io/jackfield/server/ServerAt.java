package io.jackfield.server;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Where the server is that a command asks, and with which key. */
final class ServerAt {
    private static final int FAILED = 1;
    private static final int WRONG = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8080",
            description = "Where the server is; ${DEFAULT-VALUE} unless said.")
    private URI url = URI.create("http://127.0.0.1:8080");

    @Option(
            names = "--key",
            paramLabel = "KEY",
            defaultValue = "${env:JACKFIELD_KEY}",
            description = "A key of the API; JACKFIELD_KEY unless said.")
    private @Nullable String key;

    /** What is asked; the result is the exit code. */
    @FunctionalInterface
    interface Question {
        int ask(HttpClient client) throws IOException, InterruptedException;
    }

    /** Asks, and says where nobody answers. */
    int ask(PrintWriter err, Question question) {
        try (HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            return question.ask(client);
        } catch (IOException | JacksonException away) {
            err.println("No server answers at " + url + ": " + away + ". Name it with --url.");
            return FAILED;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return FAILED;
        }
    }

    /** A GET of that path. */
    HttpRequest.Builder get(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url.resolve(path));
        if (key != null && !key.isEmpty()) {
            request.header("Authorization", "Bearer " + key);
        }
        return request;
    }

    /** Says why there is no answer; the exit code for it. */
    int refused(PrintWriter err, int status, String body) {
        err.println(detail(status, body));
        return status == 401 || status == 403 ? WRONG : FAILED;
    }

    private static String detail(int status, String body) {
        try {
            String said = JsonMapper.shared().readTree(body).path("detail").asString("");
            return said.isEmpty() ? "The server answers " + status + "." : said;
        } catch (JacksonException noProblem) {
            return "The server answers " + status + ".";
        }
    }
}
