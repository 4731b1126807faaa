package io.jackfield.server;

import io.jackfield.api.http.ApiPart;
import io.jackfield.api.http.Endpoint;
import io.jackfield.api.http.Exchange;
import io.jackfield.api.http.Problem;
import io.jackfield.api.http.Scope;
import io.jackfield.server.config.ConfigurationException;
import io.jackfield.server.config.SiteRowsLoader;
import io.jackfield.server.site.SiteDoor;
import io.jackfield.storage.jdbc.Database;
import io.jackfield.storage.site.SiteHistoryEntry;
import io.jackfield.storage.site.SiteMovedOn;
import io.jackfield.storage.site.SiteStore;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /api/v1/site}: changes the site as {@code jackfield apply} does, by the same door.
 *
 * <p>Any thread; one platform thread changes at a time.
 */
final class SiteApi implements ApiPart, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(SiteApi.class.getName());
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int BODY_BYTES_MAX = 4 << 20;
    private static final int HISTORY_SHOWN = 100;

    private final Database database;
    private final SiteRowsLoader loader;

    /** Drivers of databases hold a lock while they wait: no work for virtual threads. */
    private final ExecutorService changes =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().name("site-api").daemon().factory());

    SiteApi(Database database, SiteRowsLoader loader) {
        this.database = database;
        this.loader = loader;
    }

    @Override
    public List<Endpoint> endpoints() {
        return List.of(
                new Endpoint(
                        "GET",
                        "/api/v1/site/history",
                        Optional.of(Scope.SITE_READ),
                        "siteHistory",
                        exchange -> guarded(exchange, this::history)),
                new Endpoint(
                        "POST",
                        "/api/v1/site/apply",
                        Optional.of(Scope.SITE_WRITE),
                        "applySite",
                        this::apply),
                new Endpoint(
                        "POST",
                        "/api/v1/site/undo",
                        Optional.of(Scope.SITE_WRITE),
                        "undoSite",
                        exchange -> {
                            if (exchange.body().isPresent()) {
                                guarded(exchange, () -> undo(exchange));
                            }
                        }));
    }

    private void guarded(Exchange exchange, Callable<ObjectNode> work) {
        try {
            exchange.json(200, changes.submit(work).get());
        } catch (ExecutionException failed) {
            refuse(exchange, Objects.requireNonNullElse(failed.getCause(), failed));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            exchange.refuse(Problem.unavailable("The server stops."));
        }
    }

    private static void refuse(Exchange exchange, Throwable why) {
        switch (why) {
            case ConfigurationException wrong -> invalid(exchange, wrong);
            case InvalidBody wrong -> invalid(exchange, wrong);
            case SiteMovedOn _ ->
                    exchange.refuse(
                            new Problem(409, "Conflict", "The site is being changed; ask again."));
            default -> {
                LOG.log(Level.ERROR, "the site could not be changed", why);
                exchange.refuse(
                        Problem.unavailable("The site's database cannot be used at the moment."));
            }
        }
    }

    private static void invalid(Exchange exchange, Exception why) {
        exchange.refuse(
                new Problem(422, "Unprocessable Content", String.valueOf(why.getMessage())));
    }

    private void apply(Exchange exchange) {
        boolean dryRun = exchange.parameter("dryRun").filter("true"::equals).isPresent();
        Optional<byte[]> body = exchange.bytes("application/yaml", BODY_BYTES_MAX);
        body.ifPresent(bytes -> guarded(exchange, () -> apply(exchange, bytes, dryRun)));
    }

    private ObjectNode apply(Exchange exchange, byte[] body, boolean dryRun)
            throws IOException, SQLException, InvalidBody {
        Path folder = Files.createTempDirectory("jackfield-site");
        Path file = folder.resolve("site.yaml");
        try {
            Files.write(file, body);
            return changed(exchange, door -> door.adopt(file, dryRun));
        } catch (ConfigurationException wrong) {
            throw new InvalidBody(String.valueOf(wrong.getMessage()).replace(folder + "/", ""));
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(folder);
        }
    }

    private ObjectNode undo(Exchange exchange) throws SQLException {
        return changed(exchange, door -> door.undo(false));
    }

    /** The body is no site; says why. */
    private static final class InvalidBody extends Exception {
        private static final long serialVersionUID = 1L;

        InvalidBody(String why) {
            super(why);
        }
    }

    private interface Change {
        SiteDoor.Outcome by(SiteDoor door) throws SQLException;
    }

    private ObjectNode changed(Exchange exchange, Change change) throws SQLException {
        try (SiteStore store = SiteStore.open(database)) {
            SiteDoor door = new SiteDoor(store, loader, "api:" + exchange.access().who());
            SiteDoor.Outcome outcome = change.by(door);
            ObjectNode body = JSON.createObjectNode();
            body.put("summary", outcome.diff().summary());
            body.put("changes", outcome.diff().text());
            body.put("written", outcome.version().isPresent());
            body.put("version", outcome.version().map(v -> v.number()).orElse(null));
            return body;
        }
    }

    private ObjectNode history() throws SQLException {
        try (SiteStore store = SiteStore.open(database)) {
            ObjectNode body = JSON.createObjectNode();
            ArrayNode list = body.putArray("history");
            for (SiteHistoryEntry entry : store.history(HISTORY_SHOWN)) {
                ObjectNode line = list.addObject();
                line.put("version", entry.version().number());
                line.put("at", entry.version().changedAt());
                line.put("by", entry.version().changedBy());
                line.put("verdict", entry.verdict().name().toLowerCase(Locale.ROOT));
                line.put("summary", entry.summary());
            }
            return body;
        }
    }

    @Override
    public void close() {
        changes.shutdownNow();
    }
}
