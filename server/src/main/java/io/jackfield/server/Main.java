package io.jackfield.server;

import io.jackfield.call.event.PbxEvent;
import io.jackfield.call.routing.InvalidSite;
import io.jackfield.media.MediaSocketUnavailable;
import io.jackfield.server.config.Configuration;
import io.jackfield.server.config.ConfigurationException;
import io.jackfield.server.config.ConfigurationLoader;
import io.jackfield.server.config.LogLevels;
import io.jackfield.server.demo.DemoSite;
import io.jackfield.server.demo.RobotLine;
import io.jackfield.server.listener.CannotListenException;
import io.jackfield.server.site.SiteBase;
import io.jackfield.server.tls.UnusableCertificateException;
import io.jackfield.storage.StorageException;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;

/** {@code jackfield}: the command line. Exit codes: 0 well, 1 failed, 2 wrong usage or settings. */
@Command(
        name = "jackfield",
        description = "A browser-only contact-centre PBX.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Versions.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            Main.DemoCommand.class,
            Main.ServeCommand.class,
            ApplyCommand.class,
            SealCommand.class,
            TokenCommand.class,
            ApiKeyCommand.class,
            RouteCommand.class,
            LookCommand.OfCalls.class,
            TraceCommand.class,
            ChannelStatsCommand.class,
            SelfcheckCommand.class,
            LookCommand.OfAgents.class,
            LookCommand.OfQueues.class
        })
public final class Main {
    private static final int FAILED = 1;
    private static final int WRONG = 2;

    private Main() {}

    /** Runs the command of the arguments. */
    public static void main(String[] arguments) {
        try {
            System.exit(new CommandLine(new Main()).execute(arguments));
        } catch (Error broken) {
            // Without this the process would stay, with nobody in charge.
            broken.printStackTrace();
            System.exit(FAILED);
        }
    }

    /** For {@code --version}. */
    static final class Versions implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {Version.PRODUCT + " on Java " + Runtime.version()};
        }
    }

    @Command(
            name = "demo",
            mixinStandardHelpOptions = true,
            description = {
                "Runs everything on this machine alone: agents 1001 to 1006, a robot for a",
                "telephone network, and a page to try it with."
            })
    static final class DemoCommand implements Runnable, CommandLine.IExitCodeGenerator {
        private int code;

        @Override
        public void run() {
            long started = System.nanoTime();
            code =
                    guarded(() -> {
                        Configuration configuration =
                                ConfigurationLoader.demo(
                                        Path.of("").toAbsolutePath(), System.getenv());
                        LogLevels.apply(configuration.logLevel());
                        Pbx pbx =
                                new Pbx(
                                        configuration,
                                        DemoSite.site(configuration.realm()),
                                        Optional.of(DemoSite.page(configuration)),
                                        new EventLog());
                        pbx.with(RobotLine.open(pbx.media()));
                        DemoSite.welcome(System.out, pbx.httpPort(), started);
                        WarmUp.inBackground();
                        new Shutdown(pbx, configuration.drain()).await();
                    });
        }

        @Override
        public int getExitCode() {
            return code;
        }
    }

    @Command(
            name = "serve",
            mixinStandardHelpOptions = true,
            description = "Runs the PBX with the settings of a file.")
    static final class ServeCommand implements Runnable, CommandLine.IExitCodeGenerator {
        @Option(
                names = "--config",
                required = true,
                paramLabel = "FILE",
                description = "jackfield.yaml; every key also as an environment variable.")
        private Path config = Path.of("jackfield.yaml");

        private int code;

        @Override
        public void run() {
            code =
                    guarded(() -> {
                        Configuration configuration =
                                ConfigurationLoader.serve(config, System.getenv(), hostAddresses());
                        LogLevels.apply(configuration.logLevel());
                        SiteBase base = SiteBase.open(configuration);
                        Pbx pbx =
                                new Pbx(
                                        configuration,
                                        base.site(),
                                        Optional.empty(),
                                        new EventLog(),
                                        List.of(
                                                new SiteApi(
                                                        configuration.database(),
                                                        SiteBase.loader(configuration))));
                        pbx.publish(new PbxEvent.SiteChanged(base.version(), "start"));
                        pbx.with(base.follow(pbx::replace, pbx::publish));
                        System.out.println("ready on port " + pbx.httpPort());
                        WarmUp.inBackground();
                        new Shutdown(pbx, configuration.drain()).await();
                    });
        }

        @Override
        public int getExitCode() {
            return code;
        }
    }

    private interface Work {
        void run() throws InterruptedException, IOException;
    }

    /** What the operator can mend is said in words, without a stack trace. */
    private static int guarded(Work work) {
        PrintStream err = System.err;
        try {
            work.run();
            return 0;
        } catch (ConfigurationException | InvalidSite wrong) {
            err.println(wrong.getMessage());
            return WRONG;
        } catch (StorageException | CannotListenException | UnusableCertificateException taken) {
            err.println(taken.getMessage());
            return FAILED;
        } catch (MediaSocketUnavailable taken) {
            err.println(taken.getMessage());
            err.println(
                    "    Another program holds the port. Stop that one, or set media.port (or"
                            + " JACKFIELD_MEDIA_PORT) to another value.");
            return FAILED;
        } catch (IOException network) {
            err.println("The network cannot be used: " + network.getMessage());
            return FAILED;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return FAILED;
        }
    }

    static Set<InetAddress> hostAddresses() throws SocketException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLinkLocalAddress())
                .collect(Collectors.toSet());
    }
}
