package io.jackfield.storage.site;

import io.jackfield.storage.site.SiteTable.Column;
import io.jackfield.storage.site.SiteTable.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;

/** The tables of the site, as the migrations make them. */
public final class SiteTables {
    /** Holds, as YAML, what has no column of its own. */
    public static final String MORE = "more";

    /** In the order in which they are shown. */
    public static final List<SiteTable> ALL =
            List.of(
                    table(
                            "agents",
                            1,
                            "name",
                            "display_name",
                            "ha1:secret",
                            "codec_policy",
                            "recording",
                            "consent",
                            "more:document"),
                    table(
                            "trunks",
                            1,
                            "name",
                            "host",
                            "port:number",
                            "transport",
                            "codecs",
                            "username",
                            "password:secret",
                            "register:flag",
                            "register_every",
                            "caller_id",
                            "ping",
                            "match_from",
                            "latch:flag",
                            "codec_policy",
                            "recording",
                            "consent",
                            "more:document"),
                    table(
                            "routes",
                            1,
                            "pattern",
                            "agent",
                            "queue",
                            "trunks",
                            "strip:number",
                            "prepend",
                            "caller_id",
                            "token",
                            "campaigns",
                            "recording",
                            "consent",
                            "more:document"),
                    table(
                            "numbers",
                            1,
                            "pattern",
                            "agent",
                            "queue",
                            "recording",
                            "consent",
                            "more:document"),
                    table("queues", 1, "number", "recording", "consent", "more:document"),
                    table("queue_members", 2, "queue", "agent", "place:number", "more:document"),
                    table("site_sections", 1, "section", "body:document"));

    private SiteTables() {}

    /** The table of that name. */
    public static SiteTable of(String name) {
        return ALL.stream()
                .filter(table -> table.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException(name));
    }

    private static SiteTable table(String name, int keys, String... columns) {
        List<Column> all = new ArrayList<>();
        for (String column : columns) {
            List<String> parts = Arrays.asList(column.split(":"));
            Kind kind =
                    parts.size() == 1
                            ? Kind.TEXT
                            : Kind.valueOf(parts.get(1).toUpperCase(java.util.Locale.ROOT));
            all.add(new Column(parts.getFirst(), kind));
        }
        return new SiteTable(name, keys, all);
    }
}
