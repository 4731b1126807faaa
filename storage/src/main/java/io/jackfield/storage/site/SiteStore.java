package io.jackfield.storage.site;

import io.jackfield.storage.jdbc.Database;
import io.jackfield.storage.jdbc.Transaction;
import io.jackfield.storage.migration.Dialect;
import io.jackfield.storage.site.SiteTable.Column;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * The tables of the site over one connection.
 *
 * <p>Thread-safety: one platform thread at a time.
 */
public final class SiteStore implements AutoCloseable {
    /** Versions that can be gone back to; older ones keep their line, not their rows. */
    private static final int DOCUMENTS_MAX = 100;

    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private static final String SELECT_VERSION =
            "SELECT version, changed_at, changed_by FROM site_version WHERE id = 1";

    private final Connection connection;
    private final Dialect dialect;

    private SiteStore(Connection connection, Dialect dialect) {
        this.connection = connection;
        this.dialect = dialect;
    }

    /** Opens a connection of its own; brings the schema up to date. */
    public static SiteStore open(Database database) throws SQLException {
        return new SiteStore(database.openToWrite(), database.dialect());
    }

    // ---- reading

    /** Which version the tables are now. */
    public SiteVersion version() throws SQLException {
        return version("");
    }

    private SiteVersion version(String lock) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(SELECT_VERSION + lock)) {
            if (!row.next()) {
                throw new SQLException("the table site_version is empty; it must have one row");
            }
            return new SiteVersion(row.getLong(1), row.getString(2), row.getString(3));
        }
    }

    /** All rows and their version, of one and the same moment. */
    public SiteState read() throws SQLException {
        return switch (dialect) {
            case SQLITE -> readWithoutWriting();
            case POSTGRESQL, MARIADB -> {
                connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                yield Transaction.in(connection, this::readAll);
            }
        };
    }

    /** By hand, since the driver's own transactions on this connection begin with a lock. */
    private SiteState readWithoutWriting() throws SQLException {
        execute("BEGIN DEFERRED");
        try {
            return readAll();
        } finally {
            execute("ROLLBACK");
        }
    }

    private SiteState readAll() throws SQLException {
        SiteVersion version = version();
        Map<String, List<Map<String, String>>> rows = new LinkedHashMap<>();
        for (SiteTable table : SiteTables.ALL) {
            rows.put(table.name(), readTable(table));
        }
        return new SiteState(version, SiteRows.of(rows));
    }

    private List<Map<String, String>> readTable(SiteTable table) throws SQLException {
        String sql = "SELECT " + names(table.columns(), ", ") + " FROM " + table.name();
        List<Map<String, String>> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            while (found.next()) {
                Map<String, String> row = new LinkedHashMap<>();
                for (int i = 0; i < table.columns().size(); i++) {
                    Column column = table.columns().get(i);
                    @Nullable String value = found.getString(i + 1);
                    if (value != null) {
                        row.put(column.name(), text(column, value));
                    }
                }
                rows.add(row);
            }
        }
        return rows;
    }

    /** Each database has words of its own for true and false. */
    private static String text(Column column, String value) {
        return switch (column.kind()) {
            case FLAG ->
                    switch (value) {
                        case "1", "t", "true" -> "true";
                        case "0", "f", "false" -> "false";
                        default -> value;
                    };
            case TEXT, NUMBER, SECRET, DOCUMENT -> value;
        };
    }

    // ---- writing

    /**
     * Changes the tables, all at once, and says so in the history.
     *
     * @return the version that they are now
     * @throws SiteMovedOn when they are no longer what the change was checked against
     */
    public SiteVersion apply(SiteChange change) throws SQLException {
        if (dialect != Dialect.SQLITE) {
            // the rows that are locked are those that are committed
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        }
        return Transaction.in(connection, () -> applyLocked(change));
    }

    private SiteVersion applyLocked(SiteChange change) throws SQLException {
        long found = version(dialect == Dialect.SQLITE ? "" : " FOR UPDATE").number();
        if (found != change.basis()) {
            throw new SiteMovedOn(change.basis(), found);
        }
        SiteRows rows = readAll().rows();
        for (SiteEdit edit : change.edits()) {
            switch (edit) {
                case SiteEdit.Put(var table, var row) -> {
                    if (rows.table(table).containsKey(table.keyOf(row))) {
                        update(table, row);
                    } else {
                        insert(table, row);
                    }
                }
                case SiteEdit.Remove(var table, var row) -> delete(table, row);
            }
        }
        SiteVersion version =
                new SiteVersion(version().number(), TIME.format(Instant.now()), change.by());
        sign(version);
        record(version, SiteHistoryEntry.Verdict.APPLIED, change, rows.with(change.edits()));
        return version;
    }

    private void sign(SiteVersion version) throws SQLException {
        String sql = "UPDATE site_version SET changed_at = ?, changed_by = ? WHERE id = 1";
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setString(1, version.changedAt());
            update.setString(2, version.changedBy());
            update.executeUpdate();
        }
    }

    private void insert(SiteTable table, Map<String, String> row) throws SQLException {
        String marks = String.join(", ", Collections.nCopies(table.columns().size(), "?"));
        String sql =
                "INSERT INTO "
                        + table.name()
                        + " ("
                        + names(table.columns(), ", ")
                        + ") VALUES ("
                        + marks
                        + ")";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            fill(insert, 1, table.columns(), row);
            insert.executeUpdate();
        }
    }

    private void update(SiteTable table, Map<String, String> row) throws SQLException {
        List<Column> others = table.columns().subList(table.keys(), table.columns().size());
        String sql =
                "UPDATE "
                        + table.name()
                        + " SET "
                        + names(others, " = ?, ")
                        + " = ? WHERE "
                        + names(table.keyColumns(), " = ? AND ")
                        + " = ?";
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            fill(update, 1, others, row);
            fill(update, 1 + others.size(), table.keyColumns(), row);
            update.executeUpdate();
        }
    }

    private void delete(SiteTable table, Map<String, String> row) throws SQLException {
        String sql =
                "DELETE FROM "
                        + table.name()
                        + " WHERE "
                        + names(table.keyColumns(), " = ? AND ")
                        + " = ?";
        try (PreparedStatement delete = connection.prepareStatement(sql)) {
            fill(delete, 1, table.keyColumns(), row);
            delete.executeUpdate();
        }
    }

    private static void fill(
            PreparedStatement statement, int first, List<Column> columns, Map<String, String> row)
            throws SQLException {
        int index = first;
        for (Column column : columns) {
            @Nullable String value = row.get(column.name());
            switch (column.kind()) {
                case TEXT, SECRET, DOCUMENT -> statement.setString(index, value);
                case NUMBER ->
                        statement.setObject(
                                index, value == null ? null : Long.valueOf(value), Types.BIGINT);
                case FLAG ->
                        statement.setObject(
                                index,
                                value == null ? null : Boolean.valueOf(value),
                                Types.BOOLEAN);
            }
            index++;
        }
    }

    private static String names(List<Column> columns, String between) {
        return columns.stream().map(Column::name).collect(Collectors.joining(between));
    }

    // ---- history

    /**
     * Writes down what became of a change that came by SQL; nothing when it is written already, by
     * the door it came through or by another server.
     */
    public void recordVerdict(SiteState state, SiteHistoryEntry.Verdict verdict, String summary)
            throws SQLException {
        SiteChange change =
                new SiteChange(
                        state.version().number(),
                        List.of(),
                        state.version().changedBy(),
                        summary,
                        OptionalLong.empty(),
                        Optional.empty());
        var _ =
                Transaction.in(
                        connection, () -> record(state.version(), verdict, change, state.rows()));
    }

    private boolean record(
            SiteVersion version, SiteHistoryEntry.Verdict verdict, SiteChange change, SiteRows rows)
            throws SQLException {
        boolean applied = verdict == SiteHistoryEntry.Verdict.APPLIED;
        String sql =
                "INSERT INTO site_history (version, changed_at, changed_by, verdict, undoes,"
                        + " summary, source_checksum, document) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
                        + switch (dialect) {
                            case SQLITE, POSTGRESQL -> " ON CONFLICT (version) DO NOTHING";
                            case MARIADB -> " ON DUPLICATE KEY UPDATE version = VALUES(version)";
                        };
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setLong(1, version.number());
            insert.setString(2, version.changedAt());
            insert.setString(3, version.changedBy());
            insert.setString(4, applied ? "applied" : "refused");
            insert.setObject(
                    5,
                    change.undoes().isPresent() ? change.undoes().getAsLong() : null,
                    Types.BIGINT);
            insert.setString(6, change.summary());
            insert.setString(7, change.sourceChecksum().orElse(null));
            insert.setString(8, applied ? SiteDocument.write(rows) : null);
            insert.executeUpdate();
        }
        forgetOldDocuments();
        return true;
    }

    private void forgetOldDocuments() throws SQLException {
        String oldest =
                "SELECT version FROM site_history WHERE document IS NOT NULL ORDER BY version DESC"
                        + " LIMIT 1 OFFSET "
                        + DOCUMENTS_MAX;
        OptionalLong limit = OptionalLong.empty();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(oldest)) {
            if (row.next()) {
                limit = OptionalLong.of(row.getLong(1));
            }
        }
        if (limit.isPresent()) {
            execute(
                    "UPDATE site_history SET document = NULL WHERE document IS NOT NULL AND version"
                            + " <= "
                            + limit.getAsLong());
        }
    }

    /** The newest lines, newest first. */
    public List<SiteHistoryEntry> history(int limit) throws SQLException {
        String sql =
                "SELECT version, changed_at, changed_by, verdict, undoes, summary, document IS NOT"
                        + " NULL FROM site_history ORDER BY version DESC LIMIT ?";
        List<SiteHistoryEntry> entries = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setInt(1, limit);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    entries.add(entry(row));
                }
            }
        }
        return entries;
    }

    private static SiteHistoryEntry entry(ResultSet row) throws SQLException {
        long undoes = row.getLong(5);
        return new SiteHistoryEntry(
                new SiteVersion(row.getLong(1), row.getString(2), row.getString(3)),
                row.getString(4).equals("applied")
                        ? SiteHistoryEntry.Verdict.APPLIED
                        : SiteHistoryEntry.Verdict.REFUSED,
                row.wasNull() || undoes == 0 ? OptionalLong.empty() : OptionalLong.of(undoes),
                row.getString(6),
                row.getBoolean(7));
    }

    /** The rows that the tables had at that version; empty when they are not kept. */
    public Optional<SiteRows> rowsOf(long version) throws SQLException {
        String sql = "SELECT document FROM site_history WHERE version = ?";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setLong(1, version);
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.ofNullable(row.getString(1)).map(SiteDocument::read)
                        : Optional.empty();
            }
        }
    }

    /** What the file was that was taken last; empty when none ever was. */
    public Optional<String> lastSourceChecksum() throws SQLException {
        String sql =
                "SELECT source_checksum FROM site_history WHERE source_checksum IS NOT NULL"
                        + " ORDER BY version DESC LIMIT 1";
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? Optional.ofNullable(row.getString(1)) : Optional.empty();
        }
    }

    // ---- waiting

    /** Asks to be woken by changes, where the database can do that. */
    public void listen() throws SQLException {
        if (dialect == Dialect.POSTGRESQL) {
            execute("LISTEN jackfield_site");
        }
    }

    /**
     * Waits for a sign that the site was changed; without one returns when the time is up.
     *
     * @throws SQLException when the connection is gone
     */
    public void await(Duration atMost) throws SQLException, InterruptedException {
        if (dialect == Dialect.POSTGRESQL) {
            connection
                    .unwrap(PGConnection.class)
                    .getNotifications(Math.toIntExact(atMost.toMillis()));
        } else {
            Thread.sleep(atMost);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
