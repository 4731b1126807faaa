package io.jackfield.server;

import io.jackfield.api.http.ApiKey;
import io.jackfield.api.http.Role;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code jackfield apikey}: keys for the HTTP API. */
@Command(
        name = "apikey",
        mixinStandardHelpOptions = true,
        description = "Keys for the HTTP API.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = ApiKeyCommand.Make.class)
final class ApiKeyCommand {
    private static final int WRONG = 2;

    /** {@code jackfield apikey make}. */
    @Command(
            name = "make",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = {
                "Prints a new key, which is not kept anywhere, and the row for apiKeys: of the site,",
                "which holds its hash alone."
            })
    static final class Make implements Callable<Integer> {
        @Parameters(index = "0", paramLabel = "NAME", description = "Of the key, for logs.")
        private String name = "";

        @Option(
                names = "--role",
                required = true,
                paramLabel = "ROLE",
                description = "admin, supervisor, crm, agent, read or metrics.")
        private String role = "";

        @Option(
                names = "--agent",
                paramLabel = "NAME",
                description = "The only agent for whom it may act; a must with the role agent.")
        private @Nullable String agent;

        @Option(names = "--days", paramLabel = "N", description = "It expires after so many days.")
        private @Nullable Integer days;

        @Spec private @Nullable CommandSpec spec;

        @Override
        public Integer call() {
            PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
            PrintWriter err = spec.commandLine().getErr();
            Optional<Role> known = Role.of(role);
            if (known.isEmpty()) {
                err.println(
                        "There is no role "
                                + role
                                + ". Roles are: "
                                + String.join(
                                        ", ", Arrays.stream(Role.values()).map(Role::word).toList())
                                + ".");
                return WRONG;
            }
            if (known.get() == Role.AGENT && agent == null) {
                err.println("Name the agent: --agent NAME.");
                return WRONG;
            }
            String key = ApiKey.random(new SecureRandom());
            out.println("key: " + key);
            out.println();
            out.println("apiKeys:");
            out.println("  - name: " + name);
            out.println("    role: " + role);
            if (agent != null) {
                out.println("    agent: \"" + agent + "\"");
            }
            out.println("    sha256: " + ApiKey.hash(key));
            if (days != null) {
                Instant end = Instant.now().plus(Duration.ofDays(days));
                out.println("    expires: " + end.truncatedTo(ChronoUnit.SECONDS));
            }
            out.flush();
            return 0;
        }
    }
}
