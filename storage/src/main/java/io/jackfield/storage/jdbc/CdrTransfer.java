package io.jackfield.storage.jdbc;

import io.jackfield.call.cdr.Cdr;
import io.jackfield.storage.file.PrivateFiles;
import io.jackfield.storage.spool.CdrLine;
import io.jackfield.storage.spool.Spool;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Carries records from the spool into the database, exactly once: a batch leaves the spool after
 * its transaction is committed, and one that comes again is known by its ids.
 *
 * <p>Thread-safety: a platform thread runs it; any thread may signal and ask.
 */
public final class CdrTransfer implements Runnable {
    private static final System.Logger LOG = System.getLogger(CdrTransfer.class.getName());
    private static final int BATCH_MAX = 500;
    private static final long RETRY_MILLIS_MIN = 500;
    private static final long RETRY_MILLIS_MAX = 30_000;

    private final Spool spool;
    private final Database database;
    private final Path rejectedFile;
    private final Semaphore signals = new Semaphore(0);
    private final AtomicLong stored = new AtomicLong();
    private final AtomicLong rejected = new AtomicLong();
    private Optional<Connection> connection = Optional.empty();
    private volatile Optional<String> trouble = Optional.empty();
    private volatile boolean stopping;

    /**
     * @param rejectedFile where lines go that no database will ever take
     */
    public CdrTransfer(Spool spool, Database database, Path rejectedFile) {
        this.spool = spool;
        this.database = database;
        this.rejectedFile = rejectedFile;
    }

    /** There may be something new in the spool. */
    public void signal() {
        signals.release();
    }

    /** Ends the thread after one more look at the spool. */
    public void stop() {
        stopping = true;
        signal();
    }

    @Override
    public void run() {
        long retryMillis = RETRY_MILLIS_MIN;
        try {
            boolean again = true;
            while (again) {
                // read before the look, so that nothing that came before stop() is overlooked
                boolean last = stopping;
                boolean well = transferAll();
                retryMillis = well ? RETRY_MILLIS_MIN : Math.min(2 * retryMillis, RETRY_MILLIS_MAX);
                again = !last;
                if (again) {
                    await(well ? Optional.empty() : Optional.of(retryMillis));
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            disconnect();
        }
    }

    private void await(Optional<Long> atMostMillis) throws InterruptedException {
        if (atMostMillis.isEmpty()) {
            signals.acquire();
        } else if (!stopping) {
            var _ = signals.tryAcquire(atMostMillis.get(), TimeUnit.MILLISECONDS);
        }
        signals.drainPermits();
    }

    /** Carries over all there is; false when the database or the spool refused. */
    private boolean transferAll() {
        try {
            Optional<Spool.Batch> batch = spool.read(BATCH_MAX);
            while (batch.isPresent()) {
                store(batch.get());
                spool.done(batch.get());
                batch = spool.read(BATCH_MAX);
            }
            recovered();
            return true;
        } catch (SQLException | IOException failed) {
            disconnect();
            if (trouble.isEmpty()) {
                LOG.log(
                        Level.ERROR,
                        "call records wait in the spool database={0} reason={1}",
                        database.name(),
                        failed.toString());
            }
            trouble = Optional.of(failed.toString());
            return false;
        }
    }

    private void recovered() {
        if (trouble.isPresent()) {
            LOG.log(Level.INFO, "call records are stored again");
            trouble = Optional.empty();
        }
    }

    private void store(Spool.Batch batch) throws SQLException, IOException {
        List<Cdr> records = new ArrayList<>();
        for (String line : batch.lines()) {
            Optional<Cdr> record = CdrLine.decode(line);
            if (record.isPresent()) {
                records.add(record.get());
            } else {
                reject(line);
            }
        }
        try {
            insert(records);
        } catch (SQLException refused) {
            if (!isAboutOneRow(refused)) {
                throw refused;
            }
            insertOneByOne(records);
        }
    }

    private void insert(List<Cdr> records) throws SQLException {
        Connection to = connection();
        int _ =
                Transaction.in(
                        to,
                        () -> {
                            CdrTable.insert(to, database.dialect(), records);
                            return records.size();
                        });
        stored.addAndGet(records.size());
    }

    /** One bad record must not hold up the others. */
    private void insertOneByOne(List<Cdr> records) throws SQLException, IOException {
        for (Cdr record : records) {
            try {
                insert(List.of(record));
            } catch (SQLException refused) {
                if (!isAboutOneRow(refused)) {
                    throw refused;
                }
                reject(new String(CdrLine.encode(record), java.nio.charset.StandardCharsets.UTF_8));
            }
        }
    }

    /** A value that its column does not take (SQL state class 22) or a rule forbids (23). */
    private static boolean isAboutOneRow(SQLException refused) {
        if (refused instanceof SQLiteException sqlite) {
            return switch (SQLiteErrorCode.getErrorCode(sqlite.getErrorCode() & 0xFF)) {
                case SQLITE_CONSTRAINT, SQLITE_MISMATCH, SQLITE_TOOBIG -> true;
                default -> false;
            };
        }
        String state = Objects.requireNonNullElse(refused.getSQLState(), "");
        return state.startsWith("22") || state.startsWith("23");
    }

    private void reject(String line) throws IOException {
        PrivateFiles.createFile(rejectedFile);
        Files.writeString(rejectedFile, line.strip() + "\n", StandardOpenOption.APPEND);
        rejected.incrementAndGet();
        LOG.log(Level.ERROR, "a call record cannot be stored kept={0}", rejectedFile);
    }

    private Connection connection() throws SQLException {
        if (connection.isEmpty()) {
            connection = Optional.of(database.openToWrite());
        }
        return connection.get();
    }

    private void disconnect() {
        connection.ifPresent(c -> {
            try {
                c.close();
            } catch (SQLException broken) {
                LOG.log(Level.DEBUG, "close failed reason={0}", broken.toString());
            }
        });
        connection = Optional.empty();
    }

    public long stored() {
        return stored.get();
    }

    public long rejected() {
        return rejected.get();
    }

    public Optional<String> trouble() {
        return trouble;
    }
}
