package io.jackfield.storage.site;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One table of the site.
 *
 * @param keys how many of the columns, from the first, name a row
 */
public record SiteTable(String name, int keys, List<Column> columns) {

    /** How a column's values are kept. */
    public enum Kind {
        TEXT,
        NUMBER,
        FLAG,
        /** Sealed by {@link SecretSeal}; shown to nobody. */
        SECRET,
        /** YAML, in which there may be sealed values. */
        DOCUMENT
    }

    /** A column and what it holds. */
    public record Column(String name, Kind kind) {}

    public SiteTable {
        columns = List.copyOf(columns);
    }

    /** The columns that name a row. */
    public List<Column> keyColumns() {
        return columns.subList(0, keys);
    }

    public Optional<Column> column(String wanted) {
        return columns.stream().filter(c -> c.name().equals(wanted)).findFirst();
    }

    /** The row's name among those of its table: {@code 1001}, for two columns {@code 700/1001}. */
    public String keyOf(Map<String, String> values) {
        return keyColumns().stream()
                .map(column -> values.getOrDefault(column.name(), ""))
                .collect(Collectors.joining("/"));
    }
}
