package io.jackfield.protocol.sip;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Whether two SIP URIs are equivalent (RFC 3261 §19.1.4). */
final class UriComparison {
    /** Those which must be in both or in neither; others are ignored when only one has them. */
    private static final Set<String> TELLING =
            Set.of("user", "ttl", "method", "maddr", "transport");

    private UriComparison() {}

    static boolean matches(SipUri one, SipUri other) {
        return one.secure() == other.secure()
                && one.user().equals(other.user())
                && one.password().equals(other.password())
                && one.host().equals(other.host())
                && one.port().equals(other.port())
                && parametersMatch(byName(one.parameters()), byName(other.parameters()))
                && byHeader(one.headers()).equals(byHeader(other.headers()));
    }

    private static boolean parametersMatch(
            Map<String, Optional<String>> one, Map<String, Optional<String>> other) {
        return covers(one, other) && covers(other, one);
    }

    private static boolean covers(
            Map<String, Optional<String>> one, Map<String, Optional<String>> other) {
        return one.entrySet().stream()
                .allMatch(entry ->
                        other.containsKey(entry.getKey())
                                ? entry.getValue().equals(other.get(entry.getKey()))
                                : !TELLING.contains(entry.getKey()));
    }

    private static Map<String, Optional<String>> byName(Parameters parameters) {
        Map<String, Optional<String>> map = new HashMap<>();
        for (Parameters.Parameter p : parameters.list()) {
            map.put(lower(p.name()), p.value().map(UriComparison::lower));
        }
        return map;
    }

    /** "Any present header component MUST appear in both URIs", in any order. */
    private static Map<String, List<String>> byHeader(List<Header> headers) {
        Map<String, List<String>> map = new HashMap<>();
        for (Header h : headers) {
            map.merge(
                    lower(h.name()),
                    List.of(h.value()),
                    (a, b) ->
                            java.util.stream.Stream.concat(a.stream(), b.stream())
                                    .sorted()
                                    .toList());
        }
        return map;
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
