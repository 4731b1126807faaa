package io.jackfield.loadtool.compare;

import io.jackfield.loadtool.scenario.Limits;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench/compare}. Exit codes: 0 when all was measured, 1 when not, 2 for wrong usage. */
@Command(
        name = "bench/compare",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Makes the same calls through Jackfield and through the reference Asterisk, in turn,",
            "on pinned CPUs, and prints how they compare.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  bench/compare                                      all but the limit",
            "  bench/compare --scenarios trunk --rounds 7         one scenario",
            "  bench/compare --scenarios trunk --calls 500 --ours-only",
            "                                                     delays at 500 calls",
            "  bench/compare --scenarios limit --rounds 3         most calls on one core",
            "  bench/compare --rounds 1 --seconds 5 --calls 20 --phones 40",
            "                                                     a short trial"
        })
public final class CompareMain implements Callable<Integer> {
    private static final int FAILED = 1;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final String DEFAULT_SCENARIOS = "echo,trunk,transcoded,pairs,short,phones";

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--scenarios",
            defaultValue = DEFAULT_SCENARIOS,
            paramLabel = "NAME,...",
            description =
                    "of echo, trunk, transcoded, pairs, short, phones, limit;"
                            + " default ${DEFAULT-VALUE}")
    private String scenarios = "";

    @Option(
            names = "--rounds",
            defaultValue = "5",
            paramLabel = "N",
            description = "that count, after one to warm up; default ${DEFAULT-VALUE}")
    private int rounds;

    @Option(
            names = "--calls",
            paramLabel = "N",
            description = "at once, in place of each scenario's own number")
    private Optional<Integer> calls = Optional.empty();

    @Option(
            names = "--phones",
            defaultValue = "" + ComparePlan.PHONES_MAX,
            paramLabel = "N",
            description = "that register in the scenario phones; default ${DEFAULT-VALUE}")
    private int phones;

    @Option(
            names = "--seconds",
            defaultValue = "20",
            paramLabel = "N",
            description = "for which each run is measured; default ${DEFAULT-VALUE}")
    private int seconds;

    @Option(
            names = "--limit-steps",
            defaultValue = "50,75,100,150,200,300,400,500,600,700,800,900,1000",
            paramLabel = "N,...",
            description =
                    "numbers of calls that the scenario limit tries; default ${DEFAULT-VALUE}")
    private String limitSteps = "";

    @Option(
            names = "--loss-max",
            defaultValue = "0.1",
            paramLabel = "PERCENT",
            description = "of calls that are held; default ${DEFAULT-VALUE}")
    private double lossMax;

    @Option(
            names = "--delay-max",
            defaultValue = "10",
            paramLabel = "MILLIS",
            description = "p99 of the delay of calls that are held; default ${DEFAULT-VALUE}")
    private double delayMax;

    @Option(names = "--ours-only", description = "without Asterisk")
    private boolean oursOnly;

    @Option(
            names = "--server-cpu",
            defaultValue = "0",
            paramLabel = "N",
            description = "for both PBXs, in turn; default ${DEFAULT-VALUE}")
    private int serverCpu;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "the figures of each run as JSON, too")
    private Optional<Path> json = Optional.empty();

    @Option(
            names = "--tree",
            required = true,
            hidden = true,
            paramLabel = "FOLDER",
            description = "the source tree")
    private Path tree = Path.of("");

    @Option(names = "--rig", hidden = true, description = "Asterisk's scripts")
    private Optional<Path> rig = Optional.empty();

    @Option(names = "--asterisk", hidden = true, description = "where Asterisk was set up")
    private Optional<Path> asterisk = Optional.empty();

    /** Runs the command of the arguments. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new CompareMain()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        ComparePlan plan = plan();
        Path folder = Files.createTempDirectory("jackfield-compare");
        try {
            show(new CompareRun(plan, peers(folder), this::progress).run());
            return CommandLine.ExitCode.OK;
        } catch (IOException failure) {
            progress(String.valueOf(failure.getMessage()));
            return FAILED;
        } finally {
            empty(folder);
        }
    }

    private void progress(String words) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(words);
        err.flush();
    }

    private void show(List<ScenarioResult> results) throws IOException {
        CompareReport report = new CompareReport();
        results.forEach(report::add);
        PrintWriter out = spec.commandLine().getOut();
        out.println(report);
        out.flush();
        if (json.isPresent()) {
            Files.writeString(json.get(), CompareJson.write(results));
        }
    }

    /** What servers wrote is of no use any more. */
    private static void empty(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private CompareRun.Peers peers(Path folder) {
        if (!oursOnly && (rig.isEmpty() || asterisk.isEmpty())) {
            throw new ParameterException(
                    spec.commandLine(), "no Asterisk here: --ours-only measures without");
        }
        Optional<CompareRun.Starter> theirs =
                oursOnly
                        ? Optional.empty()
                        : Optional.of(() ->
                                AsteriskPeer.start(
                                        rig.orElseThrow(), asterisk.orElseThrow(), serverCpu));
        return new CompareRun.Peers(
                () -> JackfieldPeer.start(tree.toAbsolutePath(), folder, serverCpu),
                theirs,
                serverCpu);
    }

    /**
     * What the options say.
     *
     * @throws ParameterException in words, for what cannot be
     */
    ComparePlan plan() {
        if (rounds < 1 || seconds < 1 || calls.filter(n -> n < 1).isPresent()) {
            throw wrong("--rounds, --seconds and --calls take 1 or more");
        }
        if (phones < 1 || phones > ComparePlan.PHONES_MAX) {
            throw wrong("--phones takes 1 to " + ComparePlan.PHONES_MAX);
        }
        if (!(lossMax >= 0) || !(delayMax >= 0)) {
            throw wrong("--loss-max and --delay-max take 0 or more");
        }
        ComparePlan plan =
                new ComparePlan(
                        Arrays.stream(scenarios.split(",", -1)).map(this::scenario).toList(),
                        rounds,
                        calls.map(OptionalInt::of).orElse(OptionalInt.empty()),
                        phones,
                        seconds,
                        new Limits(
                                lossMax, Duration.ofNanos(Math.round(delayMax * NANOS_PER_MILLI))),
                        steps());
        plan.scenarios().stream()
                .filter(s -> plan.phones(s) > ComparePlan.PHONES_MAX)
                .forEach(s -> {
                    throw wrong(
                            "--calls and --limit-steps: "
                                    + s.key()
                                    + " would take more than "
                                    + ComparePlan.PHONES_MAX
                                    + " phones");
                });
        return plan;
    }

    private Scenario scenario(String name) {
        return Scenario.named(name.strip())
                .orElseThrow(() -> wrong("--scenarios: there is no " + name));
    }

    private List<Integer> steps() {
        List<Integer> steps;
        try {
            steps =
                    Arrays.stream(limitSteps.split(",", -1))
                            .map(n -> Integer.valueOf(n.strip()))
                            .toList();
        } catch (NumberFormatException _) {
            throw wrong("--limit-steps takes numbers with commas, not " + limitSteps);
        }
        int before = 0;
        for (int step : steps) {
            if (step <= before) {
                throw wrong("--limit-steps must rise from 1 or more, not " + limitSteps);
            }
            before = step;
        }
        return steps;
    }

    private ParameterException wrong(String words) {
        return new ParameterException(spec.commandLine(), words);
    }
}
