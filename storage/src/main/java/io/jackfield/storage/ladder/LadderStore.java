package io.jackfield.storage.ladder;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;

/**
 * Writes ladders into their file and takes the oldest out of it.
 *
 * <p>Thread-safety: confined to the platform thread that opened it; {@link LadderReader} reads
 * beside it.
 */
public final class LadderStore implements AutoCloseable {
    /** Ladders that are deleted in one transaction: each takes some milliseconds. */
    private static final int DELETED_AT_ONCE = 500;

    private final Connection connection;
    private final LadderLimits limits;
    private final PackedText packed = new PackedText();
    private final PreparedStatement began;
    private final PreparedStatement ended;
    private final PreparedStatement dialog;
    private final PreparedStatement row;
    private final PreparedStatement quality;

    private LadderStore(Connection connection, LadderLimits limits) throws SQLException {
        this.connection = connection;
        this.limits = limits;
        began =
                connection.prepareStatement(
                        "INSERT OR REPLACE INTO ladder VALUES (?,?,?,?,?,?,?,?,?)");
        ended =
                connection.prepareStatement(
                        "UPDATE ladder SET ended = ?, cause = ?, status = ? WHERE ladder = ?");
        quality = connection.prepareStatement("INSERT OR REPLACE INTO quality VALUES (?,?)");
        dialog = connection.prepareStatement("INSERT INTO dialog VALUES (?,?,?,?)");
        row =
                connection.prepareStatement(
                        "INSERT OR IGNORE INTO entry VALUES (?,?,?,?,?,?,?,?,?,?)");
    }

    /**
     * Opens the file, which is made where there is none; one that is damaged, or of another
     * version, is put aside and begun anew.
     *
     * @throws io.jackfield.storage.StorageException when the folder cannot be used
     */
    public static LadderStore open(Path file, LadderLimits limits) {
        Connection connection = new LadderFile(file).openToWrite();
        try {
            connection.setAutoCommit(false);
            return new LadderStore(connection, limits);
        } catch (SQLException broken) {
            throw io.jackfield.storage.StorageException.ofFolder(file, broken);
        }
    }

    /** The highest key there is; 0 where there is none. */
    public long lastKey() throws LadderUnavailable {
        try {
            long last = number("SELECT coalesce(max(ladder), 0) FROM ladder");
            connection.commit();
            return last;
        } catch (SQLException broken) {
            throw LadderUnavailable.of(broken);
        }
    }

    /**
     * Writes all of these, or none.
     *
     * @throws LadderUnavailable when the disk does not take them
     */
    public void append(List<LadderChange> changes) throws LadderUnavailable {
        try {
            for (LadderChange change : changes) {
                add(change);
            }
            row.executeBatch();
            connection.commit();
        } catch (SQLException refused) {
            throw undone(refused);
        }
    }

    private void add(LadderChange change) throws SQLException {
        switch (change) {
            case LadderChange.Began(var head) -> begin(head);
            case LadderChange.Ended(var key, var at, var cause, var status) -> {
                ended.setLong(1, at);
                ended.setString(2, cause);
                ended.setInt(3, status);
                ended.setLong(4, key);
                ended.executeUpdate();
            }
            case LadderChange.Dialog(var key, var sipCallId, var leg, var party) -> {
                dialog.setLong(1, key);
                dialog.setString(2, sipCallId);
                dialog.setString(3, leg);
                dialog.setString(4, party);
                dialog.executeUpdate();
            }
            case LadderChange.Quality(var key, var json) -> {
                quality.setLong(1, key);
                quality.setBytes(2, packed.pack(json));
                quality.executeUpdate();
            }
            case LadderChange.Row(var one) -> add(one);
        }
    }

    private void begin(LadderHead head) throws SQLException {
        began.setLong(1, head.key());
        began.setString(2, head.id());
        began.setInt(3, head.kind().code());
        began.setLong(4, head.beganMicros());
        began.setLong(5, head.endedMicros());
        began.setString(6, head.caller());
        began.setString(7, head.callee());
        began.setString(8, head.cause());
        began.setInt(9, head.status());
        began.executeUpdate();
    }

    private void add(LadderRow one) throws SQLException {
        row.setLong(1, one.ladder());
        row.setLong(2, one.atMicros());
        row.setInt(3, one.kind().code());
        row.setString(4, one.leg());
        row.setInt(5, one.sent() ? 1 : 0);
        row.setString(6, one.transport());
        row.setString(7, one.local());
        row.setString(8, one.remote());
        row.setString(9, one.title());
        row.setBytes(10, packed.pack(one.text()));
        row.addBatch();
    }

    /**
     * Takes out what is too old, then the oldest until the file is small enough; some hundred
     * ladders at a time.
     *
     * @return true when there is more to take out
     */
    public boolean sweep(Instant now) throws LadderUnavailable {
        try {
            long cutoff = now.minus(limits.keep()).toEpochMilli() * 1_000;
            long until =
                    number(
                            "SELECT coalesce(max(ladder), 0) FROM (SELECT ladder FROM ladder WHERE"
                                    + " began < "
                                    + cutoff
                                    + " ORDER BY ladder LIMIT "
                                    + DELETED_AT_ONCE
                                    + ")");
            if (until == 0 && usedBytes() > limits.bytesMax()) {
                long count = number("SELECT count(*) FROM ladder");
                until =
                        number(
                                "SELECT coalesce(max(ladder), 0) FROM (SELECT ladder FROM ladder"
                                        + " ORDER BY ladder LIMIT "
                                        + Math.clamp(count / 50, 1, DELETED_AT_ONCE)
                                        + ")");
            }
            if (until > 0) {
                for (String table : List.of("entry", "dialog", "quality", "ladder")) {
                    LadderFile.execute(
                            connection, "DELETE FROM " + table + " WHERE ladder <= " + until);
                }
            }
            connection.commit();
            return until > 0;
        } catch (SQLException refused) {
            throw undone(refused);
        }
    }

    private LadderUnavailable undone(SQLException refused) {
        try {
            row.clearBatch();
            connection.rollback();
        } catch (SQLException worse) {
            refused.addSuppressed(worse);
        }
        return LadderUnavailable.of(refused);
    }

    /** Bytes of the file that hold something. */
    long usedBytes() throws SQLException {
        return (number("PRAGMA page_count") - number("PRAGMA freelist_count"))
                * number("PRAGMA page_size");
    }

    private long number(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(sql)) {
            return answer.getLong(1);
        }
    }

    @Override
    public void close() {
        packed.close();
        try {
            connection.close();
        } catch (SQLException gone) {
            System.getLogger(LadderStore.class.getName())
                    .log(System.Logger.Level.WARNING, "ladder file closed: {0}", gone.getMessage());
        }
    }
}
