package io.jackfield.server.config;

import io.jackfield.api.http.ApiKey;
import io.jackfield.api.http.Role;
import io.jackfield.api.http.Scope;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads {@code apiKeys:}. */
final class ApiKeyReader {
    /** Each request with a key is held against all of them. */
    private static final int KEYS_MAX = 200;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private final Set<String> agents;
    private final List<ApiKey> keys = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    /**
     * @param agents who may be named
     */
    ApiKeyReader(Set<String> agents) {
        this.agents = agents;
    }

    /** {@code {name: crm, role: crm, sha256: …, expires: 2027-01-01T00:00:00Z}}. */
    void read(Fields fields) {
        Optional<String> name =
                fields.required("name", Form.text("letters, digits, dots and dashes", NAME));
        Optional<String> hash =
                fields.required(
                        "sha256",
                        Form.text("64 hexadecimal digits, from 'jackfield apikey make'", SHA256));
        Optional<Role> role = fields.optional("role", role());
        Optional<List<Scope>> scopes = fields.optional("scopes", Form.list(scope()));
        Optional<String> agent = fields.optional("agent", Form.text("the name of an agent"));
        Optional<Instant> expires = fields.optional("expires", time());
        fields.finish();
        if (role.isPresent() == scopes.isPresent()) {
            fields.problem(
                    fields.place(),
                    role.isPresent() ? "has both role and scopes" : "may do nothing",
                    "Give it either a role or scopes.");
            return;
        }
        if (role.filter(Role.AGENT::equals).isPresent() && agent.isEmpty()) {
            fields.problem(fields.place(), "is some agent's", "Name the agent: 'agent: NAME'.");
        }
        agent.filter(a -> !agents.contains(a))
                .ifPresent(a ->
                        fields.problem(
                                fields.placeOf("agent"),
                                "there is no agent " + a,
                                Nearest.to(a, agents)
                                        .map(near -> "Did you mean " + near + "?")
                                        .orElse("Add it under agents:, or correct the name.")));
        if (name.isEmpty() || hash.isEmpty()) {
            return;
        }
        if (!names.add(name.get())) {
            fields.problem(
                    fields.placeOf("name"), "key " + name.get() + " is there twice", "Remove one.");
        }
        if (keys.size() == KEYS_MAX) {
            fields.problem(fields.place(), "is one too many", "Keep at most " + KEYS_MAX + ".");
        }
        Set<Scope> allowed =
                role.map(Role::scopes)
                        .orElseGet(() -> EnumSet.copyOf(scopes.orElse(List.of(Scope.CALLS_READ))));
        keys.add(new ApiKey(name.get(), hash.get(), allowed, agent, expires));
    }

    List<ApiKey> keys() {
        return List.copyOf(keys);
    }

    private static Form<Role> role() {
        return Form.scalar(
                String.join(", ", Arrays.stream(Role.values()).map(Role::word).toList()), Role::of);
    }

    private static Form<Scope> scope() {
        return Form.scalar(
                "one of "
                        + String.join(
                                ", ", Arrays.stream(Scope.values()).map(Scope::word).toList()),
                Scope::of);
    }

    private static Form<Instant> time() {
        return Form.scalar(
                "a time as 2027-01-01T00:00:00Z",
                text -> {
                    try {
                        return Optional.of(Instant.parse(text));
                    } catch (DateTimeParseException other) {
                        return Optional.empty();
                    }
                });
    }
}
