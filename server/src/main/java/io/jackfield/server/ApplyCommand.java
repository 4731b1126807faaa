package io.jackfield.server;

import io.jackfield.server.config.Configuration;
import io.jackfield.server.config.ConfigurationException;
import io.jackfield.server.config.ConfigurationLoader;
import io.jackfield.server.config.SiteDiff;
import io.jackfield.server.site.SiteBase;
import io.jackfield.server.site.SiteDoor;
import io.jackfield.storage.StorageException;
import io.jackfield.storage.site.SiteHistoryEntry;
import io.jackfield.storage.site.SiteStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code jackfield apply}: makes the site's tables say what a file says. */
@Command(
        name = "apply",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Makes the site in the database what a file says, shows what is different, and writes",
            "it all at once or not at all. A server that runs takes it over within a second."
        })
final class ApplyCommand implements Callable<Integer> {
    private static final int FAILED = 1;
    private static final int WRONG = 2;
    private static final int HISTORY_SHOWN = 20;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "site.yaml; without it, that of jackfield.yaml.")
    private Optional<Path> file = Optional.empty();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            defaultValue = "jackfield.yaml",
            description = "Names the database; jackfield.yaml here unless said.")
    private Path config = Path.of("jackfield.yaml");

    @Option(names = "--dry-run", description = "Only shows what would be different.")
    private boolean dryRun;

    @Option(names = "--undo", description = "Takes the last change back, whoever made it.")
    private boolean undo;

    @Option(names = "--history", description = "Shows who changed the site, and when.")
    private boolean history;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Spec private @org.jspecify.annotations.Nullable CommandSpec spec;

    @Override
    public Integer call() {
        CommandSpec command = java.util.Objects.requireNonNull(spec);
        PrintWriter out = command.commandLine().getOut();
        PrintWriter err = command.commandLine().getErr();
        if (undo && file.isPresent()) {
            err.println("Give a file or --undo, not both.");
            return WRONG;
        }
        try {
            Configuration configuration =
                    ConfigurationLoader.serve(config, System.getenv(), Main.hostAddresses());
            try (SiteStore store = SiteStore.open(configuration.database())) {
                if (history) {
                    show(out, store.history(HISTORY_SHOWN));
                } else {
                    show(out, change(configuration, store));
                }
            } catch (SQLException away) {
                throw StorageException.ofDatabase(configuration.database().name(), away);
            }
            out.flush();
            return 0;
        } catch (ConfigurationException wrong) {
            err.println(wrong.getMessage());
            return WRONG;
        } catch (StorageException | IOException failed) {
            err.println(failed.getMessage());
            return FAILED;
        }
    }

    private SiteDoor.Outcome change(Configuration configuration, SiteStore store)
            throws SQLException {
        SiteDoor door = new SiteDoor(store, SiteBase.loader(configuration), "apply:" + who());
        return undo
                ? door.undo(dryRun)
                : door.apply(file.or(configuration::site).orElseThrow().toAbsolutePath(), dryRun);
    }

    private static String who() {
        String user = System.getProperty("user.name", "?");
        try {
            return user + "@" + InetAddress.getLocalHost().getHostName();
        } catch (IOException nameless) {
            return user;
        }
    }

    private void show(PrintWriter out, SiteDoor.Outcome outcome) {
        SiteDiff diff = outcome.diff();
        if (json) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("changes", diff.lines());
            document.put("summary", diff.summary());
            document.put("written", outcome.version().isPresent());
            outcome.version().ifPresent(v -> document.put("version", v.number()));
            out.println(JsonMapper.builder().build().writeValueAsString(document));
            return;
        }
        out.print(diff.text());
        if (diff.isEmpty()) {
            out.println("Nothing is different.");
        } else if (outcome.version().isEmpty()) {
            out.println(diff.summary() + "; nothing was written.");
        } else {
            out.println(diff.summary() + "; version " + outcome.version().get().number() + ".");
        }
    }

    private void show(PrintWriter out, List<SiteHistoryEntry> entries) {
        if (json) {
            List<Map<String, Object>> lines = new ArrayList<>();
            for (SiteHistoryEntry entry : entries) {
                Map<String, Object> line = new LinkedHashMap<>();
                line.put("version", entry.version().number());
                line.put("at", entry.version().changedAt());
                line.put("by", entry.version().changedBy());
                line.put("verdict", entry.verdict().name().toLowerCase(java.util.Locale.ROOT));
                entry.undoes().ifPresent(u -> line.put("undoes", u));
                line.put("summary", entry.summary());
                lines.add(line);
            }
            out.println(JsonMapper.builder().build().writeValueAsString(lines));
            return;
        }
        for (SiteHistoryEntry entry : entries) {
            out.printf(
                    "%-6d %-24s %-8s %s%n       %s%n",
                    entry.version().number(),
                    entry.version().changedAt(),
                    entry.verdict().name().toLowerCase(java.util.Locale.ROOT),
                    entry.version().changedBy(),
                    entry.summary().lines().findFirst().orElse("")
                            + (entry.undoes().isPresent()
                                    ? " (undoes " + entry.undoes().getAsLong() + ")"
                                    : ""));
        }
    }
}
