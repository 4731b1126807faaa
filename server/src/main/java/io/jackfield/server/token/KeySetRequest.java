package io.jackfield.server.token;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks the web for a key set: within bounds, and without following it anywhere else. */
final class KeySetRequest {
    /** 32 RSA keys of 8192 bits fit in. */
    static final int LENGTH_MAX = 65_536;

    /** For everything: one who sends a byte a second is given up like one who sends none. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final int OK = 200;

    private final URI url;

    KeySetRequest(URI url) {
        this.url = url;
    }

    /** The text; empty for anything but a 200 of bounded length in time. */
    Optional<String> send() {
        HttpRequest request =
                HttpRequest.newBuilder(url)
                        .timeout(PATIENCE)
                        .header("Accept", "application/jwk-set+json, application/json")
                        .build();
        HttpClient client =
                HttpClient.newBuilder()
                        .connectTimeout(PATIENCE)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .build();
        try {
            HttpResponse<String> response =
                    client.sendAsync(request, bounded())
                            .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return response.statusCode() == OK ? Optional.of(response.body()) : Optional.empty();
        } catch (ExecutionException | TimeoutException away) {
            return Optional.empty();
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            client.shutdownNow();
        }
    }

    private static HttpResponse.BodyHandler<String> bounded() {
        return HttpResponse.BodyHandlers.limiting(
                HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8), LENGTH_MAX);
    }
}
