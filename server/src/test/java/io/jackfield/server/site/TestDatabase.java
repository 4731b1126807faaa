package io.jackfield.server.site;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jackfield.storage.jdbc.Database;
import io.jackfield.storage.jdbc.ServerDatabase;
import io.jackfield.storage.jdbc.SqliteDatabase;
import io.jackfield.storage.migration.Dialect;
import io.jackfield.testkit.database.DatabaseServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * A database for tests, and another tool to change it with: psql, mariadb, or a connection of its
 * own where it is a file.
 */
interface TestDatabase extends AutoCloseable {
    Database database();

    /** Executes statements, in one transaction when there are several. */
    void execute(String sql) throws IOException, SQLException;

    @Override
    void close() throws IOException;

    /** The file of SQLite. */
    static TestDatabase sqlite(Path file) {
        SqliteDatabase database = new SqliteDatabase(file);
        return new TestDatabase() {
            @Override
            public Database database() {
                return database;
            }

            @Override
            public void execute(String sql) throws SQLException {
                try (Connection connection = database.openToWrite();
                        Statement statement = connection.createStatement()) {
                    statement.executeUpdate(sql);
                }
            }

            @Override
            public void close() {}
        };
    }

    /**
     * A true server; the test is skipped where it is not installed, and fails where all is
     * promised.
     */
    static TestDatabase server(DatabaseServer.Kind kind) {
        DatabaseServer server = installed(kind);
        Dialect dialect = Dialect.valueOf(kind.name());
        ServerDatabase database =
                new ServerDatabase(
                        dialect,
                        server.address(),
                        Optional.of(DatabaseServer.USER),
                        Optional.of(DatabaseServer.PASSWORD));
        return new TestDatabase() {
            @Override
            public Database database() {
                return database;
            }

            @Override
            public void execute(String sql) throws IOException {
                server.execute(sql);
            }

            @Override
            public void close() throws IOException {
                server.close();
            }
        };
    }

    static DatabaseServer installed(DatabaseServer.Kind kind) {
        Optional<DatabaseServer> server = DatabaseServer.start(kind);
        if (server.isEmpty() && "true".equals(System.getenv("CI"))) {
            fail("the package " + DatabaseServer.packageOf(kind) + " is not installed");
        }
        assumeTrue(
                server.isPresent(),
                "the package " + DatabaseServer.packageOf(kind) + " is not installed");
        return server.orElseThrow();
    }
}
