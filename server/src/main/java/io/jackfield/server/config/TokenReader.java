package io.jackfield.server.config;

import io.jackfield.call.token.DialLimits;
import io.jackfield.call.token.KeySetSource;
import io.jackfield.call.token.NumberPlan;
import io.jackfield.call.token.PublicKeyText;
import io.jackfield.call.token.TokenAlgorithm;
import io.jackfield.call.token.TokenKey;
import io.jackfield.call.token.TokenRules;
import io.jackfield.call.token.UnusableKey;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads {@code tokens:}: keys, key sets, the number plan and limits. */
final class TokenReader {
    private static final Duration DAY = Duration.ofDays(1);
    private static final int MANY = 100_000;
    private static final Pattern COUNTRY = Pattern.compile("\\+?[1-9][0-9]{0,2}");
    private static final Pattern START = Pattern.compile("\\+[1-9][0-9]{0,14}");

    private final String realm;
    private final Problems problems;

    TokenReader(String realm, Problems problems) {
        this.realm = realm;
        this.problems = problems;
    }

    /** What the section says; {@link TokenRules#NONE} where there is none. */
    TokenRules read(Fields top) {
        return group(top.raw("tokens"), "tokens").map(this::rules).orElse(TokenRules.NONE);
    }

    private TokenRules rules(Fields fields) {
        String audience =
                fields.optional("audience", Form.text("what aud must name")).orElse(realm);
        NumberPlan plan = plan(fields);
        List<TokenKey> keys = new ArrayList<>();
        items(fields, "keys").forEach(item -> key(item).ifPresent(keys::add));
        List<KeySetSource> sets = new ArrayList<>();
        items(fields, "jwks").forEach(item -> keySet(item).ifPresent(sets::add));
        DialLimits perAgent =
                group(fields.raw("perAgent"), "tokens.perAgent")
                        .map(TokenReader::finishedLimits)
                        .orElse(DialLimits.NONE);
        Map<String, DialLimits> campaigns = new HashMap<>();
        items(fields, "campaigns").forEach(item -> campaign(item, campaigns));
        boolean premium = fields.optional("premium", Form.flag()).orElse(false);
        Set<String> more = starts(fields, "premiumNumbers");
        fields.finish();
        try {
            return new TokenRules(audience, plan, keys, sets, perAgent, campaigns, premium, more);
        } catch (UnusableKey twice) {
            fields.problem(
                    fields.placeOf("keys"), String.valueOf(twice.getMessage()), "Rename one.");
            return TokenRules.NONE;
        }
    }

    private static NumberPlan plan(Fields fields) {
        Optional<String> country =
                fields.optional("country", Form.text("a country code as 49", COUNTRY))
                        .map(code -> code.replace("+", ""));
        Pattern digits = Pattern.compile("[0-9]{1,5}");
        String abroad =
                fields.optional("internationalPrefix", Form.text("digits as 00", digits))
                        .orElse("00");
        String within =
                fields.optional(
                                "nationalPrefix",
                                Form.text(
                                        "digits as 0, or none", Pattern.compile("[0-9]{1,5}|none")))
                        .orElse("0");
        return new NumberPlan(country, abroad, within.equals("none") ? "" : within);
    }

    // ---- keys

    private Optional<TokenKey> key(Fields fields) {
        Optional<String> kid = fields.required("kid", Form.text("the key's id"));
        Optional<TokenAlgorithm> algorithm = fields.required("algorithm", algorithm());
        Optional<String> issuer = fields.optional("issuer", Form.text("what iss must say"));
        Optional<Instant> from = fields.optional("notBefore", moment());
        Optional<Instant> to = fields.optional("notAfter", moment());
        Optional<String> pem = fields.optional("publicKey", Form.text("a public key in PEM"));
        Optional<String> secret = fields.optional("secret", Form.secret(1));
        fields.finish();
        if (kid.isEmpty() || algorithm.isEmpty()) {
            return Optional.empty();
        }
        boolean shared = algorithm.get() == TokenAlgorithm.HS256;
        if (shared != secret.isPresent() || shared == pem.isPresent()) {
            fields.problem(
                    fields.place(),
                    algorithm.get().jwsName() + (shared ? " needs secret" : " needs publicKey"),
                    "Give that, and not the other.");
            return Optional.empty();
        }
        try {
            TokenKey.Validity validity = new TokenKey.Validity(from, to);
            return Optional.of(
                    shared
                            ? TokenKey.shared(kid.get(), bytes(secret.get()), validity, issuer)
                            : TokenKey.asymmetric(
                                    kid.get(),
                                    algorithm.get(),
                                    PublicKeyText.read(algorithm.get(), pem.orElseThrow()),
                                    validity,
                                    issuer));
        } catch (UnusableKey unfit) {
            fields.problem(
                    fields.place(),
                    "the key cannot be used",
                    "Make another: " + unfit.getMessage() + ".");
            return Optional.empty();
        }
    }

