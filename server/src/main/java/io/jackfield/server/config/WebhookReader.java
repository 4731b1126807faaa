package io.jackfield.server.config;

import io.jackfield.api.events.EventType;
import io.jackfield.call.routing.Webhook;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads one item of {@code webhooks:}. */
final class WebhookReader {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}");
    private static final int URL_LENGTH_MAX = 2_000;
    private static final int SECRET_LENGTH_MIN = 16;

    private WebhookReader() {}

    static Optional<Webhook> read(Fields fields) {
        Optional<String> name =
                fields.required("name", Form.text("letters, digits, dots, _ or -", NAME));
        Optional<URI> url = fields.required("url", url());
        Optional<String> secret = fields.required("secret", Form.secret(SECRET_LENGTH_MIN));
        List<String> types = fields.optional("types", Form.list(type())).orElse(List.of());
        boolean enabled = fields.optional("enabled", Form.flag()).orElse(true);
        return name.flatMap(n ->
                url.flatMap(
                        u -> secret.map(s -> new Webhook(n, u, s, Set.copyOf(types), enabled))));
    }

    private static Form<String> type() {
        return Form.scalar(
                "one of "
                        + Arrays.stream(EventType.values())
                                .map(EventType::word)
                                .collect(Collectors.joining(", ")),
                text -> EventType.of(text).map(EventType::word));
    }

    private static Form<URI> url() {
        return Form.scalar(
                "a URL as https://crm.example.com/hook, without user or fragment",
                text -> {
                    try {
                        URI uri = new URI(text);
                        boolean fits =
                                text.length() <= URL_LENGTH_MAX
                                        && text.chars().allMatch(c -> c > 0x20 && c < 0x7f)
                                        && ("https".equalsIgnoreCase(uri.getScheme())
                                                || "http".equalsIgnoreCase(uri.getScheme()))
                                        && uri.getHost() != null
                                        && uri.getUserInfo() == null
                                        && uri.getFragment() == null;
                        return Optional.of(uri).filter(_ -> fits);
                    } catch (URISyntaxException notOne) {
                        return Optional.empty();
                    }
                });
    }
}
