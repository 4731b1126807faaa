package io.jackfield.storage.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Schema migrations")
class MigrationsTest {
    private Connection connection;

    @BeforeEach
    void open() throws SQLException {
        connection = DriverManager.getConnection("jdbc:sqlite::memory:");
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    @DisplayName("bring an empty database to the newest version, and do nothing the second time")
    void bringUpToDate() throws SQLException {
        new Migrations(Dialect.SQLITE).apply(connection);
        new Migrations(Dialect.SQLITE).apply(connection);

        assertThat(Migrations.version(connection)).isEqualTo(5);
        assertThat(tables()).contains("cdr");
    }

    @Test
    @DisplayName("keep the records of a database that knew nothing of recordings")
    void keepRecords() throws SQLException {
        new Migrations(Dialect.SQLITE, List.of("V1__cdr.sql")).apply(connection);
        execute(
                "INSERT INTO cdr (id, direction, caller, callee, legs, started_at, ring_ms, talk_ms,"
                        + " hangup_side, cause, sip_status) VALUES ('old', 'INTERNAL', '1001',"
                        + " '1002', 2, '2026-11-22T10:00:00.000Z', 5, 6, 'CALLER', 'bye', 200)");

        new Migrations(Dialect.SQLITE).apply(connection);

        try (ResultSet row =
                connection
                        .createStatement()
                        .executeQuery("SELECT id, talk_ms, recording FROM cdr")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getString("id")).isEqualTo("old");
            assertThat(row.getLong("talk_ms")).isEqualTo(6);
            assertThat(row.getString("recording")).isNull();
        }
    }

    private void execute(String statement) throws SQLException {
        connection.createStatement().execute(statement);
    }

    @Test
    @DisplayName("refuse a database that a newer program has changed")
    void refuseNewerSchemas() throws SQLException {
        new Migrations(Dialect.SQLITE).apply(connection);
        connection
                .createStatement()
                .execute("INSERT INTO schema_version VALUES (99, 'V99__future.sql', '')");

        assertThatThrownBy(() -> new Migrations(Dialect.SQLITE).apply(connection))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("schema version 99")
                .hasMessageContaining("start the newer program");
    }

    @Test
    @DisplayName("refuse a database that was made by another script")
    void refuseOtherScripts() throws SQLException {
        new Migrations(Dialect.SQLITE).apply(connection);
        connection.createStatement().execute("UPDATE schema_version SET checksum = 'other'");

        assertThatThrownBy(() -> new Migrations(Dialect.SQLITE).apply(connection))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("another script");
    }

    @Test
    @DisplayName("undo a script that fails half way, and say which one")
    void undoWhatFails() throws SQLException {
        assertThatThrownBy(() ->
                        new Migrations(Dialect.SQLITE, List.of("broken.sql")).apply(connection))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("broken.sql");

        assertThat(tables()).doesNotContain("half_way");
        assertThat(Migrations.version(connection)).isZero();
    }

    private List<String> tables() throws SQLException {
        java.util.ArrayList<String> names = new java.util.ArrayList<>();
        try (ResultSet rows =
                connection
                        .createStatement()
                        .executeQuery("SELECT name FROM sqlite_master WHERE type = 'table'")) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }
}
