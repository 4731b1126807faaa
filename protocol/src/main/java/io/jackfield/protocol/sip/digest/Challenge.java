package io.jackfield.protocol.sip.digest;

import io.jackfield.protocol.sip.AuthValue;
import io.jackfield.protocol.sip.Parameters;
import io.jackfield.protocol.sip.Parameters.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * WWW-Authenticate or Proxy-Authenticate (RFC 7616 §3.3).
 *
 * @param realm shown to people; part of HA1
 * @param stale true when only the nonce was too old, so that no person need be asked again
 * @param qops what may be chosen; empty means a server of RFC 2069
 */
public record Challenge(
        String realm,
        String nonce,
        Optional<String> opaque,
        boolean stale,
        DigestAlgorithm algorithm,
        List<Qop> qops) {
    static final String SCHEME = "Digest";

    public Challenge {
        qops = List.copyOf(qops);
    }

    /**
     * Reads a header's value; empty when it is broken, of another scheme, of an algorithm that we
     * do not know ("the client should ignore the challenge", §3.3) or offers only unknown {@code
     * qop}.
     */
    public static Optional<Challenge> parse(String value) {
        return AuthValue.parse(value)
                .filter(auth -> auth.scheme().equalsIgnoreCase(SCHEME))
                .flatMap(auth -> read(auth.parameters()));
    }

    private static Optional<Challenge> read(Parameters parameters) {
        Optional<DigestAlgorithm> algorithm =
                DigestAlgorithm.of(parameters.value("algorithm").orElse("MD5"));
        Optional<String> realm = parameters.value("realm");
        Optional<String> nonce = parameters.value("nonce");
        List<Qop> qops = qops(parameters.value("qop").orElse(""));
        boolean noneKnown = parameters.has("qop") && qops.isEmpty();
        if (algorithm.isEmpty() || realm.isEmpty() || nonce.isEmpty() || noneKnown) {
            return Optional.empty();
        }
        boolean stale = parameters.value("stale").filter("true"::equalsIgnoreCase).isPresent();
        return Optional.of(
                new Challenge(
                        realm.get(),
                        nonce.get(),
                        parameters.value("opaque"),
                        stale,
                        algorithm.get(),
                        qops));
    }

    private static List<Qop> qops(String list) {
        return Arrays.stream(list.split(",", -1)).flatMap(q -> Qop.of(q.strip()).stream()).toList();
    }

    /** The header's value. */
    public String text() {
        List<Parameter> list = new ArrayList<>();
        list.add(new Parameter("realm", Optional.of(realm), true));
        list.add(new Parameter("nonce", Optional.of(nonce), true));
        opaque.ifPresent(text -> list.add(new Parameter("opaque", Optional.of(text), true)));
        if (stale) {
            list.add(new Parameter("stale", Optional.of("true")));
        }
        list.add(new Parameter("algorithm", Optional.of(algorithm.token())));
        if (!qops.isEmpty()) {
            String tokens = String.join(",", qops.stream().map(Qop::token).toList());
            list.add(new Parameter("qop", Optional.of(tokens), true));
        }
        return new AuthValue(SCHEME, new Parameters(list)).text();
    }
}
