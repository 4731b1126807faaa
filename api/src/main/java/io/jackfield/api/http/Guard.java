package io.jackfield.api.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/**
 * Decides who may what: whoever has the token of the configuration, or comes from a trusted
 * address, all of it; whoever has a key of the site, what the key says. Any thread.
 */
public final class Guard {
    private static final String BEARER = "Bearer ";

    /** A key that is none of ours is refused even from a trusted address: it was meant. */
    private static final String WRONG_KEY =
            "That key is not known. Send one of apiKeys:, or the token of api.token, as"
                    + " 'Authorization: Bearer …'.";

    private final Optional<byte[]> token;
    private final Supplier<List<ApiKey>> keys;
    private final Supplier<Instant> wallClock;
    private final Predicate<Request> trusted;

    /** What became of a request. */
    public sealed interface Decision {
        record Allowed(Access access) implements Decision {}

        record Refused(Problem problem) implements Decision {}
    }

    /** Without keys. */
    public Guard(Optional<String> token, Predicate<Request> trusted) {
        this(token, List::of, Instant::now, trusted);
    }

    /**
     * @param token may everything; empty: nobody has it
     * @param keys those of the site as it is now
     * @param trusted true for requests that need no key
     */
    public Guard(
            Optional<String> token,
            Supplier<List<ApiKey>> keys,
            Supplier<Instant> wallClock,
            Predicate<Request> trusted) {
        this.token = token.map(t -> t.getBytes(StandardCharsets.UTF_8));
        this.keys = keys;
        this.wallClock = wallClock;
        this.trusted = trusted;
    }

    /** Whether that request may do what takes this scope. */
    public Decision decide(Request request, Scope scope) {
        String header = request.getHeaders().get(HttpHeader.AUTHORIZATION);
        if (header != null && header.startsWith(BEARER)) {
            return byKey(header.substring(BEARER.length()), scope);
        }
        if (trusted.test(request)) {
            return new Decision.Allowed(Access.all("trusted address"));
        }
        boolean someKey = token.isPresent() || !keys.get().isEmpty();
        return new Decision.Refused(
                someKey
                        ? Problem.unauthorized(
                                "Send a key of apiKeys:, or the token of api.token, as"
                                        + " 'Authorization: Bearer …'.")
                        : Problem.forbidden(
                                "Set api.token, make a key with 'jackfield apikey make', or ask"
                                        + " from an address in api.trusted."));
    }

    private Decision byKey(String given, Scope scope) {
        byte[] bytes = given.getBytes(StandardCharsets.UTF_8);
        // In the same time wherever the two first differ.
        if (token.isPresent() && MessageDigest.isEqual(bytes, token.get())) {
            return new Decision.Allowed(Access.all("api.token"));
        }
        String hash = ApiKey.hash(given);
        Optional<ApiKey> found = Optional.empty();
        for (ApiKey key : keys.get()) {
            if (key.isHashed(hash)) {
                found = Optional.of(key);
            }
        }
        return found.map(key -> by(key, scope))
                .orElseGet(() -> new Decision.Refused(Problem.unauthorized(WRONG_KEY)));
    }

    private Decision by(ApiKey key, Scope scope) {
        if (key.expires().filter(at -> !wallClock.get().isBefore(at)).isPresent()) {
            return new Decision.Refused(
                    Problem.unauthorized(
                            "The key "
                                    + key.name()
                                    + " expired at "
                                    + key.expires().get()
                                    + ". Ask for a new one."));
        }
        if (!key.scopes().contains(scope)) {
            return new Decision.Refused(
                    Problem.forbidden(
                            "The key " + key.name() + " lacks the scope " + scope.word() + "."));
        }
        return new Decision.Allowed(new Access(key.name(), key.scopes(), key.agent()));
    }
}
