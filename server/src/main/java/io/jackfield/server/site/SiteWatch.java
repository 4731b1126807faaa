package io.jackfield.server.site;

import io.jackfield.call.event.PbxEvent;
import io.jackfield.server.config.ConfigurationException;
import io.jackfield.server.config.PbxSite;
import io.jackfield.server.config.Problem;
import io.jackfield.server.config.SiteDiff;
import io.jackfield.server.config.SiteRowsLoader;
import io.jackfield.storage.jdbc.Database;
import io.jackfield.storage.site.SiteHistoryEntry.Verdict;
import io.jackfield.storage.site.SiteRows;
import io.jackfield.storage.site.SiteState;
import io.jackfield.storage.site.SiteStore;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Takes every change of the tables over into the server: all rows of one moment, checked as a
 * whole, in force as a whole. What does not pass is refused and written down; the last good site
 * stays.
 *
 * <p>Thread-safety: {@link #start} runs it on a platform thread of its own; {@link #close} from
 * any.
 */
public final class SiteWatch implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(SiteWatch.class.getName());

    /**
     * How often the version is looked at; PostgreSQL says by itself when there is something new.
     */
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);

    private static final Duration RETRY_FIRST = Duration.ofMillis(250);
    private static final Duration RETRY_MAX = Duration.ofSeconds(2);

    /** How long closing waits for the database to answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Database database;
    private final SiteRowsLoader loader;
    private final SiteSnapshot snapshot;
    private final Consumer<PbxSite> inForce;
    private final Consumer<PbxEvent> events;
    private final Thread thread = Thread.ofPlatform().name("site-watch").unstarted(this::run);

    /** Not an interrupt, which would close the file that is being written. */
    private final CountDownLatch stopping = new CountDownLatch(1);

    private SiteState good;
    private long seen;
    private boolean away;

    /**
     * @param good what is in force already
     * @param inForce takes a site that has passed
     * @param events is told what became of changes
     */
    SiteWatch(
            Database database,
            SiteRowsLoader loader,
            SiteSnapshot snapshot,
            SiteState good,
            Consumer<PbxSite> inForce,
            Consumer<PbxEvent> events) {
        this.database = database;
        this.loader = loader;
        this.snapshot = snapshot;
        this.good = good;
        this.seen = good.version().number();
        this.inForce = inForce;
        this.events = events;
    }

    void start() {
        thread.start();
    }

    @Override
    public void close() {
        stopping.countDown();
        try {
            var _ = thread.join(PATIENCE);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        Duration retry = RETRY_FIRST;
        try {
            while (!stopping()) {
                try (SiteStore store = SiteStore.open(database)) {
                    store.listen();
                    retry = RETRY_FIRST;
                    back();
                    watch(store);
                } catch (SQLException failed) {
                    away(failed);
                }
                var _ = stopping.await(retry.toMillis(), TimeUnit.MILLISECONDS);
                Duration doubled = retry.multipliedBy(2);
                retry = doubled.compareTo(RETRY_MAX) > 0 ? RETRY_MAX : doubled;
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean stopping() {
        return stopping.getCount() == 0;
    }

    private void watch(SiteStore store) throws SQLException, InterruptedException {
        while (!stopping()) {
            look(store);
            store.await(LOOK_EVERY);
        }
    }

    private void back() {
        if (away) {
            away = false;
            LOG.log(Level.INFO, "the site's database is back database={0}", database.name());
        }
    }

    private void away(SQLException failed) {
        if (!away) {
            away = true;
            LOG.log(
                    Level.ERROR,
                    "the site''s database is away, the last good site stays database={0} reason={1}",
                    database.name(),
                    failed.toString());
        }
    }

    /** Takes over what is new, if anything is. */
    void look(SiteStore store) throws SQLException {
        if (store.version().number() == seen) {
            return;
        }
        SiteState state = store.read();
        Optional<PbxSite> site = check(store, state);
        seen = state.version().number();
        if (site.isEmpty()) {
            return;
        }
        SiteRows before = good.rows();
        good = state;
        inForce.accept(site.get());
        events.accept(
                new PbxEvent.SiteChanged(state.version().number(), state.version().changedBy()));
        keep(state);
        SiteDiff diff = loader.diff(before, loader.opened(state.rows()));
        remember(store, state, Verdict.APPLIED, diff.summary());
    }

    private Optional<PbxSite> check(SiteStore store, SiteState state) {
        try {
            return Optional.of(loader.load(state.rows()));
        } catch (ConfigurationException wrong) {
            refuse(store, state, wrong.problems());
        } catch (RuntimeException ours) {
            // A mistake of ours in reading must not end the watch, nor let half a site through.
            LOG.log(Level.ERROR, "the site could not be read", ours);
            refuse(
                    store,
                    state,
                    List.of(Problem.of("site", "it could not be read", ours.toString())));
        }
        return Optional.empty();
    }

    private void refuse(SiteStore store, SiteState state, List<Problem> problems) {
        Problem first = problems.getFirst();
        events.accept(
                new PbxEvent.SiteRefused(
                        state.version().number(),
                        state.version().changedBy(),
                        first.place().toString(),
                        first.what(),
                        problems.size() - 1));
        StringBuilder summary = new StringBuilder();
        problems.stream().limit(10).forEach(p -> summary.append(p).append('\n'));
        remember(store, state, Verdict.REFUSED, summary.toString().strip());
    }

    private static void remember(
            SiteStore store, SiteState state, Verdict verdict, String summary) {
        try {
            store.recordVerdict(state, verdict, summary);
        } catch (SQLException failed) {
            LOG.log(
                    Level.WARNING,
                    "the site''s history could not be written version={0} reason={1}",
                    Long.toString(state.version().number()),
                    failed.toString());
        }
    }

    /** For a start without the database. */
    private void keep(SiteState state) {
        try {
            snapshot.write(state);
        } catch (IOException disk) {
            LOG.log(
                    Level.ERROR,
                    "the site''s snapshot cannot be written file={0} reason={1}",
                    snapshot.file(),
                    disk.toString());
        }
    }
}
