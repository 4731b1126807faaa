package io.jackfield.storage.migration;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Brings a database to the newest schema: each script once, in order, each in a transaction (where
 * the database can undo a CREATE: MariaDB cannot). Of programs that start at once one does it.
 *
 * <p>The scripts are the same for all databases. Where one database needs other words, a script
 * with its name in it, as {@code V1__cdr.mariadb.sql}, stands in for the common one.
 *
 * <p>Refuses a database that a newer program has changed, and one whose scripts were other ones.
 */
public final class Migrations {
    /** In order; their place in this list plus one is their version. */
    private static final List<String> SCRIPTS =
            List.of(
                    "V1__cdr.sql",
                    "V2__recording.sql",
                    "V3__site.sql",
                    "V4__site_changes.sql",
                    "V5__quality.sql");

    /** Any number that is ours alone; held in PostgreSQL while the schema is looked at. */
    private static final long LOCK = 0x6a61636b_66696c64L;

    private static final int LOCK_SECONDS = 30;

    private final Dialect dialect;
    private final List<String> scripts;

    /** Those that the program carries. */
    public Migrations(Dialect dialect) {
        this(dialect, SCRIPTS);
    }

    /**
     * @param scripts names of resources beside this class
     */
    Migrations(Dialect dialect, List<String> scripts) {
        this.dialect = dialect;
        this.scripts = List.copyOf(scripts);
    }

    /**
     * Applies what is missing.
     *
     * @throws SQLException when a script fails, its changes rolled back, or the database is not
     *     ours to change; the message says which and why
     */
    public void apply(Connection connection) throws SQLException {
        lock(connection);
        try {
            bringUpToDate(connection);
        } finally {
            unlock(connection);
        }
    }

    private void bringUpToDate(Connection connection) throws SQLException {
        execute(
                connection,
                "CREATE TABLE IF NOT EXISTS schema_version (version INTEGER PRIMARY KEY,"
                        + " script TEXT NOT NULL, checksum TEXT NOT NULL)");
        int found = version(connection);
        if (found > scripts.size()) {
            throw new SQLException(
                    "the database has schema version "
                            + found
                            + ", this program knows "
                            + scripts.size()
                            + " at most; start the newer program");
        }
        for (int version = 1; version <= scripts.size(); version++) {
            String text = text(scripts.get(version - 1));
            Optional<String> applied = checksum(connection, version);
            if (applied.isEmpty()) {
                run(connection, version, text);
            } else if (!applied.get().equals(checksum(text))) {
                throw new SQLException(
                        "schema version " + version + " was made by another script than ours");
            }
        }
    }

    /** SQLite needs none: its write transactions come one after the other. */
    private void lock(Connection connection) throws SQLException {
        switch (dialect) {
            case SQLITE -> {}
            case POSTGRESQL -> execute(connection, "SELECT pg_advisory_lock(" + LOCK + ")");
            case MARIADB ->
                    execute(
                            connection,
                            "SELECT GET_LOCK('jackfield.schema', " + LOCK_SECONDS + ")");
        }
    }

    private void unlock(Connection connection) throws SQLException {
        switch (dialect) {
            case SQLITE -> {}
            case POSTGRESQL -> execute(connection, "SELECT pg_advisory_unlock(" + LOCK + ")");
            case MARIADB -> execute(connection, "SELECT RELEASE_LOCK('jackfield.schema')");
        }
    }

    private void run(Connection connection, int version, String text) throws SQLException {
        connection.setAutoCommit(false);
        try {
            if (checksum(connection, version).isPresent()) {
                // another program was faster, between our look and our transaction
                connection.rollback();
                return;
            }
            for (String statement : dialect.fill(text).split(";\\s*\\n")) {
                if (!statement.isBlank()) {
                    execute(connection, statement);
                }
            }
            record(connection, version, text);
            connection.commit();
        } catch (SQLException failed) {
            connection.rollback();
            throw new SQLException(
                    "script " + scripts.get(version - 1) + ": " + failed.getMessage(), failed);
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private void record(Connection connection, int version, String text) throws SQLException {
        String sql = "INSERT INTO schema_version (version, script, checksum) VALUES (?, ?, ?)";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setInt(1, version);
            insert.setString(2, scripts.get(version - 1));
            insert.setString(3, checksum(text));
            insert.executeUpdate();
        }
    }

    /** The version of that database; 0 for an empty one. */
    static int version(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "SELECT COALESCE(MAX(version), 0) FROM schema_version")) {
            return rows.next() ? rows.getInt(1) : 0;
        }
    }

    private static Optional<String> checksum(Connection connection, int version)
            throws SQLException {
        String sql = "SELECT checksum FROM schema_version WHERE version = ?";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setInt(1, version);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String text(String script) throws SQLException {
        String own = script.replace(".sql", "." + dialect.word() + ".sql");
        String chosen = Migrations.class.getResource(own) == null ? script : own;
        try (InputStream in = Migrations.class.getResourceAsStream(chosen)) {
            if (in == null) {
                throw new SQLException("script " + script + " is missing from the program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new SQLException("script " + script + " cannot be read", broken);
        }
    }

    private static String checksum(String text) {
        try {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
