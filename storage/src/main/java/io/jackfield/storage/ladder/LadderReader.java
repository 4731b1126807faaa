package io.jackfield.storage.ladder;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.zip.DataFormatException;

/**
 * Reads ladders.
 *
 * <p>Thread-safety: any thread may ask and waits for the answer; one platform thread reads.
 */
public final class LadderReader implements AutoCloseable {
    /** Requests that wait; more are refused at once. */
    private static final int WAITING_MAX = 32;

    /** No ladder is longer; the writer sees to it. */
    private static final int ROWS_MAX = 20_000;

    private static final String HEAD =
            "SELECT ladder, id, kind, began, ended, caller, callee, cause, status FROM ladder";

    private final LadderFile file;
    private final ExecutorService reader =
            new ThreadPoolExecutor(
                    1,
                    1,
                    0,
                    TimeUnit.SECONDS,
                    new ArrayBlockingQueue<>(WAITING_MAX),
                    Thread.ofPlatform().name("ladder-reader").daemon().factory());

    /**
     * @param file of a {@link LadderStore} that is open
     */
    public LadderReader(Path file) {
        this.file = new LadderFile(file);
    }

    /**
     * All of one ladder.
     *
     * @return empty where there is none of that id
     * @throws LadderUnavailable when it cannot be read now, or too many ask at a time
     */
    public Optional<Ladder> read(String id) throws LadderUnavailable {
        return ask(() -> {
            try (Connection connection = file.openToRead()) {
                Optional<LadderHead> head = head(connection, id);
                return head.isEmpty()
                        ? Optional.empty()
                        : Optional.of(
                                new Ladder(
                                        head.get(),
                                        dialogs(connection, head.get().key()),
                                        rows(connection, head.get().key())));
            }
        });
    }

    /**
     * How that call was heard, as JSON.
     *
     * @return empty where nothing is known of it
     * @throws LadderUnavailable when it cannot be read now, or too many ask at a time
     */
    public Optional<String> quality(String id) throws LadderUnavailable {
        return ask(() -> {
            try (Connection connection = file.openToRead();
                    PackedText packed = new PackedText();
                    PreparedStatement select =
                            connection.prepareStatement(
                                    "SELECT body FROM quality JOIN ladder USING (ladder) WHERE id ="
                                            + " ?")) {
                select.setString(1, id);
                try (ResultSet found = select.executeQuery()) {
                    return found.next()
                            ? Optional.of(packed.unpack(found.getBytes(1)))
                            : Optional.empty();
                }
            }
        });
    }

    /**
     * Those that are asked for, newest first.
     *
     * @throws LadderUnavailable when they cannot be read now, or too many ask at a time
     */
    public List<LadderHead> find(LadderQuery query) throws LadderUnavailable {
        return ask(() -> {
            try (Connection connection = file.openToRead()) {
                return find(connection, query);
            }
        });
    }

    private <T> T ask(Callable<T> question) throws LadderUnavailable {
        try {
            return reader.submit(question).get();
        } catch (RejectedExecutionException busy) {
            throw new LadderUnavailable("too many requests at a time", busy);
        } catch (ExecutionException failed) {
            throw new LadderUnavailable(String.valueOf(failed.getCause()), failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw LadderUnavailable.of(stopped);
        }
    }

    private static Optional<LadderHead> head(Connection connection, String id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(HEAD + " WHERE id = ?")) {
            select.setString(1, id);
            try (ResultSet found = select.executeQuery()) {
                return found.next() ? Optional.of(head(found)) : Optional.empty();
            }
        }
    }

    private static LadderHead head(ResultSet found) throws SQLException {
        return new LadderHead(
                found.getLong(1),
                found.getString(2),
                LadderHead.Kind.of(found.getInt(3)),
                found.getLong(4),
                found.getLong(5),
                found.getString(6),
                found.getString(7),
                found.getString(8),
                found.getInt(9));
    }

    private static List<LadderChange.Dialog> dialogs(Connection connection, long key)
            throws SQLException {
        List<LadderChange.Dialog> dialogs = new ArrayList<>();
        try (PreparedStatement select =
                connection.prepareStatement(
                        "SELECT sip_call_id, leg, party FROM dialog WHERE ladder = ? ORDER BY"
                                + " rowid")) {
            select.setLong(1, key);
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    dialogs.add(
                            new LadderChange.Dialog(
                                    key,
                                    found.getString(1),
                                    found.getString(2),
                                    found.getString(3)));
                }
            }
        }
        return dialogs;
    }

    private static List<LadderRow> rows(Connection connection, long key)
            throws SQLException, DataFormatException {
        List<LadderRow> rows = new ArrayList<>();
        try (PackedText packed = new PackedText();
                PreparedStatement select =
                        connection.prepareStatement(
                                "SELECT at, kind, leg, sent, transport, local, remote, title, body"
                                        + " FROM entry WHERE ladder = ? ORDER BY at LIMIT "
                                        + ROWS_MAX)) {
            select.setLong(1, key);
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    rows.add(
                            new LadderRow(
                                    key,
                                    found.getLong(1),
                                    LadderRow.Kind.of(found.getInt(2)),
                                    found.getString(3),
                                    found.getInt(4) != 0,
                                    found.getString(5),
                                    found.getString(6),
                                    found.getString(7),
                                    found.getString(8),
                                    packed.unpack(found.getBytes(9))));
                }
            }
        }
        return rows;
    }

    private static List<LadderHead> find(Connection connection, LadderQuery query)
            throws SQLException {
        List<String> wanted = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        query.number()
                .ifPresent(number -> {
                    wanted.add("(instr(caller, ?) > 0 OR instr(callee, ?) > 0)");
                    values.add(number);
                    values.add(number);
                });
        query.party()
                .ifPresent(party -> {
                    wanted.add("ladder IN (SELECT ladder FROM dialog WHERE party = ?)");
                    values.add(party);
                });
        query.sipCallId()
                .ifPresent(id -> {
                    wanted.add("ladder IN (SELECT ladder FROM dialog WHERE sip_call_id = ?)");
                    values.add(id);
                });
        query.cause()
                .ifPresent(cause -> {
                    wanted.add("instr(lower(cause), lower(?)) > 0");
                    values.add(cause);
                });
        query.status()
                .ifPresent(status -> {
                    wanted.add("status = ?");
                    values.add(status);
                });
        query.fromMicros()
                .ifPresent(from -> {
                    wanted.add("began >= ?");
                    values.add(from);
                });
        query.untilMicros()
                .ifPresent(until -> {
                    wanted.add("began < ?");
                    values.add(until);
                });
        query.before()
                .ifPresent(before -> {
                    wanted.add("ladder < ?");
                    values.add(before);
                });
        String sql =
                HEAD
                        + (wanted.isEmpty() ? "" : " WHERE " + String.join(" AND ", wanted))
                        + " ORDER BY ladder DESC LIMIT "
                        + query.limit();
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.size(); i++) {
                select.setObject(i + 1, values.get(i));
            }
            List<LadderHead> heads = new ArrayList<>();
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    heads.add(head(found));
                }
            }
            return heads;
        }
    }

    @Override
    public void close() {
        reader.shutdownNow();
    }
}
