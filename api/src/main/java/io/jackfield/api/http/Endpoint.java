package io.jackfield.api.http;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One thing that can be asked of the API: what is dispatched, and what its description is made of.
 *
 * @param method as in the request line; where it is GET, HEAD is answered, too
 * @param path with names in braces for its variable parts: {@code /api/v1/calls/{id}/hangup}
 * @param scope what it takes; empty: open to all
 * @param operation its name in the description; stays
 */
public record Endpoint(
        String method, String path, Optional<Scope> scope, String operation, Serve serve) {
    /** Answers a request whose sender is allowed; may wait. */
    @FunctionalInterface
    public interface Serve {
        /**
         * @throws IOException when the answer cannot be sent to its end
         */
        void serve(Exchange exchange) throws IOException;
    }

    static Endpoint get(String path, Scope scope, String operation, Serve serve) {
        return new Endpoint("GET", path, Optional.of(scope), operation, serve);
    }

    static Endpoint post(String path, Scope scope, String operation, Serve serve) {
        return new Endpoint("POST", path, Optional.of(scope), operation, serve);
    }

    static Endpoint open(String path, String operation, Serve serve) {
        return new Endpoint("GET", path, Optional.empty(), operation, serve);
    }

    /** The variable parts of that path; empty when it is another one. */
    Optional<Map<String, String>> match(String asked) {
        List<String> wanted = parts(path);
        List<String> given = parts(asked);
        if (wanted.size() != given.size()) {
            return Optional.empty();
        }
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < wanted.size(); i++) {
            String part = wanted.get(i);
            if (part.startsWith("{")) {
                if (given.get(i).isEmpty()) {
                    return Optional.empty();
                }
                variables.put(part.substring(1, part.length() - 1), given.get(i));
            } else if (!part.equals(given.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(variables);
    }

    private static List<String> parts(String path) {
        return Arrays.asList(path.split("/", -1));
    }
}
