package io.jackfield.server.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A YAML document in which every value still knows where it was written. */
sealed interface Yaml {
    Place place();

    /** What it is, in words for a message. */
    String kind();

    /**
     * @param entries in the order of the file
     */
    record Mapping(Place place, Map<String, Entry> entries) implements Yaml {
        public Mapping {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        @Override
        public String kind() {
            return "a group of keys";
        }
    }

    /**
     * @param keyPlace where the key stands, for messages about the key itself
     */
    record Entry(Place keyPlace, Yaml value) {}

    record Sequence(Place place, List<Yaml> items) implements Yaml {
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String kind() {
            return "a list";
        }
    }

    /**
     * @param text exactly as written, so that a password of {@code 0123} keeps its zero
     * @param empty nothing was written, or {@code null} or {@code ~}
     */
    record Scalar(Place place, String text, boolean empty) implements Yaml {
        @Override
        public String kind() {
            return empty ? "empty" : "'" + text + "'";
        }
    }
}
