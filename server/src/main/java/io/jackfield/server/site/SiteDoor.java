package io.jackfield.server.site;

import io.jackfield.server.config.ConfigurationException;
import io.jackfield.server.config.Problem;
import io.jackfield.server.config.SiteDiff;
import io.jackfield.server.config.SiteRowsLoader;
import io.jackfield.storage.site.SiteChange;
import io.jackfield.storage.site.SiteHistoryEntry;
import io.jackfield.storage.site.SiteMovedOn;
import io.jackfield.storage.site.SiteRows;
import io.jackfield.storage.site.SiteState;
import io.jackfield.storage.site.SiteStore;
import io.jackfield.storage.site.SiteVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Changes the site's tables as a whole, checked before: from a file, or back to what was before.
 *
 * <p>Works beside a server that runs, which notices the change. One platform thread at a time.
 */
public final class SiteDoor {
    /** How often somebody else may be faster before we give up. */
    private static final int ATTEMPTS = 5;

    private static final int HISTORY_SEARCHED = 1_000;

    private final SiteStore store;
    private final SiteRowsLoader loader;
    private final String by;

    /**
     * @param by who uses the door, for the history
     */
    public SiteDoor(SiteStore store, SiteRowsLoader loader, String by) {
        this.store = store;
        this.loader = loader;
        this.by = by;
    }

    /**
     * What was, or would be, done.
     *
     * @param version empty when nothing was written
     */
    public record Outcome(SiteDiff diff, Optional<SiteVersion> version) {}

    /**
     * Makes the tables say what a file says.
     *
     * @param dryRun only says what would be different
     * @throws ConfigurationException when the file is no valid site; nothing was written
     */
    public Outcome apply(Path file, boolean dryRun) throws SQLException {
        SiteRows wanted = loader.read(file).rows();
        return change(wanted, dryRun, OptionalLong.empty(), Optional.of(checksum(file)));
    }

    /**
     * The same with a file that was sent: the server's own file stays the one that a start compares
     * with.
     *
     * @throws ConfigurationException when the file is no valid site; nothing was written
     */
    public Outcome adopt(Path file, boolean dryRun) throws SQLException {
        SiteRows wanted = loader.read(file).rows();
        return change(wanted, dryRun, OptionalLong.empty(), Optional.empty());
    }

    /** Whether the tables were never filled from this file, or from what it said before. */
    public boolean isNews(Path file) throws SQLException {
        return !store.lastSourceChecksum().equals(Optional.of(checksum(file)));
    }

    /**
     * Takes the last change back: a refused one by going back to the last good rows, a good one by
     * going back to those before it. What undid something is a change like any other and can be
     * undone itself.
     *
     * @throws ConfigurationException when there is nothing to go back to
     */
    public Outcome undo(boolean dryRun) throws SQLException {
        long now = store.version().number();
        List<SiteHistoryEntry> good =
                store.history(HISTORY_SEARCHED).stream()
                        .filter(entry -> entry.verdict() == SiteHistoryEntry.Verdict.APPLIED)
                        .toList();
        boolean currentIsGood = !good.isEmpty() && good.getFirst().version().number() == now;
        int index = currentIsGood ? 1 : 0;
        if (good.size() <= index || !good.get(index).restorable()) {
            throw nothingToUndo();
        }
        long target = good.get(index).version().number();
        SiteRows rows = store.rowsOf(target).orElseThrow(SiteDoor::nothingToUndo);
        loader.load(rows);
        return change(loader.opened(rows), dryRun, OptionalLong.of(now), Optional.empty());
    }

    private static ConfigurationException nothingToUndo() {
        return new ConfigurationException(
                List.of(
                        Problem.of(
                                "site_history",
                                "there is nothing to undo",
                                "The site has no earlier version whose rows are kept.")));
    }

    private Outcome change(
            SiteRows wanted, boolean dryRun, OptionalLong undoes, Optional<String> checksum)
            throws SQLException {
        for (int attempt = 1; ; attempt++) {
            SiteState now = store.read();
            SiteDiff diff = loader.diff(now.rows(), wanted);
            boolean sameFile = checksum.isEmpty() || checksum.equals(store.lastSourceChecksum());
            if (dryRun || (diff.isEmpty() && sameFile)) {
                return new Outcome(diff, Optional.empty());
            }
            SiteChange change =
                    new SiteChange(
                            now.version().number(),
                            loader.edits(now.rows(), wanted),
                            by,
                            diff.summary(),
                            undoes,
                            checksum);
            try {
                return new Outcome(diff, Optional.of(store.apply(change)));
            } catch (SiteMovedOn faster) {
                if (attempt == ATTEMPTS) {
                    throw faster;
                }
            }
        }
    }

    private static String checksum(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        } catch (IOException unreadable) {
            throw new ConfigurationException(
                    List.of(
                            Problem.of(
                                    file.toString(),
                                    "it cannot be read (" + unreadable.getMessage() + ")",
                                    "It must be a text file in UTF-8 that this user may read.")));
        }
    }
}
