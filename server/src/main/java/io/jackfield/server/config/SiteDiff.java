package io.jackfield.server.config;

import io.jackfield.storage.site.SiteEdit;
import io.jackfield.storage.site.SiteRows;
import io.jackfield.storage.site.SiteTable;
import io.jackfield.storage.site.SiteTables;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is different between two states of the site. Shows no secrets.
 *
 * @param lines in the order of the tables, then of the rows
 */
public record SiteDiff(List<Line> lines) {
    /** What became of a row. */
    public enum Kind {
        ADDED,
        CHANGED,
        REMOVED
    }

    /** One row that is not as it was. */
    public record Line(Kind kind, String table, String key, List<Value> values) {
        public Line {
            values = List.copyOf(values);
        }
    }

    /** One value that is not as it was, before and after; empty where there was, or is, none. */
    public record Value(String column, Optional<String> before, Optional<String> after) {}

    public SiteDiff {
        lines = List.copyOf(lines);
    }

    /** Between rows whose secrets are readable. */
    static SiteDiff between(SiteRows before, SiteRows after) {
        List<Line> lines = new ArrayList<>();
        for (SiteTable table : SiteTables.ALL) {
            Map<String, Map<String, String>> old = before.table(table);
            Map<String, Map<String, String>> next = after.table(table);
            old.forEach((key, row) -> {
                if (!next.containsKey(key)) {
                    lines.add(new Line(Kind.REMOVED, table.name(), key, List.of()));
                }
            });
            next.forEach((key, row) -> {
                Map<String, String> was = old.getOrDefault(key, Map.of());
                Kind kind = old.containsKey(key) ? Kind.CHANGED : Kind.ADDED;
                if (!row.equals(was)) {
                    lines.add(new Line(kind, table.name(), key, values(table, was, row)));
                }
            });
        }
        return new SiteDiff(lines);
    }

    private static List<Value> values(
            SiteTable table, Map<String, String> before, Map<String, String> after) {
        List<Value> values = new ArrayList<>();
        for (SiteTable.Column column : table.columns()) {
            Optional<String> old = Optional.ofNullable(before.get(column.name()));
            Optional<String> next = Optional.ofNullable(after.get(column.name()));
            if (!old.equals(next) && !table.keyColumns().contains(column)) {
                values.add(
                        new Value(
                                column.name(),
                                old.map(v -> SiteSecrets.masked(table, before, column, v)),
                                next.map(v -> SiteSecrets.masked(table, after, column, v))));
            }
        }
        return values;
    }

    /** The edits that make the one of the other; unchanged rows are not among them. */
    static List<SiteEdit> edits(SiteRows before, SiteRows after, SiteSecrets secrets) {
        List<SiteEdit> edits = new ArrayList<>();
        for (SiteTable table : SiteTables.ALL) {
            before.table(table)
                    .forEach((key, row) -> {
                        if (!after.table(table).containsKey(key)) {
                            edits.add(new SiteEdit.Remove(table, row));
                        }
                    });
            after.table(table)
                    .forEach((key, row) -> {
                        if (!row.equals(before.table(table).get(key))) {
                            edits.add(new SiteEdit.Put(table, secrets.seal(table, row)));
                        }
                    });
        }
        return edits;
    }

    public boolean isEmpty() {
        return lines.isEmpty();
    }

    /** {@code 2 added, 1 changed, 1 removed}. */
    public String summary() {
        Map<Kind, Long> counts = new LinkedHashMap<>();
        for (Kind kind : Kind.values()) {
            counts.put(kind, lines.stream().filter(l -> l.kind() == kind).count());
        }
        return counts.get(Kind.ADDED)
                + " added, "
                + counts.get(Kind.CHANGED)
                + " changed, "
                + counts.get(Kind.REMOVED)
                + " removed";
    }

    /** For people: one line a row, one a value. */
    public String text() {
        StringBuilder out = new StringBuilder();
        for (Line line : lines) {
            char mark =
                    switch (line.kind()) {
                        case ADDED -> '+';
                        case CHANGED -> '~';
                        case REMOVED -> '-';
                    };
            out.append(mark)
                    .append(' ')
                    .append(line.table())
                    .append(' ')
                    .append(line.key())
                    .append('\n');
            if (line.kind() == Kind.CHANGED) {
                line.values()
                        .forEach(v ->
                                out.append("    ")
                                        .append(v.column())
                                        .append(": ")
                                        .append(v.before().orElse("(none)"))
                                        .append(" -> ")
                                        .append(v.after().orElse("(none)"))
                                        .append('\n'));
            }
        }
        return out.toString();
    }
}
