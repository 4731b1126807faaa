package io.jackfield.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jackfield.storage.jdbc.SqliteDatabase;
import io.jackfield.storage.spool.CdrLine;
import io.jackfield.storage.spool.Spool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Call records")
class CdrStorageTest {
    @TempDir private Path data;
    private Path spoolFolder;
    private Path database;

    @BeforeEach
    void paths() {
        spoolFolder = data.resolve("spool");
        database = data.resolve("jackfield.db");
    }

    @Test
    @DisplayName("reach the database whole, newest first")
    void reachTheDatabase() throws SQLException {
        CdrStorage storage = open();
        storage.append(Records.full(1));
        storage.append(Records.sparse(2));
        storage.close();

        try (CdrStorage again = open()) {
            assertThat(again.latest(10)).containsExactly(Records.sparse(2), Records.full(1));
            assertThat(again.latest(1)).containsExactly(Records.sparse(2));
        }
    }

    @Test
    @DisplayName("hold NULL where nothing is known, never 0")
    void holdNullForTheUnknown() throws SQLException {
        try (CdrStorage storage = open()) {
            storage.append(Records.sparse(1));
        }

        assertThat(column("agent_heard_packets")).containsExactly("null");
        assertThat(column("customer_heard_jitter_ms")).containsExactly("null");
        assertThat(column("codec")).containsExactly("null");
    }

    @Test
    @DisplayName("are there once, however often they come")
    void areThereOnce() throws SQLException {
        try (CdrStorage storage = open()) {
            for (int i = 0; i < 3; i++) {
                storage.append(Records.full(7));
            }
        }

        assertThat(column("id")).hasSize(1);
    }

    @Test
    @DisplayName("that a process which died had only in the spool are stored by the next one")
    void surviveTheProcess() throws IOException, SQLException {
        open().close();
        Spool left = Spool.open(spoolFolder, 1 << 20);
        left.append(List.of(CdrLine.encode(Records.full(1)), CdrLine.encode(Records.full(2))));

        try (CdrStorage storage = open()) {
            storage.append(Records.full(3));
        }

        assertThat(column("id")).hasSize(3);
        assertThat(Files.list(spoolFolder)).isEmpty();
    }

    @Test
    @DisplayName("all arrive from many calls at once")
    void arriveFromManyThreads() throws Exception {
        CdrStorage storage = open();
        List<Thread> calls = new ArrayList<>();
        for (int call = 0; call < 20; call++) {
            int first = call * 100;
            calls.add(
                    Thread.ofVirtual()
                            .start(() ->
                                    IntStream.range(first, first + 100)
                                            .mapToObj(Records::full)
                                            .forEach(storage::append)));
        }
        for (Thread call : calls) {
            call.join();
        }
        storage.close();

        assertThat(column("id")).hasSize(2_000).doesNotHaveDuplicates();
        assertThat(storage.health().lost()).isZero();
    }

    @Test
    @DisplayName("wait in the spool while the database is locked, and none is lost")
    void waitForTheDatabase() throws Exception {
        CdrStorage storage = open();
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + database)) {
            other.createStatement().execute("BEGIN EXCLUSIVE");
            storage.append(Records.full(1));
            awaitTrue(() -> storage.health().databaseTrouble().isPresent());
            assertThat(Files.list(spoolFolder)).isNotEmpty();
            other.createStatement().execute("COMMIT");
        }
        awaitTrue(() -> storage.health().stored() == 1);
        storage.close();

        assertThat(storage.health().databaseTrouble()).isEmpty();
        assertThat(column("id")).hasSize(1);
    }

    @Test
    @DisplayName("that no database will ever take are kept aside and hold up nothing")
    void keepAsideTheDamaged() throws IOException, SQLException {
        open().close();
        Spool left = Spool.open(spoolFolder, 1 << 20);
        left.append(
                List.of(
                        "{\"damaged\":true}\n".getBytes(StandardCharsets.UTF_8),
                        CdrLine.encode(Records.full(1))));

        try (CdrStorage storage = open()) {
            awaitTrue(() -> storage.health().stored() == 1);
            assertThat(storage.health().rejected()).isEqualTo(1);
        }

        assertThat(spoolFolder.resolve("rejected.jsonl")).hasContent("{\"damaged\":true}\n");
        assertThat(column("id")).hasSize(1);
    }

    @Test
    @DisplayName("wait in memory while the spool cannot be written, and none is lost")
    void waitForTheSpool() throws Exception {
        CdrStorage storage = open();
        Files.delete(spoolFolder);
        Files.createFile(spoolFolder);
        storage.append(Records.full(1));
        awaitTrue(() -> storage.health().spoolTrouble().isPresent());
        assertThat(storage.health().waiting()).isEqualTo(1);

        Files.delete(spoolFolder);
        Files.createDirectory(spoolFolder);
        awaitTrue(() -> storage.health().stored() == 1);
        storage.close();

        assertThat(column("id")).hasSize(1);
    }

    @Test
    @DisplayName("are for our eyes only")
    void arePrivate() throws IOException {
        try (CdrStorage storage = open()) {
            storage.append(Records.full(1));
            awaitTrue(() -> storage.health().stored() == 1);
            for (Path file : List.of(database, Files.list(spoolFolder).findFirst().orElseThrow())) {
                assertThat(Files.getPosixFilePermissions(file))
                        .extracting(Enum::name)
                        .containsExactlyInAnyOrder("OWNER_READ", "OWNER_WRITE");
            }
        }
    }

    @Test
    @DisplayName("need a usable database file; a start without one says which setting to change")
    void needAUsableFile() throws IOException {
        Files.writeString(database, "this is no database, but quite some text".repeat(10));

        assertThatThrownBy(this::open)
                .isInstanceOf(StorageException.class)
                .hasMessageContaining(database.toString())
                .hasMessageContaining("database.url");
    }

    private CdrStorage open() {
        return CdrStorage.open(spoolFolder, new SqliteDatabase(database));
    }

    private List<String> column(String name) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                ResultSet rows =
                        connection.createStatement().executeQuery("SELECT " + name + " FROM cdr")) {
            while (rows.next()) {
                values.add(String.valueOf(rows.getObject(1)));
            }
        }
        return values;
    }

    /** Looks again and again, without sleeping, for at most ten seconds. */
    private static void awaitTrue(java.util.function.BooleanSupplier condition) {
        long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - giveUp).as("in time").isNegative();
            Thread.onSpinWait();
        }
    }
}
