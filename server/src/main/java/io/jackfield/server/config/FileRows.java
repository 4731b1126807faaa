package io.jackfield.server.config;

import io.jackfield.call.routing.Credential;
import io.jackfield.call.routing.Site;
import io.jackfield.storage.site.SiteRows;
import io.jackfield.storage.site.SiteTable;
import io.jackfield.storage.site.SiteTables;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes of a document that has been found valid the rows that say the same, secrets readable:
 * ranges of agents become one row each, passwords become hashes.
 */
final class FileRows {
    private static final Set<String> LISTS =
            Set.of("agents", "trunks", "routes", "numbers", "queues");

    /** Keys of an agent that the rows say otherwise. */
    private static final Set<String> OF_THE_FILE = Set.of("password", "ha1", "range", "name");

    private final Site site;
    private final Map<String, List<Map<String, String>>> rows = new LinkedHashMap<>();

    private FileRows(Site site) {
        this.site = site;
        SiteTables.ALL.forEach(table -> rows.put(table.name(), new ArrayList<>()));
    }

    /**
     * @param site what the document was read as
     */
    static SiteRows of(Yaml.Mapping document, Site site) {
        FileRows all = new FileRows(site);
        document.entries().forEach((name, entry) -> all.section(name, entry.value()));
        return SiteRows.of(all.rows);
    }

    private void section(String name, Yaml value) {
        if (!LISTS.contains(name)) {
            if (!isEmpty(value)) {
                add("site_sections", Map.of("section", name, "body", YamlText.write(value)));
            }
            return;
        }
        if (value instanceof Yaml.Sequence list) {
            for (Yaml item : list.items()) {
                if (item instanceof Yaml.Mapping group) {
                    item(name, group);
                }
            }
        }
    }

    private void item(String section, Yaml.Mapping item) {
        switch (section) {
            case "agents" -> agents(item);
            case "queues" -> queue(item);
            default -> add(section, row(SiteTables.of(section), item, Set.of()));
        }
    }

    private void add(String table, Map<String, String> row) {
        rows.getOrDefault(table, new ArrayList<>()).add(row);
    }

    // ---- agents

    private void agents(Yaml.Mapping item) {
        Optional<String> range = text(item, "range");
        List<String> names =
                range.isPresent()
                        ? AgentReader.expand(range.get()).orElse(List.of())
                        : text(item, "name").map(List::of).orElse(List.of());
        SiteTable table = SiteTables.of("agents");
        for (String name : names) {
            Map<String, String> row = row(table, item, OF_THE_FILE);
            if (range.isPresent()) {
                row.computeIfPresent("display_name", (_, d) -> AgentReader.fill(d, name));
            }
            row.put("name", name);
            site.agent(name).ifPresent(a -> row.put("ha1", hashes(a.credential())));
            add("agents", row);
        }
    }

    /** As the column ha1 holds them within its seal. */
    static String hashes(Credential credential) {
        return credential.md5() + ":" + credential.sha256();
    }

    // ---- queues

    private void queue(Yaml.Mapping item) {
        Map<String, String> row = row(SiteTables.of("queues"), item, Set.of("members"));
        add("queues", row);
        String queue = row.getOrDefault("number", "");
        int place = 1;
        for (Yaml member : members(item)) {
            add("queue_members", member(queue, place++, member));
        }
    }

    private static List<Yaml> members(Yaml.Mapping item) {
        Yaml.Entry entry = item.entries().get("members");
        if (entry == null) {
            return List.of();
        }
        return switch (entry.value()) {
            case Yaml.Sequence list -> list.items();
            case Yaml.Mapping one -> List.of(one);
            case Yaml.Scalar line -> {
                List<Yaml> names = new ArrayList<>();
                for (String name : line.text().split(",")) {
                    if (!name.isBlank()) {
                        names.add(new Yaml.Scalar(line.place(), name.strip(), false));
                    }
                }
                yield names;
            }
        };
    }

    private static Map<String, String> member(String queue, int place, Yaml member) {
        Map<String, String> row = new LinkedHashMap<>();
        switch (member) {
            case Yaml.Scalar name -> row.put("agent", name.text());
            case Yaml.Mapping group ->
                    row.putAll(row(SiteTables.of("queue_members"), group, Set.of()));
            case Yaml.Sequence _ -> {}
        }
        row.put("queue", queue);
        row.put("place", Integer.toString(place));
        return row;
    }

    // ---- one item

    /** The item's columns; what has none goes into the column more. */
    private static Map<String, String> row(SiteTable table, Yaml.Mapping item, Set<String> not) {
        Map<String, String> row = new LinkedHashMap<>();
        Map<String, Yaml.Entry> more = new LinkedHashMap<>();
        item.entries()
                .forEach((field, entry) -> {
                    if (!not.contains(field) && !isEmpty(entry.value())) {
                        Optional<SiteTable.Column> column = SiteColumns.column(table, field);
                        Optional<String> text = column.flatMap(c -> text(c, entry.value()));
                        if (text.isPresent()) {
                            row.put(column.get().name(), text.get());
                        } else {
                            more.put(field, entry);
                        }
                    }
                });
        if (!more.isEmpty()) {
            row.put(SiteTables.MORE, YamlText.write(new Yaml.Mapping(item.place(), more)));
        }
        return row;
    }

    /** As the column holds it; empty when it cannot. */
    private static Optional<String> text(SiteTable.Column column, Yaml value) {
        return switch (value) {
            case Yaml.Scalar scalar -> text(column, scalar.text());
            case Yaml.Sequence list -> commas(list);
            case Yaml.Mapping _ -> Optional.empty();
        };
    }

    private static Optional<String> text(SiteTable.Column column, String text) {
        return switch (column.kind()) {
            case TEXT, SECRET -> Optional.of(text);
            case NUMBER -> Optional.of(text).filter(t -> t.matches("\\d{1,18}"));
            case FLAG ->
                    Optional.of(text.toLowerCase(Locale.ROOT))
                            .filter(t -> t.equals("true") || t.equals("false"));
            case DOCUMENT -> Optional.empty();
        };
    }

    private static Optional<String> commas(Yaml.Sequence list) {
        List<String> texts = new ArrayList<>();
        for (Yaml item : list.items()) {
            if (!(item instanceof Yaml.Scalar scalar)
                    || scalar.empty()
                    || scalar.text().isBlank()
                    || scalar.text().contains(",")
                    || !scalar.text().equals(scalar.text().strip())) {
                return Optional.empty();
            }
            texts.add(scalar.text());
        }
        return Optional.of(String.join(", ", texts));
    }

    private static Optional<String> text(Yaml.Mapping item, String field) {
        Yaml.Entry entry = item.entries().get(field);
        return entry != null && entry.value() instanceof Yaml.Scalar scalar && !scalar.empty()
                ? Optional.of(scalar.text())
                : Optional.empty();
    }

    private static boolean isEmpty(Yaml value) {
        return value instanceof Yaml.Scalar scalar && scalar.empty();
    }
}
