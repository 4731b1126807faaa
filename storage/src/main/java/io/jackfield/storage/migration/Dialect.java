package io.jackfield.storage.migration;

import java.util.Locale;

/** Whose SQL a database speaks, where it differs from the others'. */
public enum Dialect {
    SQLITE("", "TEXT"),
    POSTGRESQL("", "TEXT"),
    /** Names are told apart by case and trailing blanks, as in the other two. */
    MARIADB("ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin", "LONGTEXT");

    private final String tableOptions;
    private final String longText;

    Dialect(String tableOptions, String longText) {
        this.tableOptions = tableOptions;
        this.longText = longText;
    }

    /** As it stands in the names of scripts. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** A script's text with what it leaves open filled in. */
    String fill(String script) {
        return script.replace("${table}", tableOptions).replace("${longtext}", longText);
    }
}
