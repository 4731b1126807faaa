package io.jackfield.server;

import io.jackfield.server.config.Configuration;
import io.jackfield.server.config.ConfigurationException;
import io.jackfield.server.config.ConfigurationLoader;
import io.jackfield.server.config.PbxSite;
import io.jackfield.server.config.SiteLoader;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code jackfield route}: where calls would go. */
@Command(
        name = "route",
        mixinStandardHelpOptions = true,
        description = "Where calls would go.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = RouteCommand.Test.class)
final class RouteCommand {
    private static final int NOWHERE = 1;
    private static final int WRONG = 2;

    /** {@code jackfield route test}. */
    @Command(
            name = "test",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = {
                "Says where a call for that number would go by the site's file, and makes none.",
                "A server that runs says it of the site in force: GET /api/v1/route-test.",
                "Exit code 0: it arrives somewhere; 1: it does not; 2: wrong usage or settings."
            })
    static final class Test implements Callable<Integer> {
        @Parameters(index = "0", paramLabel = "NUMBER", description = "What is called.")
        private String number = "";

        @Option(
                names = "--from",
                defaultValue = "trunk",
                paramLabel = "trunk|agent",
                description = "Who calls; a trunk unless said.")
        private String from = "trunk";

        @Option(
                names = "--at",
                paramLabel = "TIME",
                description = "As 2026-11-23T10:00 in the site's time zone; now unless said.")
        private @Nullable String at;

        @Option(
                names = "--press",
                defaultValue = "",
                paramLabel = "KEYS",
                description = "What the caller presses, as 1,2.")
        private String press = "";

        @Option(
                names = "--config",
                paramLabel = "FILE",
                defaultValue = "jackfield.yaml",
                description = "Names the site; jackfield.yaml here unless said.")
        private Path config = Path.of("jackfield.yaml");

        @Spec private @Nullable CommandSpec spec;

        @Override
        public Integer call() {
            PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
            PrintWriter err = spec.commandLine().getErr();
            try {
                Configuration configuration =
                        ConfigurationLoader.serve(config, System.getenv(), Set.<InetAddress>of());
                PbxSite site =
                        SiteLoader.load(configuration.site().orElseThrow(), configuration.realm());
                Optional<Instant> when = time(site);
                if (when.isEmpty() || !(from.equals("trunk") || from.equals("agent"))) {
                    err.println("Write --at as 2026-11-23T10:00, and --from as trunk or agent.");
                    return WRONG;
                }
                String keys = press.replace(",", "");
                RouteTester.Way way =
                        from.equals("agent")
                                ? RouteTester.fromAgent(site, number, when.get(), keys)
                                : RouteTester.fromTrunk(site, number, when.get(), keys);
                out.println(number + " → " + String.join(" → ", way.steps()));
                out.flush();
                return way.arrives() ? 0 : NOWHERE;
            } catch (ConfigurationException wrong) {
                err.println(wrong.getMessage());
                return WRONG;
            }
        }

        private Optional<Instant> time(PbxSite site) {
            try {
                return Optional.of(
                        at == null
                                ? Instant.now()
                                : LocalDateTime.parse(at).atZone(site.floor().zone()).toInstant());
            } catch (DateTimeParseException other) {
                return Optional.empty();
            }
        }
    }
}
