package io.jackfield.protocol.sip.digest;

import io.jackfield.protocol.sip.AuthValue;
import io.jackfield.protocol.sip.Parameters;
import io.jackfield.protocol.sip.Parameters.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Authorization or Proxy-Authorization (RFC 7616 §3.4).
 *
 * @param response lower-case hexadecimal
 * @param counted empty for the form of RFC 2069, without {@code qop}
 */
public record Credentials(
        String user,
        String realm,
        String nonce,
        String uri,
        String response,
        DigestAlgorithm algorithm,
        Optional<String> opaque,
        Optional<Counted> counted) {
    private static final int COUNT_LENGTH = 8;

    /**
     * What {@code qop} brings along.
     *
     * @param nonceCount 1 to 2^32 - 1
     */
    public record Counted(Qop qop, long nonceCount, String cnonce) {
        /** Eight hexadecimal digits, as the response is computed with. */
        String countText() {
            return String.format(Locale.ROOT, "%08x", nonceCount);
        }
    }

    /** Reads a header's value; empty when it is broken or of another scheme or algorithm. */
    public static Optional<Credentials> parse(String value) {
        return AuthValue.parse(value)
                .filter(auth -> auth.scheme().equalsIgnoreCase(Challenge.SCHEME))
                .flatMap(auth -> read(auth.parameters()));
    }

    private static Optional<Credentials> read(Parameters parameters) {
        Optional<Counted> counted = counted(parameters);
        Optional<DigestAlgorithm> algorithm =
                DigestAlgorithm.of(parameters.value("algorithm").orElse("MD5"));
        List<Optional<String>> needed =
                List.of(
                        parameters.value("username"),
                        parameters.value("realm"),
                        parameters.value("nonce"),
                        parameters.value("uri"),
                        parameters.value("response"));
        boolean broken = parameters.has("qop") && counted.isEmpty();
        if (broken || algorithm.isEmpty() || needed.stream().anyMatch(Optional::isEmpty)) {
            return Optional.empty();
        }
        List<String> there = needed.stream().flatMap(Optional::stream).toList();
        return Optional.of(
                new Credentials(
                        there.get(0),
                        there.get(1),
                        there.get(2),
                        there.get(3),
                        there.get(4).toLowerCase(Locale.ROOT),
                        algorithm.get(),
                        parameters.value("opaque"),
                        counted));
    }

    private static Optional<Counted> counted(Parameters parameters) {
        Optional<Qop> qop = parameters.value("qop").flatMap(Qop::of);
        Optional<Long> count = parameters.value("nc").flatMap(Credentials::count);
        Optional<String> cnonce = parameters.value("cnonce").filter(c -> !c.isEmpty());
        return qop.isPresent() && count.isPresent() && cnonce.isPresent()
                ? Optional.of(new Counted(qop.get(), count.get(), cnonce.get()))
                : Optional.empty();
    }

    /** {@code nc-value = 8LHEX}; 0 is none, since counting begins with 1. */
    private static Optional<Long> count(String text) {
        if (text.length() != COUNT_LENGTH || !text.chars().allMatch(Credentials::isHex)) {
            return Optional.empty();
        }
        return Optional.of(Long.parseLong(text, 16)).filter(count -> count > 0);
    }

    private static boolean isHex(int c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
    }

    /** The header's value. */
    public String text() {
        List<Parameter> list = new ArrayList<>();
        list.add(quoted("username", user));
        list.add(quoted("realm", realm));
        list.add(quoted("nonce", nonce));
        list.add(quoted("uri", uri));
        list.add(quoted("response", response));
        list.add(new Parameter("algorithm", Optional.of(algorithm.token())));
        opaque.ifPresent(text -> list.add(quoted("opaque", text)));
        counted.ifPresent(c -> {
            list.add(new Parameter("qop", Optional.of(c.qop().token())));
            list.add(new Parameter("nc", Optional.of(c.countText())));
            list.add(quoted("cnonce", c.cnonce()));
        });
        return new AuthValue(Challenge.SCHEME, new Parameters(list)).text();
    }

    private static Parameter quoted(String name, String value) {
        return new Parameter(name, Optional.of(value), true);
    }

    /** What the response must be for someone who knows that HA1. */
    String expectedResponse(String method, byte[] body, String storedHa1) {
        Optional<DigestInput.Counted> input =
                counted.map(c -> new DigestInput.Counted(c.qop(), c.countText(), c.cnonce()));
        return new DigestInput(method, uri, nonce, input, body).response(algorithm, storedHa1);
    }

    Credentials withResponse(String next) {
        return new Credentials(user, realm, nonce, uri, next, algorithm, opaque, counted);
    }

    /** The user alone: the response could be guessed from. */
    @Override
    public String toString() {
        return "Credentials[user=" + user + ", realm=" + realm + "]";
    }
}
