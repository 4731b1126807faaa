package io.jackfield.server.config;

import io.jackfield.call.routing.Agent;
import io.jackfield.call.routing.CodecPolicy;
import io.jackfield.call.routing.Credential;
import io.jackfield.call.routing.InvalidSite;
import io.jackfield.call.routing.Router;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one item of {@code agents:}, which is one agent or a range of them. */
final class AgentReader {
    /** More than one machine serves; a slip of the pen in a range must not fill the heap. */
    private static final int RANGE_MAX = 10_000;

    private static final Pattern RANGE =
            Pattern.compile("([A-Za-z0-9._-]*?)(\\d{1,9})-([A-Za-z0-9._-]*?)(\\d{1,9})");
    private static final Pattern MD5 = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final String NAME_PLACEHOLDER = "{name}";

    private final String realm;
    private final Problems problems;

    AgentReader(String realm, Problems problems) {
        this.realm = realm;
        this.problems = problems;
    }

    List<Located<Agent>> read(Fields fields) {
        List<Located<Agent>> agents = fields.has("range") ? range(fields) : one(fields);
        fields.finish();
        return agents;
    }

    private List<Located<Agent>> one(Fields fields) {
        Optional<String> name = fields.required("name", Form.text("the name of the agent"));
        Optional<String> displayName = displayName(fields);
        Optional<Credential> credential = name.flatMap(n -> credential(fields, n));
        CodecPolicy codecs = codecPolicy(fields);
        return name.flatMap(n -> credential.flatMap(c -> agent(fields, n, displayName, c, codecs)))
                .map(agent -> List.of(new Located<>(fields.place(), agent)))
                .orElse(List.of());
    }

    private static CodecPolicy codecPolicy(Fields fields) {
        return fields.optional("codecPolicy", TrunkReader.codecPolicy())
                .orElse(CodecPolicy.PASSTHROUGH);
    }

    private static Optional<String> displayName(Fields fields) {
        return fields.optional("displayName", Form.text("a name to show"));
    }

    /** Either a password, or the hashes a digest is checked against. */
    private Optional<Credential> credential(Fields fields, String name) {
        Optional<Yaml> hashes = fields.raw("ha1");
        if (hashes.isEmpty()) {
            return fields.required("password", Form.secret(1))
                    .map(password -> Credential.of(name, realm, password));
        }
        if (fields.has("password")) {
            fields.problem(fields.placeOf("ha1"), "has both password and ha1", "Keep one of them.");
        }
        if (!(hashes.get() instanceof Yaml.Mapping group)) {
            fields.problem(
                    hashes.get().place(),
                    "ha1 is no group",
                    "Write 'ha1: {md5: …, sha256: …}', each of NAME:REALM:PASSWORD.");
            return Optional.empty();
        }
        Fields both = new Fields("ha1", group, problems);
        Optional<String> md5 = both.required("md5", Form.text("32 hexadecimal digits", MD5));
        Optional<String> sha256 =
                both.required("sha256", Form.text("64 hexadecimal digits", SHA256));
        both.finish();
        return md5.flatMap(m -> sha256.map(s -> new Credential(m, s)));
    }

    private static Optional<Agent> agent(
            Fields fields,
            String name,
            Optional<String> displayName,
            Credential credential,
            CodecPolicy codecPolicy) {
        if (Router.isReserved(name)) {
            fields.problem(
                    fields.placeOf("name"),
                    name + " is reserved for the echo",
                    "Give the agent another name.");
            return Optional.empty();
        }
        try {
            return Optional.of(new Agent(name, displayName, credential, codecPolicy));
        } catch (InvalidSite invalid) {
            fields.problem(
                    fields.placeOf("name"), "cannot be used", String.valueOf(invalid.getMessage()));
            return Optional.empty();
        }
    }

    /** {@code range: agent0001-agent1000} with {@code password: "secret-{name}"}. */
    private List<Located<Agent>> range(Fields fields) {
        Optional<List<String>> names = fields.optional("range", names());
        Optional<String> displayName = displayName(fields);
        CodecPolicy codecs = codecPolicy(fields);
        Optional<String> password = fields.required("password", Form.secret(1));
        if (password.isPresent() && !password.get().contains(NAME_PLACEHOLDER)) {
            fields.problem(
                    fields.placeOf("password"),
                    "the password would be the same for all",
                    "Put " + NAME_PLACEHOLDER + " into it, as in \"secret-{name}\".");
            return List.of();
        }
        List<Located<Agent>> agents = new ArrayList<>();
        for (String name : names.orElse(List.of())) {
            password.flatMap(p ->
                            agent(
                                    fields,
                                    name,
                                    displayName.map(d -> fill(d, name)),
                                    Credential.of(name, realm, fill(p, name)),
                                    codecs))
                    .ifPresent(agent -> agents.add(new Located<>(fields.place(), agent)));
        }
        return agents;
    }

    /** A text of a range for one of its names. */
    static String fill(String template, String name) {
        return template.replace(NAME_PLACEHOLDER, name);
    }

    private static Form<List<String>> names() {
        return Form.scalar(
                "a range of at most " + RANGE_MAX + " names as agent0001-agent1000",
                AgentReader::expand);
    }

    /** The names of a range; empty when it is none. */
    static Optional<List<String>> expand(String text) {
        Matcher matcher = RANGE.matcher(text);
        if (!matcher.matches()
                || !matcher.group(1).equals(matcher.group(3))
                || matcher.group(2).length() != matcher.group(4).length()) {
            return Optional.empty();
        }
        int width = matcher.group(2).length();
        long first = Long.parseLong(matcher.group(2));
        long last = Long.parseLong(matcher.group(4));
        if (last < first || last - first >= RANGE_MAX) {
            return Optional.empty();
        }
        List<String> names = new ArrayList<>();
        for (long n = first; n <= last; n++) {
            String digits = Long.toString(n);
            names.add(matcher.group(1) + "0".repeat(width - digits.length()) + digits);
        }
        return Optional.of(names);
    }
}
