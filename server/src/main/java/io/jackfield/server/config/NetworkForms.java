package io.jackfield.server.config;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Forms of values that are about addresses and ports. */
final class NetworkForms {
    private static final Set<String> MAPPING_KEYS = Set.of("local", "advertised");
    private static final String MAPPING =
            "an address, or {local: 10.0.0.5, advertised: 203.0.113.7}, or 10.0.0.5 => 203.0.113.7";
    private static final Pattern RANGE = Pattern.compile("(\\d{4,5})-(\\d{4,5})");

    private NetworkForms() {}

    static Form<AddressRange> addressRange() {
        return Form.scalar("an address or a range as 10.0.0.0/8", AddressRange::parse);
    }

    static Form<PortRange> portRange() {
        return Form.scalar(
                "a range from an even port to an odd one as 10002-19999", NetworkForms::parseRange);
    }

    private static Optional<PortRange> parseRange(String text) {
        Matcher matcher = RANGE.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            int first = Integer.parseInt(matcher.group(1));
            int last = Integer.parseInt(matcher.group(2));
            return Optional.of(new PortRange(first, last));
        } catch (IllegalArgumentException noRange) {
            return Optional.empty();
        }
    }

    static Form<AddressMapping> addressMapping() {
        return new Form<>(
                MAPPING,
                value ->
                        switch (value) {
                            case Yaml.Mapping mapping -> fromGroup(mapping);
                            case Yaml.Scalar scalar -> fromText(scalar);
                            case Yaml.Sequence list -> throw Form.unfit(list, MAPPING);
                        });
    }

    private static AddressMapping fromGroup(Yaml.Mapping group) throws InvalidValue {
        for (Map.Entry<String, Yaml.Entry> field : group.entries().entrySet()) {
            if (!MAPPING_KEYS.contains(field.getKey())) {
                throw new InvalidValue(
                        field.getValue().keyPlace(),
                        "has the unknown key " + field.getKey(),
                        Nearest.to(field.getKey(), MAPPING_KEYS)
                                .map(near -> "Did you mean " + near + "?")
                                .orElse("Known are: local, advertised."));
            }
        }
        Yaml.Entry local = group.entries().get("local");
        Yaml.Entry advertised = group.entries().get("advertised");
        if (local == null) {
            throw new InvalidValue(group.place(), "lacks local", "Write " + MAPPING + ".");
        }
        InetAddress bound = Form.address().read(local.value());
        InetAddress told = advertised == null ? bound : Form.address().read(advertised.value());
        return mapping(local.value(), bound, told);
    }

    private static AddressMapping fromText(Yaml.Scalar scalar) throws InvalidValue {
        List<Optional<InetAddress>> sides =
                java.util.Arrays.stream(scalar.text().split("=>", -1))
                        .map(side -> Form.parseAddress(side.strip()))
                        .toList();
        if (sides.size() > 2 || sides.stream().anyMatch(Optional::isEmpty)) {
            throw Form.unfit(scalar, MAPPING);
        }
        return mapping(scalar, sides.getFirst().orElseThrow(), sides.getLast().orElseThrow());
    }

    private static AddressMapping mapping(Yaml value, InetAddress local, InetAddress advertised)
            throws InvalidValue {
        if (local.isAnyLocalAddress() || advertised.isAnyLocalAddress()) {
            throw new InvalidValue(
                    value.place(),
                    "is the wildcard address",
                    "Name each address: answers sent from a wildcard socket may leave from the"
                            + " wrong one.");
        }
        return new AddressMapping(local, advertised);
    }
}
