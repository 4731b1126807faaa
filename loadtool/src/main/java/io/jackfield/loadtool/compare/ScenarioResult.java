package io.jackfield.loadtool.compare;

import io.jackfield.loadtool.floor.Floor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a scenario has shown.
 *
 * @param calls at once; of the limit, at most
 * @param codec that phones sent
 * @param theirs empty where ours is measured alone
 * @param floor of the machine, taken just before
 */
record ScenarioResult(
        Scenario scenario,
        int calls,
        String codec,
        int seconds,
        Side ours,
        Optional<Side> theirs,
        Floor floor) {
    /** The scenario, and how many calls of which codec. */
    String words() {
        return scenario + ", " + codec + ", " + howMany() + ", " + seconds + " s a run";
    }

    private String howMany() {
        return switch (scenario) {
            case SHORT -> (int) ComparePlan.RAMP_PER_SECOND + " calls a second";
            case LIMIT -> "at most " + calls + " calls";
            case ECHO, TRUNK, TRANSCODED, PAIRS, PHONES -> calls + " calls";
        };
    }

    List<Side> sides() {
        return Stream.concat(Stream.of(ours), theirs.stream()).toList();
    }

    /** True where both did it at all. */
    boolean compared() {
        return !ours.runs().isEmpty() && theirs.filter(t -> !t.runs().isEmpty()).isPresent();
    }

    /**
     * Of the rounds in which both have the figure; growth of memory may be below 0, and has none.
     */
    Optional<Ratios> ratios(Figure figure) {
        List<Run> their = theirs.map(Side::runs).orElse(List.of());
        List<Ratios.Round> rounds = new ArrayList<>();
        for (int i = 0; i < Math.min(ours.runs().size(), their.size()); i++) {
            Optional<Double> theirOne = their.get(i).get(figure).filter(v -> v > 0);
            Optional<Double> ourOne = ours.runs().get(i).get(figure).filter(v -> v >= 0);
            ourOne.ifPresent(our -> theirOne.ifPresent(t -> rounds.add(new Ratios.Round(our, t))));
        }
        return rounds.isEmpty() ? Optional.empty() : Optional.of(Ratios.of(rounds));
    }

    /** What a call must cost at least, percent of a core. */
    double floorPercent() {
        return floor.corePercent(scenario.passed(), scenario.protectedLegs());
    }

    /** How many times that a call of this one costs. */
    Optional<Double> timesFloor(Side side) {
        double[] used = side.values(Figure.CPU_PER_CALL);
        return scenario.hasFloor() && used.length > 0
                ? Optional.of(Ratios.median(used) / floorPercent())
                : Optional.empty();
    }
}
