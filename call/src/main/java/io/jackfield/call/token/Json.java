package io.jackfield.call.token;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A JSON value (RFC 8259), as tokens and key sets hold it. */
sealed interface Json {
    record Text(String value) implements Json {}

    /**
     * @param text as written: nothing is computed from it that could grow
     */
    record Numeral(String text) implements Json {}

    record Flag(boolean value) implements Json {}

    record Nothing() implements Json {}

    record Items(List<Json> values) implements Json {
        public Items {
            values = List.copyOf(values);
        }
    }

    record Members(Map<String, Json> values) implements Json {
        public Members {
            values = Map.copyOf(values);
        }

        Optional<Json> get(String name) {
            return Optional.ofNullable(values.get(name));
        }

        boolean has(String name) {
            return values.containsKey(name);
        }

        /** The member when it is text. */
        Optional<String> text(String name) {
            return get(name)
                    .flatMap(v ->
                            v instanceof Text(var text) ? Optional.of(text) : Optional.empty());
        }
    }
}
