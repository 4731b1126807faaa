package io.jackfield.protocol.sip;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Parameters of a URI or of a header, in the order received: {@code ;name=value;flag}.
 *
 * <p>Names compare without case (RFC 3261 §7.3.1). Values are unescaped and without their quotes;
 * the writer puts quotes and escapes back where the grammar asks for them.
 */
public record Parameters(List<Parameter> list) {
    public static final Parameters NONE = new Parameters(List.of());

    /**
     * One parameter; a flag has no value.
     *
     * @param quoted true to write the value with quotes even where it needs none: RFC 3840 §9 wants
     *     them around feature tags
     */
    public record Parameter(String name, Optional<String> value, boolean quoted) {
        public Parameter(String name, Optional<String> value) {
            this(name, value, false);
        }
    }

    public Parameters {
        list = List.copyOf(list);
    }

    /** The value of the first parameter of that name; empty when it is absent or a flag. */
    public Optional<String> value(String name) {
        return find(name).flatMap(Parameter::value);
    }

    /** True when a parameter of that name is there, with or without a value. */
    public boolean has(String name) {
        return find(name).isPresent();
    }

    /** These with {@code name} set to {@code value}, in its old place or else at the end. */
    public Parameters with(String name, String value) {
        return replaced(new Parameter(name, Optional.of(value)));
    }

    /** These with the flag {@code name}, in its old place or else at the end. */
    public Parameters withFlag(String name) {
        return replaced(new Parameter(name, Optional.empty()));
    }

    /** These without any parameter of that name. */
    public Parameters without(String name) {
        return new Parameters(list.stream().filter(p -> !same(p, name)).toList());
    }

    private Parameters replaced(Parameter parameter) {
        List<Parameter> next = new ArrayList<>(list.size() + 1);
        boolean placed = false;
        for (Parameter old : list) {
            if (!same(old, parameter.name)) {
                next.add(old);
            } else if (!placed) {
                next.add(parameter);
                placed = true;
            }
        }
        if (!placed) {
            next.add(parameter);
        }
        return new Parameters(next);
    }

    private Optional<Parameter> find(String name) {
        return list.stream().filter(p -> same(p, name)).findFirst();
    }

    private static boolean same(Parameter parameter, String name) {
        return parameter.name.equalsIgnoreCase(name);
    }
}
