package io.jackfield.server.config;

import java.util.StringJoiner;

/** Writes values as JSON, which is YAML as well, so that they are read back as they were. */
final class YamlText {
    private YamlText() {}

    static String write(Yaml value) {
        return switch (value) {
            case Yaml.Scalar scalar -> scalar.empty() ? "null" : quoted(scalar.text());
            case Yaml.Sequence list -> {
                StringJoiner items = new StringJoiner(", ", "[", "]");
                list.items().forEach(item -> items.add(write(item)));
                yield items.toString();
            }
            case Yaml.Mapping group -> {
                StringJoiner entries = new StringJoiner(", ", "{", "}");
                group.entries()
                        .forEach((key, entry) ->
                                entries.add(quoted(key) + ": " + write(entry.value())));
                yield entries.toString();
            }
        };
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ' || c == 0x7f || c == 0x85 || c == 0x2028 || c == 0x2029) {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        return out.append('"').toString();
    }
}
