package io.jackfield.server.config;

import io.jackfield.storage.site.SiteRows;
import io.jackfield.storage.site.SiteTable;
import io.jackfield.storage.site.SiteTables;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Makes of rows the document that {@code site.yaml} would be, so that the same readers read both.
 * Every value's place is its table, row and column: {@code trunks[north].port}.
 */
final class RowsDocument {
    private static final Place SITE = Place.whole("site");

    /** {@code md5:sha256}, as the column ha1 has it within its seal. */
    private static final int MD5_LENGTH = 32;

    private final SiteRows rows;
    private final Problems problems;

    private RowsDocument(SiteRows rows, Problems problems) {
        this.rows = rows;
        this.problems = problems;
    }

    /**
     * @param rows with their secrets opened
     */
    static Yaml.Mapping of(SiteRows rows, Problems problems) {
        return new RowsDocument(rows, problems).document();
    }

    private Yaml.Mapping document() {
        Map<String, Yaml.Entry> sections = new LinkedHashMap<>();
        for (String name : List.of("agents", "trunks", "routes", "numbers")) {
            sections.put(name, section(items(SiteTables.of(name))));
        }
        sections.put("queues", section(queues()));
        SiteTable others = SiteTables.of("site_sections");
        for (Map<String, String> row : rows.table(others).values()) {
            other(others, row, sections);
        }
        return new Yaml.Mapping(SITE, sections);
    }

    private static Yaml.Entry section(List<Yaml> items) {
        return new Yaml.Entry(SITE, new Yaml.Sequence(SITE, items));
    }

    private List<Yaml> items(SiteTable table) {
        List<Yaml> items = new ArrayList<>();
        rows.table(table)
                .values()
                .forEach(
                        row -> items.add(new Yaml.Mapping(place(table, row), entries(table, row))));
        return items;
    }

    private static Place place(SiteTable table, Map<String, String> row) {
        return Place.whole(table.name() + "[" + table.keyOf(row) + "]");
    }

    private Map<String, Yaml.Entry> entries(SiteTable table, Map<String, String> row) {
        Map<String, Yaml.Entry> entries = new LinkedHashMap<>();
        row.forEach((column, value) -> {
            Place place = Place.whole(SiteSecrets.place(table, row, column));
            if (column.equals(SiteTables.MORE)) {
                more(table, row, entries);
            } else if (column.equals("ha1")) {
                entries.put("ha1", new Yaml.Entry(place, hashes(place, value)));
            } else {
                entries.put(
                        SiteColumns.field(column),
                        new Yaml.Entry(place, new Yaml.Scalar(place, value, false)));
            }
        });
        return entries;
    }

    /** The keys without a column; one that has a column as well is told. */
    private void more(SiteTable table, Map<String, String> row, Map<String, Yaml.Entry> entries) {
        SiteTable.Column column = table.column(SiteTables.MORE).orElseThrow();
        Optional<Yaml> more =
                SiteSecrets.document(
                        table, row, column, row.getOrDefault(SiteTables.MORE, ""), problems);
        if (more.isEmpty()) {
            return;
        }
        if (!(more.get() instanceof Yaml.Mapping group)) {
            problems.add(
                    more.get().place(), "more is " + more.get().kind(), "Write a group: {key: …}.");
            return;
        }
        group.entries()
                .forEach((key, entry) -> {
                    if (entries.putIfAbsent(key, entry) != null) {
                        problems.add(
                                entry.keyPlace(),
                                key + " stands in more and in a column",
                                "Keep the column.");
                    }
                });
    }

    private static Yaml hashes(Place place, String value) {
        if (value.length() <= MD5_LENGTH || value.charAt(MD5_LENGTH) != ':') {
            return new Yaml.Scalar(place, "", false);
        }
        Map<String, Yaml.Entry> both = new LinkedHashMap<>();
        both.put("md5", hash(place, value.substring(0, MD5_LENGTH)));
        both.put("sha256", hash(place, value.substring(MD5_LENGTH + 1)));
        return new Yaml.Mapping(place, both);
    }

    private static Yaml.Entry hash(Place place, String digits) {
        return new Yaml.Entry(place, new Yaml.Scalar(place, digits, false));
    }

    // ---- queues and their members

    private List<Yaml> queues() {
        Map<String, List<Yaml>> members = members();
        SiteTable table = SiteTables.of("queues");
        List<Yaml> queues = new ArrayList<>();
        for (Map<String, String> row : rows.table(table).values()) {
            Place place = place(table, row);
            Map<String, Yaml.Entry> entries = entries(table, row);
            List<Yaml> own = members.getOrDefault(table.keyOf(row), List.of());
            entries.put(
                    "members",
                    new Yaml.Entry(
                            own.isEmpty() ? place : own.getFirst().place(),
                            new Yaml.Sequence(place, own)));
            queues.add(new Yaml.Mapping(place, entries));
        }
        return queues;
    }

    /** By queue, in the order of place; a member of no queue is told. */
    private Map<String, List<Yaml>> members() {
        SiteTable table = SiteTables.of("queue_members");
        SiteTable queues = SiteTables.of("queues");
        Map<String, TreeMap<Long, List<Yaml>>> ordered = new LinkedHashMap<>();
        for (Map<String, String> row : rows.table(table).values()) {
            String queue = row.getOrDefault("queue", "");
            if (!rows.table(queues).containsKey(queue)) {
                problems.add(
                        place(table, row),
                        "there is no queue " + queue,
                        Nearest.to(queue, rows.table(queues).keySet())
                                .map(near -> "Did you mean " + near + "?")
                                .orElse("Add it to the table queues, or remove the row."));
            }
            long order = order(table, row);
            ordered.computeIfAbsent(queue, _ -> new TreeMap<>())
                    .computeIfAbsent(order, _ -> new ArrayList<>())
                    .add(member(table, row));
        }
        Map<String, List<Yaml>> members = new LinkedHashMap<>();
        ordered.forEach((queue, byPlace) ->
                members.put(queue, byPlace.values().stream().flatMap(List::stream).toList()));
        return members;
    }

    /** SQLite keeps words in columns for numbers, too. */
    private long order(SiteTable table, Map<String, String> row) {
        String text = row.getOrDefault("place", "0");
        if (text.matches("-?\\d{1,18}")) {
            return Long.parseLong(text);
        }
        problems.add(
                Place.whole(SiteSecrets.place(table, row, "place")),
                "place is '" + text + "'",
                "Write a whole number.");
        return 0;
    }

    private Yaml member(SiteTable table, Map<String, String> row) {
        Place place = place(table, row);
        if (!row.containsKey(SiteTables.MORE)) {
            return new Yaml.Scalar(place, row.getOrDefault("agent", ""), false);
        }
        Map<String, Yaml.Entry> entries = entries(table, row);
        entries.remove("queue");
        entries.remove("place");
        return new Yaml.Mapping(place, entries);
    }

    // ---- everything else

    private void other(SiteTable table, Map<String, String> row, Map<String, Yaml.Entry> sections) {
        String name = table.keyOf(row);
        Place place = place(table, row);
        if (sections.containsKey(name)) {
            problems.add(
                    place, name + " has a table of its own", "Remove this row from site_sections.");
            return;
        }
        SiteTable.Column body = table.column("body").orElseThrow();
        SiteSecrets.document(table, row, body, row.getOrDefault("body", "null"), problems)
                .ifPresent(value -> sections.put(name, new Yaml.Entry(place, value)));
    }
}
