package io.jackfield.loadtool;

import io.jackfield.loadtool.media.Payload;
import io.jackfield.loadtool.phone.OfferedCodec;
import io.jackfield.loadtool.phone.PhoneAccount;
import io.jackfield.loadtool.phone.PhoneCodecs;
import io.jackfield.loadtool.report.JsonReport;
import io.jackfield.loadtool.report.LoadReport;
import io.jackfield.loadtool.report.TextReport;
import io.jackfield.loadtool.scenario.Limits;
import io.jackfield.loadtool.scenario.LoadPlan;
import io.jackfield.loadtool.scenario.LoadRun;
import io.jackfield.loadtool.scenario.PhoneNames;
import io.jackfield.loadtool.scenario.ServerProcess;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
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
            "Lets headless phones register over WebSocket, call and talk in numbered packets,",
            "and says how long all took, what was lost and what the server used.",
            ""
        },
        footer = {
            "",
            "Examples, against the site in examples/bench (jackfield serve --config ...):",
            "",
            "100 phones talk to the echo for a minute:",
            "  jackfield load --ws ws://127.0.0.1:8088/ws --users agent0001-agent0100 \\",
            "    --password 'secret-{name}' --call 600 --server-pid $(pgrep -f jackfield.server)",
            "",
            "50, then 100, then 200 calls through a trunk that is played here:",
            "  jackfield load --ws ws://127.0.0.1:8088/ws --users agent0001-agent0200 \\",
            "    --password 'secret-{name}' --call 9555 --trunk 127.0.0.1:5090 --codec PCMU \\",
            "    --steps 50,100,200 --seconds 30",
            "",
            "50 phones call 50 others:",
            "  jackfield load --ws ws://127.0.0.1:8088/ws --users agent0001-agent0100 \\",
            "    --password 'secret-{name}' --pairs --call '1{n:3}'",
            "",
            "20 short calls a second:",
            "  jackfield load --ws ws://127.0.0.1:8088/ws --users agent0001-agent0060 \\",
            "    --password 'secret-{name}' --call 600 --talk 1.2 --ramp 20/s --seconds 30"
        })
public final class Main implements Callable<Integer> {
    private static final int FAILED = 1;

    /** A phone tells an hour of packets apart; the rest is for setting up. */
    private static final int SECONDS_MAX = 3_500;

