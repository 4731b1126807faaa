package io.jackfield.api.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.function.Predicate;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/**
 * Decides who may read what is about people: whoever has the token, and requests from trusted
 * addresses. Any thread.
 */
public final class Guard {
    private static final String BEARER = "Bearer ";

    private final Optional<byte[]> token;
    private final Predicate<Request> trusted;

    /**
     * @param token empty: nobody has one
     * @param trusted true for requests that need none
     */
    public Guard(Optional<String> token, Predicate<Request> trusted) {
        this.token = token.map(t -> t.getBytes(StandardCharsets.UTF_8));
        this.trusted = trusted;
    }

    /** Why that request may not; empty when it may. */
    public Optional<Problem> refusal(Request request) {
        if (hasToken(request) || trusted.test(request)) {
            return Optional.empty();
        }
        String remedy =
                token.isPresent()
                        ? "Send the token of api.token as 'Authorization: Bearer …'."
                        : "Set api.token, or ask from an address in api.trusted.";
        return Optional.of(
                token.isPresent() ? Problem.unauthorized(remedy) : Problem.forbidden(remedy));
    }

    /** Takes the same time wherever the two first differ. */
    private boolean hasToken(Request request) {
        String header = request.getHeaders().get(HttpHeader.AUTHORIZATION);
        if (header == null || token.isEmpty() || !header.startsWith(BEARER)) {
            return false;
        }
        byte[] given = header.substring(BEARER.length()).getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(given, token.get());
    }
}
