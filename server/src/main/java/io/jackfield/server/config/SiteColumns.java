package io.jackfield.server.config;

import io.jackfield.storage.site.SiteTable;
import java.util.Locale;
import java.util.Optional;

/** Which column holds which key of {@code site.yaml}: {@code displayName} is display_name. */
final class SiteColumns {
    private SiteColumns() {}

    /** The key that a column holds. */
    static String field(String column) {
        if (column.equals("match_from")) {
            // MATCH is a word of SQL's own
            return "match";
        }
        StringBuilder field = new StringBuilder(column.length());
        boolean upper = false;
        for (int i = 0; i < column.length(); i++) {
            char c = column.charAt(i);
            if (c == '_') {
                upper = true;
            } else {
                field.append(upper ? Character.toUpperCase(c) : c);
                upper = false;
            }
        }
        return field.toString();
    }

    /** The column that holds a key; empty when that table has none for it. */
    static Optional<SiteTable.Column> column(SiteTable table, String field) {
        String name =
                field.equals("match")
                        ? "match_from"
                        : field.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
        return table.column(name).filter(_ -> field(name).equals(field));
    }
}