    private static byte[] bytes(String secret) {
        try {
            return Base64.getUrlDecoder().decode(secret);
        } catch (IllegalArgumentException notBase64) {
            throw new UnusableKey("a secret is written in base64url");
        }
    }

    private static Form<TokenAlgorithm> algorithm() {
        return Form.scalar("EdDSA, ES256, RS256 or HS256", TokenAlgorithm::of);
    }

    private static Form<Instant> moment() {
        return Form.scalar(
                "a moment as 2026-12-31T23:00:00Z",
                text -> {
                    try {
                        return Optional.of(Instant.parse(text));
                    } catch (DateTimeParseException unfit) {
                        return Optional.empty();
                    }
                });
    }

    private static Optional<KeySetSource> keySet(Fields fields) {
        Optional<URI> url = fields.required("url", url());
        Optional<String> issuer = fields.optional("issuer", Form.text("what iss must say"));
        Duration refresh =
                fields.optional("refresh", Form.duration(Duration.ofMinutes(1), DAY))
                        .orElse(Duration.ofMinutes(10));
        Duration keep =
                fields.optional("keep", Form.duration(Duration.ofMinutes(1), DAY.multipliedBy(30)))
                        .orElse(DAY);
        fields.finish();
        return url.map(u -> new KeySetSource(u, issuer, refresh, keep));
    }

    /** In the clear only on this machine: whoever changes a key on its way may dial. */
    private static Form<URI> url() {
        return Form.scalar(
                "an https URL (http only for 127.0.0.1 and [::1])",
                text -> {
                    try {
                        URI url = URI.create(text);
                        boolean host = url.getHost() != null && url.getUserInfo() == null;
                        boolean secure = "https".equalsIgnoreCase(url.getScheme());
                        boolean near =
                                "http".equalsIgnoreCase(url.getScheme())
                                        && host
                                        && Form.parseAddress(url.getHost())
                                                .filter(InetAddress::isLoopbackAddress)
                                                .isPresent();
                        return host && (secure || near) ? Optional.of(url) : Optional.empty();
                    } catch (IllegalArgumentException unfit) {
                        return Optional.empty();
                    }
                });
    }

    // ---- limits

    private static void campaign(Fields fields, Map<String, DialLimits> campaigns) {
        Optional<String> name = fields.required("name", Form.text("the campaign, as cmp says it"));
        DialLimits limits = limits(fields);
        fields.finish();
        name.filter(n -> campaigns.putIfAbsent(n, limits) != null)
                .ifPresent(n ->
                        fields.problem(
                                fields.placeOf("name"),
                                "campaign " + n + " is there twice",
                                "Remove one."));
    }

    private static DialLimits finishedLimits(Fields fields) {
        DialLimits limits = limits(fields);
        fields.finish();
        return limits;
    }

    private static DialLimits limits(Fields fields) {
        return new DialLimits(
                fields.optional("callsPerMinute", Form.number(0, MANY)),
                fields.optional("parallel", Form.number(0, MANY)),
                fields.optional("minutesPerDay", Form.number(0, MANY)).map(Duration::ofMinutes),
                starts(fields, "countries"));
    }

    private static Set<String> starts(Fields fields, String name) {
        Form<String> start = Form.text("the beginning of numbers as +49", START);
        return Set.copyOf(fields.optional(name, Form.list(start)).orElse(List.of()));
    }

    // ---- groups

    private List<Fields> items(Fields fields, String name) {
        List<Fields> items = new ArrayList<>();
        Optional<Yaml> value = fields.raw(name);
        if (value.isPresent() && !(value.get() instanceof Yaml.Sequence)) {
            fields.problem(
                    value.get().place(),
                    name + " is " + value.get().kind(),
                    "Write a list, one '- ' line an item.");
        }
        if (value.orElse(null) instanceof Yaml.Sequence list) {
            for (int i = 0; i < list.items().size(); i++) {
                String place = "tokens." + name + "[" + i + "]";
                group(Optional.of(list.items().get(i)), place).ifPresent(items::add);
            }
        }
        return items;
    }

    private Optional<Fields> group(Optional<Yaml> value, String name) {
        if (value.isPresent() && !(value.get() instanceof Yaml.Mapping)) {
            problems.add(
                    value.get().place(),
                    name + " is " + value.get().kind(),
                    "Write a group of keys.");
        }
        return value.flatMap(v ->
                v instanceof Yaml.Mapping mapping
                        ? Optional.of(new Fields(name, mapping, problems))
                        : Optional.empty());
    }
}
