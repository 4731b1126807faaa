package io.jackfield.storage.jdbc;

import io.jackfield.call.cdr.Cdr;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Reads call records.
 *
 * <p>Thread-safety: any thread may ask and waits for the answer; one platform thread reads.
 */
public final class CdrQueries implements AutoCloseable {
    /** Requests that wait; more are refused at once. */
    private static final int WAITING_MAX = 32;

    private final Database database;
    private final ExecutorService reader =
            new ThreadPoolExecutor(
                    1,
                    1,
                    0,
                    TimeUnit.SECONDS,
                    new ArrayBlockingQueue<>(WAITING_MAX),
                    Thread.ofPlatform().name("cdr-reader").daemon().factory());

    public CdrQueries(Database database) {
        this.database = database;
    }

    /**
     * The newest records, newest first.
     *
     * @param cursor id of a record: only older ones
     * @throws SQLException when the database cannot be read now, or too many ask at a time
     */
    public List<Cdr> before(Optional<String> cursor, int limit) throws SQLException {
        try {
            Future<List<Cdr>> answer = reader.submit(() -> read(cursor, limit));
            return answer.get();
        } catch (RejectedExecutionException busy) {
            throw new SQLException("too many requests at a time", busy);
        } catch (ExecutionException failed) {
            throw new SQLException(failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new SQLException(stopped);
        }
    }

    private List<Cdr> read(Optional<String> cursor, int limit) throws SQLException {
        try (Connection connection = database.openToRead()) {
            return CdrTable.before(connection, cursor, limit);
        }
    }

    @Override
    public void close() {
        reader.shutdownNow();
    }
}
