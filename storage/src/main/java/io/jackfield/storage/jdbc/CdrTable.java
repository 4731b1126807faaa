package io.jackfield.storage.jdbc;

import io.jackfield.call.cdr.Cdr;
import io.jackfield.call.cdr.Cdr.Heard;
import io.jackfield.storage.migration.Dialect;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The table of call records: its columns, in and out. Any thread, one connection at a time. */
final class CdrTable {
    private static final List<String> COLUMNS =
            List.of(
                    "id",
                    "reference",
                    "direction",
                    "caller",
                    "callee",
                    "answered_by",
                    "legs",
                    "started_at",
                    "ring_ms",
                    "talk_ms",
                    "hangup_side",
                    "cause",
                    "sip_status",
                    "codec",
                    "agent_heard_packets",
                    "agent_heard_lost",
                    "agent_heard_jitter_ms",
                    "agent_heard_rtt_ms",
                    "customer_heard_packets",
                    "customer_heard_lost",
                    "customer_heard_jitter_ms",
                    "customer_heard_rtt_ms",
                    "recording",
                    "quality");

    /** A record that is there already arrived before; any other conflict is an error. */
    private static final String INSERT =
            "INSERT INTO cdr ("
                    + String.join(", ", COLUMNS)
                    + ") VALUES ("
                    + "?, ".repeat(COLUMNS.size() - 1)
                    + "?)";

    private static final String SELECT = "SELECT " + String.join(", ", COLUMNS) + " FROM cdr ";
    private static final String NEWEST = "ORDER BY id DESC LIMIT ?";
    private static final String LATEST = SELECT + NEWEST;
    private static final String BEFORE = SELECT + "WHERE id < ? " + NEWEST;

    /** Always with milliseconds, so that text sorts as time. */
    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private CdrTable() {}

    private static String unlessThere(Dialect dialect) {
        return switch (dialect) {
            case SQLITE, POSTGRESQL -> " ON CONFLICT (id) DO NOTHING";
            case MARIADB -> " ON DUPLICATE KEY UPDATE id = VALUES(id)";
        };
    }

    /** Inserts all, in the connection's transaction. */
    static void insert(Connection connection, Dialect dialect, List<Cdr> records)
            throws SQLException {
        String sql = INSERT + unlessThere(dialect);
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            for (Cdr record : records) {
                fill(insert, record);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static void fill(PreparedStatement row, Cdr cdr) throws SQLException {
        int column = 1;
        row.setString(column++, cdr.id());
        row.setString(column++, cdr.reference().orElse(null));
        row.setString(column++, cdr.direction().name());
        row.setString(column++, cdr.caller());
        row.setString(column++, cdr.callee());
        row.setString(column++, cdr.answeredBy().orElse(null));
        row.setInt(column++, cdr.legs());
        row.setString(column++, TIME.format(cdr.startedAt()));
        row.setLong(column++, cdr.ringMillis());
        row.setLong(column++, cdr.talkMillis());
        row.setString(column++, cdr.hangupSide().name());
        row.setString(column++, cdr.cause());
        row.setInt(column++, cdr.sipStatus());
        row.setString(column++, cdr.codec().orElse(null));
        column = fill(row, column, cdr.agentHeard());
        column = fill(row, column, cdr.customerHeard());
        row.setString(column++, cdr.recording().orElse(null));
        row.setString(column, cdr.quality().orElse(null));
    }

    private static int fill(PreparedStatement row, int first, Heard heard) throws SQLException {
        row.setObject(first, heard.packets().orElse(null), Types.BIGINT);
        row.setObject(first + 1, heard.lost().orElse(null), Types.BIGINT);
        row.setObject(first + 2, heard.jitterMillis().orElse(null), Types.DOUBLE);
        row.setObject(first + 3, heard.rttMillis().orElse(null), Types.DOUBLE);
        return first + 4;
    }

    /** The newest records, newest first; with a cursor those that are older than that one. */
    static List<Cdr> before(Connection connection, Optional<String> cursor, int limit)
            throws SQLException {
        String query = cursor.isPresent() ? BEFORE : LATEST;
        try (PreparedStatement select = connection.prepareStatement(query)) {
            int next = 1;
            if (cursor.isPresent()) {
                select.setString(next++, cursor.get());
            }
            select.setInt(next, limit);
            List<Cdr> records = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    records.add(record(rows));
                }
            }
            return records;
        }
    }

    private static Cdr record(ResultSet row) throws SQLException {
        return new Cdr(
                row.getString("id"),
                text(row, "reference"),
                Cdr.Direction.valueOf(row.getString("direction")),
                row.getString("caller"),
                row.getString("callee"),
                text(row, "answered_by"),
                row.getInt("legs"),
                Instant.parse(row.getString("started_at")),
                row.getLong("ring_ms"),
                row.getLong("talk_ms"),
                Cdr.HangupSide.valueOf(row.getString("hangup_side")),
                row.getString("cause"),
                row.getInt("sip_status"),
                text(row, "codec"),
                heard(row, "agent_heard_"),
                heard(row, "customer_heard_"),
                text(row, "recording"),
                text(row, "quality"));
    }

    private static Heard heard(ResultSet row, String prefix) throws SQLException {
        return new Heard(
                number(row, prefix + "packets").map(Number::longValue),
                number(row, prefix + "lost").map(Number::longValue),
                number(row, prefix + "jitter_ms").map(Number::doubleValue),
                number(row, prefix + "rtt_ms").map(Number::doubleValue));
    }

    private static Optional<String> text(ResultSet row, String column) throws SQLException {
        @Nullable String value = row.getString(column);
        return Optional.ofNullable(value);
    }

    private static Optional<Number> number(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable((Number) row.getObject(column));
    }
}