    private static final double MILLIS_PER_SECOND = 1_000;
    private static final double NANOS_PER_MILLI = 1e6;

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
            description = {
                "what each calls; {user}, {n} and {n:4} stand for the user's name, the number in",
                "it, and that with four digits; default ${DEFAULT-VALUE}, an echo"
            })
    private String number = "";

    @Option(
            names = "--trunk",
            paramLabel = "ADDRESS:PORT",
            description = "play the carrier there, over UDP with G.711; --call leads to it")
    private Optional<String> trunk = Optional.empty();

    @Option(
            names = "--pairs",
            description = {
                "the first half of the phones call the second half; the places of --call are",
                "those of the phone that is called, as in --call '{user}'"
            })
    private boolean pairs;

    @Option(
            names = "--steps",
            paramLabel = "N,N,...",
            description = "calls that are up at once, rising; default all phones")
    private Optional<String> steps = Optional.empty();

    @Option(
            names = "--seconds",
            defaultValue = "60",
            paramLabel = "N",
            description = "how long each step is measured, 1 to 3500; default ${DEFAULT-VALUE}")
    private int seconds;

    @Option(
            names = "--settle",
            defaultValue = "2",
            paramLabel = "SECONDS",
            description = "from a step's last call to its measuring; default ${DEFAULT-VALUE}")
    private double settle;

    @Option(
            names = "--talk",
            paramLabel = "SECONDS",
            description = "short calls: hang up after that, and go on calling")
    private Optional<Double> talk = Optional.empty();

    @Option(
            names = "--warm-up",
            defaultValue = "0",
            paramLabel = "SECONDS",
            description = "of short calls before those that count; default ${DEFAULT-VALUE}")
    private double warmUp;

    @Option(
            names = "--loss-max",
            defaultValue = "100",
            paramLabel = "PERCENT",
            description = "more steps only while no way loses more; default ${DEFAULT-VALUE}")
    private double lossMax;

    @Option(
            names = "--delay-max",
            defaultValue = "3600000",
            paramLabel = "MILLIS",
            description = "more steps only while no way's p99 of delay is above; default an hour")
    private double delayMax;

    @Option(
            names = "--codec",
            defaultValue = "opus",
            paramLabel = "NAME",
            description = "offered first: opus, PCMU or PCMA; default ${DEFAULT-VALUE}")
    private String codec = "";

    @Option(names = "--only", description = "offer no other codec than that")
    private boolean only;

    @Option(
            names = "--sound",
            description = {
                "send a voice instead of numbers, for a PBX that decodes and encodes it;",
                "with --trunk, --call must differ: --codec opus --sound --call '9555{n:4}'"
            })
    private boolean sound;

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

    @Option(
            names = "--allocation",
            description = "the server is a JVM: ask it (jcmd) what it allocates")
    private boolean allocation;

    @Option(
            names = "--gc-log",
            paramLabel = "FILE",
            description = "that the server's JVM writes (-Xlog:gc:file=FILE): its pauses are told")
    private Optional<Path> gcLog = Optional.empty();

    @Option(names = "--insecure", description = "take any certificate of a wss server")
    private boolean insecure;

    @Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "N",
            description = "of all that is left to chance in time; default ${DEFAULT-VALUE}")
    private long seed;

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
                    new LoadRun(
                                    plan,
                                    words -> {
                                        err.println(words);
                                        err.flush();
                                    })
                            .run();
        } catch (IOException failure) {
            err.println("cannot begin: " + failure.getMessage());
            return FAILED;
        }
        otherCodec(plan.codecs(), report.codecs()).ifPresent(err::println);
        err.flush();
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? JsonReport.write(report) : TextReport.write(report));
        out.flush();
        return report.flawless() ? CommandLine.ExitCode.OK : FAILED;
    }

    /**
     * What to say where the server chose another codec of those offered; where it then decodes and
     * encodes, frames do not come through as they are, and nothing is heard.
     *
     * @param used as in {@code a=rtpmap}
     */
    static Optional<String> otherCodec(PhoneCodecs asked, List<String> used) {
        if (used.stream().allMatch(asked.first()::is)) {
            return Optional.empty();
        }
        return Optional.of(
                asked.first()
                        + " was preferred, the server chose "
                        + String.join(", ", used)
                        + "; --only offers no other");
    }

    /**
     * What the options say.
     *
     * @throws ParameterException in words, for what cannot be
     */
    LoadPlan plan() {
        List<PhoneAccount> accounts = accounts();
        try {
            return new LoadPlan(
                    checkedServer(),
                    insecure,
                    accounts,
                    address(local, "--local"),
                    number,
                    trunk.map(this::trunkAddress),
                    pairs,
                    steps.map(this::stepsOf)
                            .orElseGet(
                                    () -> List.of(pairs ? accounts.size() / 2 : accounts.size())),
                    Duration.ofSeconds(within(seconds, 1, SECONDS_MAX, "--seconds")),
                    duration(settle, SECONDS_MAX, "--settle"),
                    talk.map(t -> duration(t, SECONDS_MAX, "--talk")),
                    duration(warmUp, SECONDS_MAX, "--warm-up"),
                    limits(),
                    codecs(),
                    sound ? Payload.SOUND : Payload.NUMBERS,
                    perSecond(),
                    new ServerProcess(
                            serverPid.map(OptionalLong::of).orElse(OptionalLong.empty()),
                            allocation,
                            gcLog),
                    seed);
        } catch (IllegalArgumentException failure) {
            throw new ParameterException(spec.commandLine(), failure.getMessage(), failure);
        }
    }

    private Limits limits() {
        if (!(lossMax >= 0) || !(delayMax >= 0)) {
            throw wrong("--loss-max and --delay-max", "0 or more");
        }
        return new Limits(lossMax, Duration.ofNanos(Math.round(delayMax * NANOS_PER_MILLI)));
    }

    private PhoneCodecs codecs() {
        return new PhoneCodecs(
                OfferedCodec.named(codec)
                        .orElseThrow(() -> wrong("--codec", "opus, PCMU or PCMA, not " + codec)),
                only ? OfferedCodec.Breadth.ONLY : OfferedCodec.Breadth.ALL);
    }

    private InetSocketAddress trunkAddress(String text) {
        int colon = text.lastIndexOf(':');
        try {
            int port = Integer.parseInt(text.substring(colon + 1));
            String host = text.substring(0, Math.max(0, colon)).replaceAll("[\\[\\]]", "");
            return new InetSocketAddress(address(host, "--trunk"), port);
        } catch (IllegalArgumentException _) {
            throw wrong("--trunk", "an address and a port, like 127.0.0.1:5090, not " + text);
        }
    }

    private List<Integer> stepsOf(String text) {
        try {
            return Arrays.stream(text.split(",", -1)).map(n -> Integer.valueOf(n.strip())).toList();
        } catch (NumberFormatException _) {
            throw wrong("--steps", "numbers with commas, like 50,100,200, not " + text);
        }
    }

    private Duration duration(double value, int max, String option) {
        if (!(value >= 0 && value <= max)) {
            throw wrong(option, "0 to " + max + " seconds, not " + value);
        }
        return Duration.ofMillis(Math.round(value * MILLIS_PER_SECOND));
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

    private InetAddress address(String text, String option) {
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException _) {
            throw wrong(option, "an address, not " + text);
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
