package io.jackfield.server.config;

import io.jackfield.storage.site.SecretSeal;
import io.jackfield.storage.site.SiteRows;
import io.jackfield.storage.site.SiteTable;
import io.jackfield.storage.site.SiteTables;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Seals and opens the secrets in the rows of a site: whole columns, and keys within YAML. */
final class SiteSecrets {
    /** Keys whose values are secret wherever they stand. */
    private static final Set<String> SECRET_KEYS = Set.of("password", "secret");

    private static final String HIDDEN = "•••";

    private final String realm;
    private final SecretSeal seal;

    /**
     * @param realm that hashes of passwords are made for; a value sealed for another does not open
     */
    SiteSecrets(String realm, SecretSeal seal) {
        this.realm = realm;
        this.seal = seal;
    }

    /** The place of a value, for messages. */
    static String place(SiteTable table, Map<String, String> row, String column) {
        return table.name() + "[" + table.keyOf(row) + "]." + column;
    }

    /**
     * These rows with every secret readable.
     *
     * @param problems told of what is not sealed, or by another key; its value stays as it is
     */
    SiteRows open(SiteRows rows, Problems problems) {
        return map(
                rows,
                (table, row, column, value) ->
                        switch (column.kind()) {
                            case TEXT, NUMBER, FLAG -> value;
                            case SECRET ->
                                    opened(
                                            Place.whole(place(table, row, column.name())),
                                            purpose(table, row, column),
                                            value,
                                            problems);
                            case DOCUMENT ->
                                    document(table, row, column, value, problems)
                                            .map(yaml ->
                                                    YamlText.write(
                                                            opened(
                                                                    yaml,
                                                                    false,
                                                                    purpose(table, row, column),
                                                                    problems)))
                                            .orElse(value);
                        });
    }

    /** One row as it goes into its table. */
    Map<String, String> seal(SiteTable table, Map<String, String> clear) {
        Map<String, String> sealed = new LinkedHashMap<>();
        clear.forEach((name, value) -> {
            SiteTable.Column column = table.column(name).orElseThrow();
            String purpose = purpose(table, clear, column);
            sealed.put(
                    name,
                    switch (column.kind()) {
                        case TEXT, NUMBER, FLAG -> value;
                        case SECRET -> seal.seal(purpose, value);
                        case DOCUMENT ->
                                eachSecret(table, clear, column, value, s -> seal.seal(purpose, s));
                    });
        });
        return sealed;
    }

    /** A value as it may be shown. */
    static String masked(
            SiteTable table, Map<String, String> row, SiteTable.Column column, String value) {
        return switch (column.kind()) {
            case TEXT, NUMBER, FLAG -> value;
            case SECRET -> HIDDEN;
            case DOCUMENT -> eachSecret(table, row, column, value, _ -> HIDDEN);
        };
    }

    /** The YAML of such a column; empty, and the problem told, when it is none. */
    static Optional<Yaml> document(
            SiteTable table,
            Map<String, String> row,
            SiteTable.Column column,
            String text,
            Problems problems) {
        return YamlReader.readValue(place(table, row, column.name()), text, problems);
    }

    private static String eachSecret(
            SiteTable table,
            Map<String, String> row,
            SiteTable.Column column,
            String text,
            UnaryOperator<String> change) {
        return document(table, row, column, text, new Problems())
                .map(yaml -> YamlText.write(eachSecret(yaml, false, change)))
                .orElse(HIDDEN);
    }

    private static Yaml eachSecret(Yaml value, boolean secret, UnaryOperator<String> change) {
        return switch (value) {
            case Yaml.Scalar scalar ->
                    secret && !scalar.empty()
                            ? new Yaml.Scalar(scalar.place(), change.apply(scalar.text()), false)
                            : scalar;
            case Yaml.Sequence list ->
                    new Yaml.Sequence(
                            list.place(),
                            list.items().stream()
                                    .map(item -> eachSecret(item, secret, change))
                                    .toList());
            case Yaml.Mapping group -> {
                Map<String, Yaml.Entry> entries = new LinkedHashMap<>();
                group.entries()
                        .forEach((key, entry) ->
                                entries.put(
                                        key,
                                        new Yaml.Entry(
                                                entry.keyPlace(),
                                                eachSecret(
                                                        entry.value(),
                                                        secret || SECRET_KEYS.contains(key),
                                                        change))));
                yield new Yaml.Mapping(group.place(), entries);
            }
        };
    }

    private Yaml opened(Yaml value, boolean secret, String purpose, Problems problems) {
        return switch (value) {
            case Yaml.Scalar scalar ->
                    secret && !scalar.empty()
                            ? new Yaml.Scalar(
                                    scalar.place(),
                                    opened(scalar.place(), purpose, scalar.text(), problems),
                                    false)
                            : scalar;
            case Yaml.Sequence list ->
                    new Yaml.Sequence(
                            list.place(),
                            list.items().stream()
                                    .map(item -> opened(item, secret, purpose, problems))
                                    .toList());
            case Yaml.Mapping group -> {
                Map<String, Yaml.Entry> entries = new LinkedHashMap<>();
                group.entries()
                        .forEach((key, entry) ->
                                entries.put(
                                        key,
                                        new Yaml.Entry(
                                                entry.keyPlace(),
                                                opened(
                                                        entry.value(),
                                                        secret || SECRET_KEYS.contains(key),
                                                        purpose,
                                                        problems))));
                yield new Yaml.Mapping(group.place(), entries);
            }
        };
    }

    private String opened(Place place, String purpose, String value, Problems problems) {
        if (!SecretSeal.isSealed(value)) {
            problems.add(
                    place,
                    "the value is not sealed",
                    "Passwords never stand in the database as they are: write them with"
                            + " 'jackfield apply', or take what 'jackfield seal' prints.");
            return value;
        }
        Optional<String> clear = seal.open(purpose, value);
        if (clear.isEmpty()) {
            problems.add(
                    place,
                    "the value does not open",
                    "It was sealed with another key, for another row, or for another realm than "
                            + realm
                            + ": set it anew with 'jackfield apply'.");
        }
        return clear.orElse(value);
    }

    /** What a sealed value is bound to. */
    private String purpose(SiteTable table, Map<String, String> row, SiteTable.Column column) {
        return place(table, row, column.name()) + "@" + realm;
    }

    private interface ValueChange {
        String apply(
                SiteTable table, Map<String, String> row, SiteTable.Column column, String value);
    }

    private static SiteRows map(SiteRows rows, ValueChange change) {
        Map<String, List<Map<String, String>>> all = new LinkedHashMap<>();
        for (SiteTable table : SiteTables.ALL) {
            List<Map<String, String>> changed = new ArrayList<>();
            for (Map<String, String> row : rows.table(table).values()) {
                Map<String, String> next = new LinkedHashMap<>();
                row.forEach((name, value) ->
                        next.put(
                                name,
                                change.apply(table, row, table.column(name).orElseThrow(), value)));
                changed.add(next);
            }
            all.put(table.name(), changed);
        }
        return SiteRows.of(all);
    }
}
