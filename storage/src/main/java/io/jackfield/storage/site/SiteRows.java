package io.jackfield.storage.site;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * All rows of the site at one moment. Immutable.
 *
 * <p>In each row a column that is NULL is missing. Rows are in the order of their keys, whatever a
 * database's idea of order is.
 */
public final class SiteRows {
    public static final SiteRows NONE = new SiteRows(Map.of());

    private final Map<String, Map<String, Map<String, String>>> tables;

    private SiteRows(Map<String, Map<String, Map<String, String>>> tables) {
        this.tables = tables;
    }

    /**
     * @param rows by table; each row's values by column
     */
    public static SiteRows of(Map<String, List<Map<String, String>>> rows) {
        Map<String, Map<String, Map<String, String>>> tables = new LinkedHashMap<>();
        for (SiteTable table : SiteTables.ALL) {
            Map<String, Map<String, String>> byKey = new TreeMap<>();
            for (Map<String, String> row : rows.getOrDefault(table.name(), List.of())) {
                byKey.put(table.keyOf(row), ordered(table, row));
            }
            tables.put(table.name(), Collections.unmodifiableMap(byKey));
        }
        return new SiteRows(tables);
    }

    private static Map<String, String> ordered(SiteTable table, Map<String, String> row) {
        SequencedMap<String, String> values = new LinkedHashMap<>();
        for (SiteTable.Column column : table.columns()) {
            String value = row.get(column.name());
            if (value != null) {
                values.put(column.name(), value);
            }
        }
        return Collections.unmodifiableMap(values);
    }

    /** The rows of a table, by key. */
    public Map<String, Map<String, String>> table(SiteTable table) {
        return tables.getOrDefault(table.name(), Map.of());
    }

    public boolean isEmpty() {
        return tables.values().stream().allMatch(Map::isEmpty);
    }

    /** What these are after some edits. */
    public SiteRows with(List<SiteEdit> edits) {
        Map<String, List<Map<String, String>>> next = new LinkedHashMap<>();
        for (SiteTable table : SiteTables.ALL) {
            Map<String, Map<String, String>> rows = new LinkedHashMap<>(table(table));
            for (SiteEdit edit : edits) {
                if (edit.table().equals(table)) {
                    switch (edit) {
                        case SiteEdit.Put(_, var row) -> rows.put(table.keyOf(row), row);
                        case SiteEdit.Remove(_, var row) -> rows.remove(table.keyOf(row));
                    }
                }
            }
            next.put(table.name(), new ArrayList<>(rows.values()));
        }
        return of(next);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SiteRows rows && tables.equals(rows.tables);
    }

    @Override
    public int hashCode() {
        return tables.hashCode();
    }

    /** Without the rows: there are secrets in them, sealed or not. */
    @Override
    public String toString() {
        return "SiteRows" + tables.keySet();
    }
}
