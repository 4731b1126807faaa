package io.jackfield.server.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a value is written, and what it becomes.
 *
 * @param description for the documentation: {@code a port, 1 to 65535}
 */
record Form<T>(String description, Reader<T> reader) {

    /** Turns what was written into a value. */
    @FunctionalInterface
    interface Reader<T> {
        T read(Yaml value) throws InvalidValue;
    }

    T read(Yaml value) throws InvalidValue {
        return reader.read(value);
    }

    /** Any text, not empty. */
    static Form<String> text(String description) {
        return scalar(description, Optional::of);
    }

    /** Text that matches the whole pattern. */
    static Form<String> text(String description, Pattern pattern) {
        return scalar(
                description, text -> Optional.of(text).filter(t -> pattern.matcher(t).matches()));
    }

    /** Text that no message may repeat; at least {@code lengthMin} characters. */
    static Form<String> secret(int lengthMin) {
        String description = "a secret of at least " + lengthMin + " characters";
        return new Form<>(
                description,
                value -> {
                    if (value instanceof Yaml.Scalar(_, String text, boolean empty)
                            && !empty
                            && text.length() >= lengthMin) {
                        return text;
                    }
                    throw new InvalidValue(
                            value.place(), "is not usable", "It must be " + description + ".");
                });
    }

    /** One of an enum's words, written as {@code longest-idle}. */
    static <T extends Enum<T>> Form<T> word(Class<T> type) {
        List<T> all = List.of(type.getEnumConstants());
        return scalar(
                String.join(", ", all.stream().map(Form::word).toList()),
                text -> all.stream().filter(one -> word(one).equals(text)).findFirst());
    }

    private static String word(Enum<?> one) {
        return one.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A word as a key is written: {@code joinEmpty}. */
    static String camelCase(Enum<?> one) {
        StringBuilder key = new StringBuilder();
        for (String part : one.name().toLowerCase(Locale.ROOT).split("_", -1)) {
            key.append(
                    key.isEmpty()
                            ? part
                            : part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1));
        }
        return key.toString();
    }

    static Form<Integer> number(int min, int max) {
        return scalar(
                "a whole number from " + min + " to " + max,
                text -> wholeNumber(text).filter(n -> n >= min && n <= max).map(Long::intValue));
    }

    /** 0 is left out: a port nobody knows is of no use to anybody. */
    static Form<Integer> port() {
        return scalar(
                "a port, 1 to 65535",
                text -> wholeNumber(text).filter(n -> n >= 1 && n <= 65_535).map(Long::intValue));
    }

