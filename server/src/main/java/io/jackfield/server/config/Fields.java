package io.jackfield.server.config;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Reads one group of keys, as an item of a list is one; what is left unread is unknown.
 *
 * <p>Single-threaded: read every field, then {@link #finish}.
 */
final class Fields {
    private final String name;
    private final Yaml.Mapping mapping;
    private final Problems problems;
    private final Set<String> known = new LinkedHashSet<>();

    /**
     * @param name what the group is, for messages: {@code agents[3]}
     */
    Fields(String name, Yaml.Mapping mapping, Problems problems) {
        this.name = name;
        this.mapping = mapping;
        this.problems = problems;
    }

    Place place() {
        return mapping.place();
    }

    /** Where that field was written, else the group. */
    Place placeOf(String field) {
        Yaml.Entry entry = mapping.entries().get(field);
        return entry == null ? mapping.place() : entry.value().place();
    }

    boolean has(String field) {
        return raw(field).isPresent();
    }

    /** The field's raw value, for fields that are groups or lists themselves. */
    Optional<Yaml> raw(String field) {
        known.add(field);
        return Optional.ofNullable(mapping.entries().get(field))
                .map(Yaml.Entry::value)
                .filter(value -> !isEmpty(value));
    }

    /**
     * The keys of a field that is a group; empty when there is none, and told when it is something
     * else.
     *
     * @param remedy what to write instead
     */
    Optional<Yaml.Mapping> group(String field, String remedy) {
        Optional<Yaml> value = raw(field);
        if (value.isPresent() && value.get() instanceof Yaml.Mapping mapping) {
            return Optional.of(mapping);
        }
        value.ifPresent(v -> problem(v.place(), field + " is " + v.kind(), remedy));
        return Optional.empty();
    }

    <T> Optional<T> optional(String field, Form<T> form) {
        Optional<Yaml> value = raw(field);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(form.read(value.get()));
        } catch (InvalidValue invalid) {
            problems.add(invalid, name + "." + field);
            return Optional.empty();
        }
    }

    /** Empty, and the problem told, when the field is missing or unusable. */
    <T> Optional<T> required(String field, Form<T> form) {
        if (!has(field)) {
            problem(mapping.place(), field + " is missing", "Give it " + form.description() + ".");
            return Optional.empty();
        }
        return optional(field, form);
    }

    void problem(Place at, String what, String remedy) {
        problems.add(at, name + ": " + what, remedy);
    }

    /** Tells of every field that nobody asked for. */
    void finish() {
        mapping.entries()
                .forEach((field, entry) -> {
                    if (!known.contains(field)) {
                        String remedy =
                                Nearest.to(field, known)
                                        .map(near -> "Did you mean " + near + "?")
                                        .orElse("Known are: " + String.join(", ", known) + ".");
                        problem(entry.keyPlace(), field + " is not known", remedy);
                    }
                });
    }

    private static boolean isEmpty(Yaml value) {
        return value instanceof Yaml.Scalar scalar && scalar.empty();
    }
}
