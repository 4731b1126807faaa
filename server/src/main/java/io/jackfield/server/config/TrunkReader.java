package io.jackfield.server.config;

import io.jackfield.call.edge.Transport;
import io.jackfield.call.routing.CodecPolicy;
import io.jackfield.call.routing.InvalidSite;
import io.jackfield.call.routing.SourceMatch;
import io.jackfield.call.routing.Trunk;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads one item of {@code trunks:}. */
final class TrunkReader {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9\\[]([A-Za-z0-9.:\\]-]{0,252})");
    private static final Pattern NUMBER = Pattern.compile("\\+?[0-9A-Za-z*#._-]{1,64}");
    private static final List<String> CODECS = List.of("PCMA", "PCMU", "G722", "opus");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);

    private TrunkReader() {}

    static Optional<Trunk> read(Fields fields) {
        Optional<String> name =
                fields.required("name", Form.text("letters, digits, dots, _ or -", NAME));
        Optional<String> host =
                fields.required("host", Form.text("the carrier's host name or address", HOST));
        Transport transport = fields.optional("transport", transport()).orElse(Transport.UDP);
        int port =
                fields.optional("port", Form.port())
                        .orElse(transport == Transport.TLS ? 5061 : 5060);
        List<String> codecs =
                fields.optional("codecs", Form.list(codec())).orElse(List.of("PCMA", "PCMU"));
        Optional<Trunk.Login> login = login(fields);
        boolean register = fields.optional("register", Form.flag()).orElse(false);
        Duration registerEvery =
                fields.optional("registerEvery", Form.duration(Duration.ofMinutes(1), DAY))
                        .orElse(HOUR);
        Optional<String> callerId =
                fields.optional("callerId", Form.text("a number to show", NUMBER));
        Duration ping =
                fields.optional("ping", Form.duration(Duration.ZERO, HOUR))
                        .orElse(Duration.ofSeconds(30));
        List<SourceMatch> matches =
                fields.optional("match", Form.list(sourceMatch())).orElse(List.of());
        boolean latch = fields.optional("latch", Form.flag()).orElse(false);
        CodecPolicy codecPolicy =
                fields.optional("codecPolicy", codecPolicy()).orElse(CodecPolicy.PASSTHROUGH);
        return name.flatMap(n ->
                host.map(h ->
                        new Trunk(
                                n,
                                transport,
                                h,
                                port,
                                codecs,
                                login,
                                register,
                                registerEvery,
                                callerId,
                                ping,
                                matches,
                                latch,
                                codecPolicy)));
    }

    private static Optional<Trunk.Login> login(Fields fields) {
        Optional<String> user = fields.optional("username", Form.text("the carrier's user name"));
        Optional<String> password = fields.optional("password", Form.secret(1));
        if (user.isPresent() != password.isPresent()) {
            fields.problem(
                    fields.place(),
                    "has only one of username and password",
                    "Write both, or neither for a carrier that knows us by address.");
        }
        return user.flatMap(u -> password.map(p -> new Trunk.Login(u, p)));
    }

    /** The same word on agents. */
    static Form<CodecPolicy> codecPolicy() {
        return Form.scalar("passthrough, prefer-opus or auto", CodecPolicy::of);
    }

    private static Form<Transport> transport() {
        return Form.scalar(
                "udp, tcp or tls",
                text ->
                        switch (text) {
                            case "udp" -> Optional.of(Transport.UDP);
                            case "tcp" -> Optional.of(Transport.TCP);
                            case "tls" -> Optional.of(Transport.TLS);
                            default -> Optional.empty();
                        });
    }

    private static Form<String> codec() {
        return Form.scalar(
                "one of " + String.join(", ", CODECS),
                text -> CODECS.stream().filter(c -> c.equalsIgnoreCase(text)).findFirst());
    }

    private static Form<SourceMatch> sourceMatch() {
        return Form.scalar(
                "an address, address/prefix or address:port",
                text -> {
                    try {
                        return Optional.of(SourceMatch.parse(text));
                    } catch (InvalidSite unfit) {
                        return Optional.empty();
                    }
                });
    }
}
