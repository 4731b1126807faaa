package io.jackfield.server;

import io.jackfield.server.config.ConfigurationException;
import io.jackfield.server.config.ConfigurationLoader;
import io.jackfield.server.config.SiteRowsLoader;
import io.jackfield.server.site.SiteBase;
import io.jackfield.storage.StorageException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code jackfield seal}: what another tool writes into the database in place of a password. */
@Command(
        name = "seal",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Reads a password from the first line of the standard input and prints what the",
            "database holds for it: for an agent's column ha1, for a trunk's column password."
        })
final class SealCommand implements Callable<Integer> {
    private static final int FAILED = 1;
    private static final int WRONG = 2;

    /** Whose passwords there are. */
    enum Owner {
        agent,
        trunk
    }

    @Parameters(index = "0", paramLabel = "agent|trunk", description = "Whose password it is.")
    private Owner owner = Owner.agent;

    @Parameters(index = "1", paramLabel = "NAME", description = "The row's name; it fits no other.")
    private String name = "";

    @Option(
            names = "--config",
            paramLabel = "FILE",
            defaultValue = "jackfield.yaml",
            description = "Names realm and key; jackfield.yaml here unless said.")
    private Path config = Path.of("jackfield.yaml");

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try {
            Optional<String> password = password();
            if (password.isEmpty()) {
                err.println("There is no password on the standard input.");
                return WRONG;
            }
            SiteRowsLoader loader =
                    SiteBase.loader(
                            ConfigurationLoader.serve(
                                    config, System.getenv(), Main.hostAddresses()));
            out.println(
                    switch (owner) {
                        case agent -> loader.sealedAgent(name, password.get());
                        case trunk -> loader.sealedTrunk(name, password.get());
                    });
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

    private static Optional<String> password() throws IOException {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        return Optional.ofNullable(in.readLine()).filter(line -> !line.isEmpty());
    }
}
