package io.jackfield.storage.site;

import java.util.Map;

/** One change of one row. */
public sealed interface SiteEdit {
    SiteTable table();

    /** The row is to be so: it is added, or changed when its key is there already. */
    record Put(SiteTable table, Map<String, String> row) implements SiteEdit {
        @Override
        public String toString() {
            return "Put[" + table.name() + " " + table.keyOf(row) + "]";
        }
    }

    /** The row of this key is to go. */
    record Remove(SiteTable table, Map<String, String> row) implements SiteEdit {
        @Override
        public String toString() {
            return "Remove[" + table.name() + " " + table.keyOf(row) + "]";
        }
    }
}
