package io.jackfield.server.site;

import io.jackfield.call.event.PbxEvent;
import io.jackfield.server.config.Configuration;
import io.jackfield.server.config.ConfigurationException;
import io.jackfield.server.config.PbxSite;
import io.jackfield.server.config.Problem;
import io.jackfield.server.config.SiteRowsLoader;
import io.jackfield.storage.StorageException;
import io.jackfield.storage.jdbc.Database;
import io.jackfield.storage.site.SecretSeal;
import io.jackfield.storage.site.SiteHistoryEntry.Verdict;
import io.jackfield.storage.site.SiteRows;
import io.jackfield.storage.site.SiteState;
import io.jackfield.storage.site.SiteStore;
import io.jackfield.storage.site.SiteVersion;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The site that a server starts with, and what it needs to follow it.
 *
 * <p>In this order: the tables, filled from the file of {@code site:} when that is new; if they
 * cannot be used, the last good version of them; if the database is away, the local snapshot.
 */
public final class SiteBase {
    private static final System.Logger LOG = System.getLogger(SiteBase.class.getName());

    private final Database database;
    private final SiteRowsLoader loader;
    private final SiteSnapshot snapshot;
    private final SiteState good;
    private final PbxSite site;

    private SiteBase(
            Database database,
            SiteRowsLoader loader,
            SiteSnapshot snapshot,
            SiteState good,
            PbxSite site) {
        this.database = database;
        this.loader = loader;
        this.snapshot = snapshot;
        this.good = good;
        this.site = site;
    }

    /** What checks rows under these settings. */
    public static SiteRowsLoader loader(Configuration configuration) {
        Path file = configuration.site().orElse(configuration.data());
        Path folder = file.toAbsolutePath().getParent();
        return new SiteRowsLoader(
                configuration.realm(),
                folder == null ? file.toAbsolutePath() : folder,
                SecretSeal.ofFile(configuration.siteKey()));
    }

    /**
     * Finds the site to start with.
     *
     * @throws ConfigurationException when file or tables cannot be used and nothing good is known
     * @throws StorageException when the database is away and there is no snapshot
     */
    public static SiteBase open(Configuration configuration) {
        SiteRowsLoader loader = loader(configuration);
        SiteSnapshot snapshot = new SiteSnapshot(configuration.data());
        Database database = configuration.database();
        try (SiteStore store = SiteStore.open(database)) {
            fill(configuration, store, loader);
            SiteState state = good(store, loader);
            snapshot.write(state);
            return new SiteBase(database, loader, snapshot, state, loader.load(state.rows()));
        } catch (SQLException away) {
            SiteState last =
                    Optional.of(database)
                            .filter(Database::remote)
                            .flatMap(_ -> snapshot.read())
                            .orElseThrow(() -> StorageException.ofDatabase(database.name(), away));
            LOG.log(
                    Level.ERROR,
                    "the database is away, started from the snapshot database={0} version={1}"
                            + " reason={2}",
                    database.name(),
                    Long.toString(last.version().number()),
                    away.toString());
            return new SiteBase(database, loader, snapshot, last, loader.load(last.rows()));
        } catch (IOException disk) {
            throw new StorageException(
                    "The site's snapshot "
                            + snapshot.file()
                            + " cannot be written: "
                            + disk
                            + "\n    Check the folder's rights, or set data.",
                    disk);
        }
    }

    /** From the file, when it is new, or when there is nothing in the tables. */
    private static void fill(Configuration configuration, SiteStore store, SiteRowsLoader loader)
            throws SQLException {
        Path file = configuration.site().orElseThrow();
        boolean filled = store.version().number() > 0;
        if (filled && !Files.exists(file)) {
            return;
        }
        SiteDoor door = new SiteDoor(store, loader, "start:" + file.getFileName());
        if (filled && !door.isNews(file)) {
            return;
        }
        SiteDoor.Outcome outcome = door.apply(file, false);
        outcome.version()
                .ifPresent(version ->
                        LOG.log(
                                Level.INFO,
                                "site taken from its file file={0} version={1} changes=\"{2}\"",
                                file,
                                Long.toString(version.number()),
                                outcome.diff().summary()));
    }

    private static SiteState good(SiteStore store, SiteRowsLoader loader) throws SQLException {
        SiteState now = store.read();
        try {
            PbxSite _ = loader.load(now.rows());
            return now;
        } catch (ConfigurationException wrong) {
            Optional<SiteState> last = lastGood(store);
            if (last.isEmpty()) {
                throw wrong;
            }
            Problem first = wrong.problems().getFirst();
            LOG.log(
                    Level.ERROR,
                    "the site''s tables cannot be used, started with the last good version={0}"
                            + " reason={1}",
                    Long.toString(last.get().version().number()),
                    first.place() + " " + first.what());
            return last.get();
        }
    }

    private static Optional<SiteState> lastGood(SiteStore store) throws SQLException {
        Optional<SiteVersion> version =
                store.history(1_000).stream()
                        .filter(e -> e.verdict() == Verdict.APPLIED && e.restorable())
                        .map(e -> e.version())
                        .findFirst();
        if (version.isEmpty()) {
            return Optional.empty();
        }
        Optional<SiteRows> rows = store.rowsOf(version.get().number());
        return rows.map(r -> new SiteState(version.get(), r));
    }

    /** What is in force at the start. */
    public PbxSite site() {
        return site;
    }

    /** Which version of the tables that is. */
    public long version() {
        return good.version().number();
    }

    /**
     * Follows the tables from now on.
     *
     * @param inForce takes each new site; one caller at a time
     */
    public SiteWatch follow(Consumer<PbxSite> inForce, Consumer<PbxEvent> events) {
        SiteWatch watch = new SiteWatch(database, loader, snapshot, good, inForce, events);
        watch.start();
        return watch;
    }
}
