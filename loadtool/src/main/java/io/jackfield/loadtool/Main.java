package io.jackfield.loadtool;

import io.jackfield.loadtool.phone.OfferedCodec;
import io.jackfield.loadtool.phone.PhoneAccount;
import io.jackfield.loadtool.report.JsonReport;
import io.jackfield.loadtool.report.LoadReport;
import io.jackfield.loadtool.report.TextReport;
import io.jackfield.loadtool.scenario.EchoRun;
import io.jackfield.loadtool.scenario.LoadPlan;
import io.jackfield.loadtool.scenario.PhoneNames;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code jackfield load}. Exit codes: 0 when every call succeeded and every packet came back, 1
 * when not, 2 for wrong usage.
 */
@Command(
        name = "jackfield load",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Lets headless phones register, call an echo and talk in numbered packets,",
            "and says how long all took and what was lost."
        })
public final class Main implements Callable<Integer> {
    private static final int FAILED = 1;

    /** A phone tells an hour of packets apart; the rest is for setting up. */
    private static final int SECONDS_MAX = 3_500;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--ws",
            required = true,
            paramLabel = "URL",
            description = "where phones connect, for example ws://127.0.0.1:8088/ws")
    private URI server = URI.create("");

    @Option(
            names = "--users",
            required = true,
            paramLabel = "NAMES",
            description = "agent0001-agent0100, or a list with commas; each is one phone")
    private String users = "";

    @Option(
            names = "--password",
            required = true,
            paramLabel = "TEXT",
            description = "of each user; {name} stands for the user's name")
    private String password = "";

    @Option(
            names = "--domain",
            paramLabel = "NAME",
            description = "of the users' addresses; the host of --ws when not given")
    private Optional<String> domain = Optional.empty();

    @Option(
            names = "--call",
            defaultValue = "600",
            paramLabel = "NUMBER",
            description = "an echo; default ${DEFAULT-VALUE}")
    private String number = "";

    @Option(
            names = "--seconds",
            defaultValue = "60",
            paramLabel = "N",
            description = "how long all phones talk at once, 1 to 3500; default ${DEFAULT-VALUE}")
    private int seconds;

    @Option(
            names = "--codec",
            defaultValue = "opus",
            paramLabel = "NAME",
            description = "offered first: opus, PCMU or PCMA; default ${DEFAULT-VALUE}")
    private String codec = "";

    @Option(
            names = "--ramp",
            defaultValue = "20/s",
            paramLabel = "N/s",
            description = "registrations, then calls, in a second; default ${DEFAULT-VALUE}")
    private String ramp = "";

    @Option(
            names = "--local",
            defaultValue = "127.0.0.1",
            paramLabel = "ADDRESS",
            description = "of this machine, from which media goes; default ${DEFAULT-VALUE}")
    private String local = "";

    @Option(
            names = "--server-pid",
            paramLabel = "PID",
            description = "the server's process on this machine: its CPU and memory are measured")
    private Optional<Long> serverPid = Optional.empty();

    @Option(names = "--json", description = "the figures as JSON")
    private boolean json;

    /** Runs the command of the arguments. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main()).execute(arguments));
    }

    @Override
    public Integer call() throws InterruptedException {
        LoadPlan plan = plan();
        PrintWriter err = spec.commandLine().getErr();
        LoadReport report;
        try {
            report =
                    new EchoRun(
                                    plan,
                                    words -> {
                                        err.println(words);
                                        err.flush();
                                    })
                            .run();
        } catch (IOException failure) {
            err.println("cannot open media sockets: " + failure.getMessage());
            return FAILED;
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? JsonReport.write(report) : TextReport.write(report));
        out.flush();
        return report.flawless() ? CommandLine.ExitCode.OK : FAILED;
    }

    /**
     * What the options say.
     *
     * @throws ParameterException in words, for what cannot be
     */
    LoadPlan plan() {
        return new LoadPlan(
                checkedServer(),
                accounts(),
                address(),
                number,
                Duration.ofSeconds(within(seconds, 1, SECONDS_MAX, "--seconds")),
                OfferedCodec.named(codec)
                        .orElseThrow(() -> wrong("--codec", "opus, PCMU or PCMA, not " + codec)),
                perSecond(),
                serverPid.map(OptionalLong::of).orElse(OptionalLong.empty()));
    }

    private URI checkedServer() {
        boolean webSocket = "ws".equals(server.getScheme()) || "wss".equals(server.getScheme());
        if (!webSocket || server.getHost() == null) {
            throw wrong("--ws", "a ws:// or wss:// address, not " + server);
        }
        return server;
    }

    private List<PhoneAccount> accounts() {
        try {
            return PhoneNames.parse(users).stream()
                    .map(user ->
                            new PhoneAccount(
                                    user,
                                    password.replace("{name}", user),
                                    domain.orElse(server.getHost())))
                    .toList();
        } catch (IllegalArgumentException failure) {
            throw wrong("--users", "names and ranges: " + failure.getMessage());
        }
    }

    private InetAddress address() {
        try {
            return InetAddress.ofLiteral(local);
        } catch (IllegalArgumentException _) {
            throw wrong("--local", "an address, not " + local);
        }
    }

    private double perSecond() {
        String text = ramp.endsWith("/s") ? ramp.substring(0, ramp.length() - 2) : ramp;
        try {
            double perSecond = Double.parseDouble(text);
            if (perSecond > 0 && perSecond <= 10_000) {
                return perSecond;
            }
        } catch (NumberFormatException _) {
            // Said below, with the range.
        }
        throw wrong("--ramp", "above 0 to 10000 per second, like 20/s, not " + ramp);
    }

    private int within(int value, int min, int max, String option) {
        if (value < min || value > max) {
            throw wrong(option, min + " to " + max + ", not " + value);
        }
        return value;
    }

    private ParameterException wrong(String option, String words) {
        return new ParameterException(spec.commandLine(), option + " takes " + words);
    }
}
