package io.jackfield.storage;

import io.jackfield.call.cdr.Cdr;
import io.jackfield.call.cdr.CdrStore;
import io.jackfield.storage.jdbc.CdrQueries;
import io.jackfield.storage.jdbc.CdrTransfer;
import io.jackfield.storage.jdbc.Database;
import io.jackfield.storage.spool.Spool;
import io.jackfield.storage.spool.SpoolWriter;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where call records go: memory, spool, database.
 *
 * <pre>
 *   call ──append──▶ queue ──cdr-spool──▶ spool/*.jsonl ──cdr-sql──▶ SQLite
 * </pre>
 *
 * <p>Thread-safety: any thread.
 */
public final class CdrStorage implements CdrStore, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(CdrStorage.class.getName());

    /** A segment that is done with is deleted; what a restart reads again is at most this. */
    private static final long SEGMENT_BYTES_MAX = 4 << 20;

    /** How long stopping waits for the disk and the database. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Spool spool;
    private final SpoolWriter writer;
    private final CdrTransfer transfer;
    private final CdrQueries queries;
    private final Thread writerThread;
    private final Thread transferThread;

    private CdrStorage(Spool spool, Path spoolFolder, Database database) {
        this.spool = spool;
        this.transfer = new CdrTransfer(spool, database, spoolFolder.resolve("rejected.jsonl"));
        this.writer = new SpoolWriter(spool, transfer::signal);
        this.queries = new CdrQueries(database);
        this.writerThread = Thread.ofPlatform().name("cdr-spool").unstarted(writer);
        this.transferThread = Thread.ofPlatform().name("cdr-sql").unstarted(transfer);
    }

    /**
     * Opens spool and database and begins to carry over what an earlier process left.
     *
     * @throws StorageException when one of them cannot be used at all; a database server that is
     *     away is waited for, its records in the spool
     */
    public static CdrStorage open(Path spoolFolder, Database database) {
        try {
            if (!database.remote()) {
                database.openToWrite().close();
            }
            Spool spool = Spool.open(spoolFolder, SEGMENT_BYTES_MAX);
            CdrStorage storage = new CdrStorage(spool, spoolFolder, database);
            storage.writerThread.start();
            storage.transferThread.start();
            return storage;
        } catch (SQLException unusable) {
            throw StorageException.ofDatabase(database.name(), unusable);
        } catch (IOException unusable) {
            throw new StorageException(
                    "The spool folder "
                            + spoolFolder
                            + " cannot be used: "
                            + unusable
                            + "\n    Check the folder's rights, or set data.",
                    unusable);
        }
    }

    @Override
    public void append(Cdr cdr) {
        writer.append(cdr);
    }

    /**
     * The newest stored records, newest first.
     *
     * @throws SQLException when the database cannot be read now
     */
    public List<Cdr> latest(int limit) throws SQLException {
        return before(Optional.empty(), limit);
    }

    /**
     * The newest stored records older than one, newest first.
     *
     * @param cursor id of that one; empty: from the newest
     * @throws SQLException when the database cannot be read now
     */
    public List<Cdr> before(Optional<String> cursor, int limit) throws SQLException {
        return queries.before(cursor, limit);
    }

    public StorageHealth health() {
        return new StorageHealth(
                writer.waiting(),
                transfer.stored(),
                writer.lost(),
                transfer.rejected(),
                writer.trouble(),
                transfer.trouble());
    }

    /** Carries over what it can; what remains in the spool is carried over by the next start. */
    @Override
    public void close() {
        try {
            writer.stop();
            writerThread.join(PATIENCE);
            spool.close();
            transfer.stop();
            if (!transferThread.join(PATIENCE)) {
                LOG.log(Level.WARNING, "the database did not take all call records in time");
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        queries.close();
    }
}
