package io.jackfield.loadtool.compare;

import io.jackfield.loadtool.floor.Floor;
import io.jackfield.loadtool.floor.FloorMain;
import io.jackfield.loadtool.report.LoadReport;
import io.jackfield.loadtool.report.StepReport;
import io.jackfield.loadtool.scenario.LoadPlan;
import io.jackfield.loadtool.scenario.LoadRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Asks both peers the same, in turn, and lets the other stand still meanwhile. This process is the
 * generator: it is to be pinned to a CPU that is not the servers'.
 *
 * <p>Thread: the caller's, which it blocks.
 */
final class CompareRun {
    /** Of a run that the hypervisor disturbs. */
    private static final int TRIES_MAX = 4;

    private final ComparePlan plan;
    private final Peers peers;
    private final Consumer<String> progress;

    /** Starts a peer; the second one is not always there. */
    interface Starter {
        Peer start() throws IOException, InterruptedException;
    }

    /**
     * @param theirs empty to measure ours alone
     * @param serverCpu to which they are pinned
     */
    record Peers(Starter ours, Optional<Starter> theirs, int serverCpu) {}

    /** Both, as they run. */
    private record Running(Peer ours, Optional<Peer> theirs) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            try (Peer _ = ours) {
                if (theirs.isPresent()) {
                    theirs.get().close();
                }
            }
        }
    }

    /** What one peer has shown so far in a scenario. */
    private static final class Gathering {
        private final String name;
        private final List<Run> runs = new ArrayList<>();
        private final List<String> remarks = new ArrayList<>();
        private Optional<Double> freshMemory = Optional.empty();
        private boolean refused;

        Gathering(String name) {
            this.name = name;
        }

        /** What is not counted is missing from its round. */
        void add(int round, Run run) {
            run.whyNot().ifPresent(why -> remarks.add("round " + round + " not counted: " + why));
            runs.add(round == 1 ? run.with(Figure.MEMORY_PER_CALL, freshMemory) : run);
        }

        Side side() {
            return new Side(name, runs, remarks);
        }
    }

    /** One of both with what is gathered of it. */
    private record Seat(Peer peer, Gathering gathering) {}

    CompareRun(ComparePlan plan, Peers peers, Consumer<String> progress) {
        this.plan = plan;
        this.peers = peers;
        this.progress = progress;
    }

    /**
     * Runs all scenarios.
     *
     * @throws IOException when a peer or a run cannot begin
     */
    List<ScenarioResult> run() throws IOException, InterruptedException {
        List<ScenarioResult> results = new ArrayList<>();
        for (Scenario scenario : plan.scenarios()) {
            ScenarioResult result = run(scenario);
            CompareReport sofar = new CompareReport();
            sofar.add(result);
            progress.accept(sofar.toString());
            results.add(result);
        }
        return results;
    }

    private ScenarioResult run(Scenario scenario) throws IOException, InterruptedException {
        Floor floor = floor();
        Gathering ours = new Gathering(JackfieldPeer.NAME);
        Gathering theirs = new Gathering(AsteriskPeer.NAME);
        if (scenario.wantsFreshPeer()) {
            for (int round = 1; round <= plan.rounds(); round++) {
                try (Running running = start()) {
                    round(scenario, round, seats(round, running, ours, theirs));
                }
            }
        } else {
            try (Running running = start()) {
                warmUp(scenario, seats(0, running, ours, theirs));
                for (int round = 1; round <= plan.rounds(); round++) {
                    round(scenario, round, seats(round, running, ours, theirs));
                }
            }
        }
        return new ScenarioResult(
                scenario,
                plan.callsOf(scenario),
                ComparePlan.codecs(scenario).first().toString(),
                plan.seconds(),
                ours.side(),
                peers.theirs().map(_ -> theirs.side()),
                floor);
    }

    private Running start() throws IOException, InterruptedException {
        Peer ours = peers.ours().start();
        try {
            ours.stop();
            return peers.theirs().isEmpty()
                    ? new Running(ours, Optional.empty())
                    : new Running(ours, Optional.of(stopped(peers.theirs().get())));
        } catch (IOException failure) {
            ours.close();
            throw failure;
        }
    }

    private static Peer stopped(Starter starter) throws IOException, InterruptedException {
        Peer peer = starter.start();
        peer.stop();
        return peer;
    }

    /** Who is first changes from round to round. */
    private static List<Seat> seats(int round, Running running, Gathering ours, Gathering theirs) {
        Seat our = new Seat(running.ours(), ours);
        if (running.theirs().isEmpty()) {
            return List.of(our);
        }
        Seat their = new Seat(running.theirs().get(), theirs);
        return round % 2 == 0 ? List.of(our, their) : List.of(their, our);
    }

    /**
     * Does not count, but for memory: of what it once had, a process keeps much, so that later runs
     * show no growth. A peer that takes no call at all is asked no more.
     */
    private void warmUp(Scenario scenario, List<Seat> seats)
            throws IOException, InterruptedException {
        for (Seat seat : seats) {
            Gathering gathering = seat.gathering();
            LoadPlan load = plan.of(scenario, seat.peer(), 0);
            LoadReport report = measured(load, seat.peer());
            gathering.freshMemory =
                    Verdict.whyNot(scenario, load, report).isPresent()
                            ? Optional.empty()
                            : Figure.MEMORY_PER_CALL.of(report);
            gathering.refused = Verdict.refused(report);
            if (gathering.refused) {
                gathering.remarks.add(
                        "left out, it took no call: "
                                + Verdict.whyNot(scenario, load, report).orElse("no reason given"));
            }
            tell("warm-up", scenario, seat, judged(scenario, load, report));
        }
    }

    private void round(Scenario scenario, int round, List<Seat> seats)
            throws IOException, InterruptedException {
        for (Seat seat : seats) {
            if (!seat.gathering().refused) {
                LoadPlan load = plan.of(scenario, seat.peer(), round);
                LoadReport report = measured(load, seat.peer());
                Run run = judged(scenario, load, report);
                seat.gathering().add(round, run);
                if (scenario == Scenario.LIMIT) {
                    seat.gathering()
                            .remarks
                            .add("round " + round + ", " + Verdict.lastStep(report));
                }
                tell("round " + round, scenario, seat, run);
            }
        }
    }

    private void tell(String which, Scenario scenario, Seat seat, Run run) {
        progress.accept(
                which
                        + ", "
                        + scenario.key()
                        + ", "
                        + seat.gathering().name
                        + ": "
                        + run.whyNot().map(why -> "not counted: " + why).orElse(run.words()));
    }

    private LoadReport measured(LoadPlan load, Peer peer) throws IOException, InterruptedException {
        peer.goOn();
        try {
            LoadReport last = once(load);
            for (int i = 1; i < TRIES_MAX && Verdict.stolen(last); i++) {
                progress.accept("the hypervisor took too much: once more");
                last = once(load);
            }
            return last;
        } finally {
            peer.stop();
        }
    }

    private static LoadReport once(LoadPlan load) throws IOException, InterruptedException {
        // What the run before has left is not this one's to clean up.
        System.gc();
        return new LoadRun(load, _ -> {}).run();
    }

    private Run judged(Scenario scenario, LoadPlan load, LoadReport report) {
        return Verdict.whyNot(scenario, load, report)
                .map(Run::discarded)
                .orElseGet(() -> Run.counted(figures(scenario, report)));
    }

    private Map<Figure, Double> figures(Scenario scenario, LoadReport load) {
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        for (Figure figure : scenario.figures()) {
            value(scenario, figure, load).ifPresent(v -> figures.put(figure, v));
        }
        return figures;
    }

    private Optional<Double> value(Scenario scenario, Figure figure, LoadReport load) {
        if (figure == Figure.CALLS_HELD) {
            return Optional.of(held(load));
        }
        boolean notFresh = figure == Figure.MEMORY_PER_CALL && !scenario.wantsFreshPeer();
        return notFresh ? Optional.empty() : figure.of(load);
    }

    private double held(LoadReport load) {
        return load.steps().stream()
                .filter(plan.limits()::heldBy)
                .mapToInt(StepReport::calls)
                .max()
                .orElse(0);
    }

    /** In a process of its own, where the servers run. */
    private Floor floor() throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command =
                List.of(
                        java,
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FloorMain.class.getName());
        return Floor.parse(Commands.run(Map.of(), Commands.pinned(peers.serverCpu(), command)));
    }
}
