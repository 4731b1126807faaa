package io.jackfield.storage.jdbc;

import io.jackfield.storage.file.PrivateFiles;
import io.jackfield.storage.migration.Dialect;
import io.jackfield.storage.migration.Migrations;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import org.sqlite.JDBC;

/**
 * The SQLite file.
 *
 * <p>Thread-safety: any thread may open connections; each is used by the platform thread that
 * opened it, since SQLite's native code would hold a virtual thread's carrier.
 */
public final class SqliteDatabase implements Database {
    private static final List<String> PRAGMAS =
            List.of(
                    // readers and the one writer do not wait for each other
                    "PRAGMA journal_mode = WAL",
                    // a row that is told to be stored is stored, whatever the power does
                    "PRAGMA synchronous = FULL",
                    "PRAGMA busy_timeout = 5000");

    private final Path file;

    public SqliteDatabase(Path file) {
        this.file = file;
    }

    @Override
    public Dialect dialect() {
        return Dialect.SQLITE;
    }

    @Override
    public String name() {
        return file.toString();
    }

    @Override
    public Connection openToWrite() throws SQLException {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                PrivateFiles.createFolder(folder);
            }
            PrivateFiles.createFile(file);
        } catch (IOException refused) {
            throw new SQLException("the file cannot be made: " + refused, refused);
        }
        Properties properties = new Properties();
        // who means to write waits for its turn at the start, and not half way through
        properties.setProperty("transaction_mode", "IMMEDIATE");
        Connection connection = open(properties);
        try {
            for (String pragma : PRAGMAS) {
                execute(connection, pragma);
            }
            new Migrations(Dialect.SQLITE).apply(connection);
            return connection;
        } catch (SQLException unusable) {
            connection.close();
            throw unusable;
        }
    }

    @Override
    public Connection openToRead() throws SQLException {
        Connection connection = open(new Properties());
        execute(connection, "PRAGMA query_only = ON");
        execute(connection, "PRAGMA busy_timeout = 5000");
        return connection;
    }

    private Connection open(Properties properties) throws SQLException {
        // not by DriverManager, which would load the drivers of databases that are not used
        return JDBC.createConnection("jdbc:sqlite:" + file, properties);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
