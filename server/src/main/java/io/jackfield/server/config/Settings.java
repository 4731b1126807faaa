package io.jackfield.server.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Everything that was set, by key: the environment first, then the file.
 *
 * <p>What is set but known to no key is a problem that names the nearest key.
 */
final class Settings {
    static final String VARIABLE_PREFIX = "JACKFIELD_";

    /** Read elsewhere: by the start script, by tests. */
    private static final Set<String> OTHER_VARIABLES =
            Set.of("JACKFIELD_CONFIG", "JACKFIELD_JAVA_OPTIONS", "JACKFIELD_SHARED");

    /** Container orchestrators add these for a service named "jackfield"; nobody wrote them. */
    private static final Pattern INJECTED =
            Pattern.compile("JACKFIELD_(SERVICE_(HOST|PORT.*)|PORT|PORT_\\d+_(TCP|UDP).*|NAME)");

    private final Problems problems;
    private final Map<String, Yaml> values = new HashMap<>();
    private final Place place;

    Settings(
            Yaml.Mapping file,
            Map<String, String> environment,
            List<Key<?>> keys,
            Problems problems) {
        this.problems = problems;
        this.place = file.place();
        Map<String, Key<?>> byPath = new HashMap<>();
        keys.forEach(key -> byPath.put(key.path(), key));
        walk("", file, byPath);
        environment(environment, keys);
    }

    /** What was set for that key; empty when nothing was, or when it could not be read. */
    <T> Optional<T> get(Key<T> key) {
        Yaml value = values.get(key.path());
        if (value == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(key.form().read(value));
        } catch (InvalidValue invalid) {
            problems.add(invalid, key.path());
            return Optional.empty();
        }
    }

    /** True when something was written for that key, usable or not. */
    boolean has(Key<?> key) {
        return values.containsKey(key.path());
    }

    /** Where that key was written, else the file as a whole. */
    Place placeOf(Key<?> key) {
        Yaml value = values.get(key.path());
        return value == null ? place : value.place();
    }

    private void walk(String prefix, Yaml.Mapping mapping, Map<String, Key<?>> byPath) {
        mapping.entries()
                .forEach((name, entry) -> {
                    String path = prefix + name;
                    if (byPath.containsKey(path)) {
                        put(path, entry.value());
                    } else if (isGroup(path, byPath.keySet())) {
                        walkGroup(path, entry.value(), byPath);
                    } else {
                        unknown(entry.keyPlace(), path, byPath.keySet());
                    }
                });
    }

    private void put(String path, Yaml value) {
        boolean nothing = value instanceof Yaml.Scalar scalar && scalar.empty();
        if (!nothing) {
            values.put(path, value);
        }
    }

    private void walkGroup(String path, Yaml value, Map<String, Key<?>> byPath) {
        switch (value) {
            case Yaml.Mapping group -> walk(path + ".", group, byPath);
            case Yaml.Scalar nothing when nothing.empty() -> {}
            case Yaml.Scalar _, Yaml.Sequence _ ->
                    problems.add(
                            value.place(),
                            path + " is " + value.kind(),
                            "It must be a group of keys: "
                                    + String.join(", ", namesUnder(path, byPath.keySet()))
                                    + ".");
        }
    }

    private static boolean isGroup(String path, Set<String> paths) {
        return paths.stream().anyMatch(known -> known.startsWith(path + "."));
    }

    private static Set<String> namesUnder(String path, Set<String> paths) {
        Set<String> names = new TreeSet<>();
        paths.stream()
                .filter(known -> known.startsWith(path + "."))
                .forEach(known -> names.add(known.substring(path.length() + 1)));
        return names;
    }

    private void unknown(Place at, String path, Set<String> known) {
        problems.add(at, path + " is not known", remedy(path, known));
    }

    /** The nearest of all keys, and of the groups' names. */
    private static String remedy(String path, Set<String> known) {
        Set<String> words = new TreeSet<>(known);
        known.stream()
                .filter(k -> k.contains("."))
                .forEach(k -> words.add(k.substring(0, k.lastIndexOf('.'))));
        return Nearest.to(path, words)
                .or(() -> sameLastName(path, known))
                .map(near -> "Did you mean " + near + "?")
                .orElse("Known are: " + String.join(", ", new TreeSet<>(known)) + ".");
    }

    /** A key that was put into the wrong group. */
    private static Optional<String> sameLastName(String path, Set<String> known) {
        String name = path.substring(path.lastIndexOf('.') + 1);
        return known.stream()
                .filter(k -> k.equals(name) || k.endsWith("." + name))
                .sorted()
                .findFirst();
    }

    private void environment(Map<String, String> environment, List<Key<?>> keys) {
        Map<String, Key<?>> byVariable = new HashMap<>();
        keys.forEach(key -> byVariable.put(key.variable(), key));
        environment.forEach((name, text) -> {
            Key<?> key = byVariable.get(name);
            if (key != null) {
                fromVariable(key, text);
            } else if (isUnknownVariable(name)) {
                problems.add(
                        Place.whole("environment"),
                        name + " is not known",
                        remedy(name, byVariable.keySet()));
            }
        });
    }

    private static boolean isUnknownVariable(String name) {
        return name.startsWith(VARIABLE_PREFIX)
                && !OTHER_VARIABLES.contains(name)
                && !INJECTED.matcher(name).matches();
    }

    /** Lists and groups are written as YAML in brackets; everything else is taken as it stands. */
    private void fromVariable(Key<?> key, String text) {
        String source = "environment " + key.variable();
        if (text.isBlank()) {
            return;
        }
        if (text.startsWith("[") || text.startsWith("{")) {
            YamlReader.readValue(source, text, problems).ifPresent(v -> put(key.path(), v));
        } else {
            put(key.path(), new Yaml.Scalar(Place.whole(source), text, false));
        }
    }
}