    static Form<Boolean> flag() {
        return scalar(
                "true or false",
                text ->
                        switch (text.toLowerCase(Locale.ROOT)) {
                            case "true" -> Optional.of(true);
                            case "false" -> Optional.of(false);
                            default -> Optional.empty();
                        });
    }

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9}) ?(ms|s|m|h|d)");

    /** A number with its unit: {@code 500ms}, {@code 20s}, {@code 5m}, {@code 2h}, {@code 1d}. */
    static Form<Duration> duration(Duration min, Duration max) {
        return scalar(
                "a time with its unit (ms, s, m, h, d), " + words(min) + " to " + words(max),
                text ->
                        parseDuration(text)
                                .filter(d -> d.compareTo(min) >= 0 && d.compareTo(max) <= 0));
    }

    private static Optional<Duration> parseDuration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long count = Long.parseLong(matcher.group(1));
        return Optional.of(
                switch (matcher.group(2)) {
                    case "ms" -> Duration.ofMillis(count);
                    case "s" -> Duration.ofSeconds(count);
                    case "m" -> Duration.ofMinutes(count);
                    case "h" -> Duration.ofHours(count);
                    default -> Duration.ofDays(count);
                });
    }

    /** {@code 90s}, {@code 5m}: the largest unit that gives a whole number. */
    static String words(Duration duration) {
        long millis = duration.toMillis();
        if (millis % 1000 != 0 || millis == 0) {
            return millis + "ms";
        }
        long seconds = millis / 1000;
        if (seconds % 86_400 == 0) {
            return seconds / 86_400 + "d";
        }
        if (seconds % 3600 == 0) {
            return seconds / 3600 + "h";
        }
        return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }

    private static final Pattern SIZE = Pattern.compile("(\\d{1,9}) ?(B|KiB|MiB|GiB)");

    /** A number of bytes with its unit: {@code 64 KiB}, {@code 4 MiB}. */
    static Form<Long> size(long min, long max) {
        return scalar(
                "a size with its unit (B, KiB, MiB, GiB)",
                text -> parseSize(text).filter(n -> n >= min && n <= max));
    }

    private static Optional<Long> parseSize(String text) {
        Matcher matcher = SIZE.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long count = Long.parseLong(matcher.group(1));
        return Optional.of(
                switch (matcher.group(2)) {
                    case "B" -> count;
                    case "KiB" -> count << 10;
                    case "MiB" -> count << 20;
                    default -> count << 30;
                });
    }

    /** An IP address; names are not looked up. */
    static Form<InetAddress> address() {
        return scalar("an IP address", Form::parseAddress);
    }

    static Optional<InetAddress> parseAddress(String text) {
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
    }

    private static final Pattern ADDRESS_AND_PORT =
            Pattern.compile("(?:\\[(?<six>[^\\]]+)\\]|(?<four>[0-9.]+)):(?<port>\\d{1,5})");

    /** {@code 192.0.2.1:5060} or {@code [2001:db8::1]:5060}; the port may be left out. */
    static Form<InetSocketAddress> socketAddress(int defaultPort) {
        return scalar(
                "an IP address and a port, as 192.0.2.1:" + defaultPort,
                text ->
                        parseAddress(text)
                                .map(a -> new InetSocketAddress(a, defaultPort))
                                .or(() -> parseSocketAddress(text)));
    }

    private static Optional<InetSocketAddress> parseSocketAddress(String text) {
        Matcher matcher = ADDRESS_AND_PORT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String host = matcher.group(matcher.group("six") != null ? "six" : "four");
        int port = Integer.parseInt(matcher.group("port"));
        return parseAddress(host)
                .filter(_ -> port >= 1 && port <= 65_535)
                .map(a -> new InetSocketAddress(a, port));
    }

    static Form<Path> path(String description) {
        return scalar(
                description,
                text -> {
                    try {
                        return Optional.of(Path.of(text));
                    } catch (InvalidPathException unusable) {
                        return Optional.empty();
                    }
                });
    }

    /** A list; one line with commas will do, as environment variables need it. */
    static <T> Form<List<T>> list(Form<T> item) {
        return new Form<>(
                "a list, each " + item.description(),
                value -> {
                    List<T> all = new ArrayList<>();
                    for (Yaml element : elements(value)) {
                        all.add(item.read(element));
                    }
                    return List.copyOf(all);
                });
    }

    private static List<Yaml> elements(Yaml value) {
        return switch (value) {
            case Yaml.Sequence sequence -> sequence.items();
            case Yaml.Mapping mapping -> List.of(mapping);
            case Yaml.Scalar scalar -> {
                List<Yaml> parts = new ArrayList<>();
                for (String part : scalar.text().split(",")) {
                    if (!part.isBlank()) {
                        parts.add(new Yaml.Scalar(scalar.place(), part.strip(), false));
                    }
                }
                yield parts;
            }
        };
    }

    private static Optional<Long> wholeNumber(String text) {
        return text.matches("\\d{1,10}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
    }

    /** A form that takes one value and nothing else. */
    static <T> Form<T> scalar(String description, Function<String, Optional<T>> parse) {
        return new Form<>(
                description,
                value -> {
                    Optional<T> parsed =
                            value instanceof Yaml.Scalar scalar && !scalar.empty()
                                    ? parse.apply(scalar.text())
                                    : Optional.empty();
                    return parsed.orElseThrow(() -> unfit(value, description));
                });
    }

    static InvalidValue unfit(Yaml value, String description) {
        return new InvalidValue(
                value.place(), "is " + value.kind(), "It must be " + description + ".");
    }
}
