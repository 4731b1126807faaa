package io.jackfield.loadtool.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.loadtool.floor.Floor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The report of a comparison")
class CompareReportTest {
    private static final Floor FLOOR = new Floor(4_000, 1_000, 600);

    private static Run cpu(double percent) {
        return Run.counted(Map.of(Figure.CPU_PER_CALL, percent));
    }

    private static Side side(String name, Run... runs) {
        return new Side(name, Arrays.asList(runs), List.of());
    }

    private static ScenarioResult result(Scenario scenario, Side ours, Optional<Side> theirs) {
        return new ScenarioResult(scenario, 100, "PCMU", 20, ours, theirs, FLOOR);
    }

    private static String text(ScenarioResult result) {
        CompareReport report = new CompareReport();
        report.add(result);
        return report.toString();
    }

    @Test
    @DisplayName(
            "has both medians, the ratio and how it spreads, and how far each is from the floor")
    void compared() {
        ScenarioResult result =
                result(
                        Scenario.TRUNK,
                        side("ours", cpu(0.1), cpu(0.112), cpu(0.2)),
                        Optional.of(side("theirs", cpu(1), cpu(0.8), cpu(0.8))));

        assertThat(text(result))
                .contains(
                        "trunk: browser to trunk, passed on as it is, PCMU, 100 calls, 20 s a run")
                .containsPattern("per call, % +0\\.1120 +0\\.8000 +0\\.140 +0\\.100 to 0\\.250")
                .contains(
                        "at least 0.0560 % of a core a call; ours 2.00 times that;"
                                + " theirs 14.29 times that");
        assertThat(CompareJson.write(List.of(result)))
                .contains("\"codec\": \"PCMU\"")
                .containsPattern("\"cpu_per_call\": \\{\\s+\"median\": 0\\.1[34]")
                .contains("\"core_percent_per_call\": 0.056");
    }

    @Test
    @DisplayName("has the median and its spread where there is no other")
    void alone() {
        Side ours = side("ours", cpu(0.04), cpu(0.03));

        assertThat(text(result(Scenario.ECHO, ours, Optional.empty())))
                .containsPattern("per call, % +0\\.0350 +0\\.0300 +0\\.0400")
                .contains("at least 0.0310 % of a core a call");
    }

    @Test
    @DisplayName("takes a round only where both sides of it count, and says what does not")
    void discarded() {
        Side theirs =
                new Side(
                        "theirs",
                        List.of(Run.discarded("stolen"), cpu(0.8)),
                        List.of("round 1 not counted: stolen"));

        assertThat(
                        text(
                                result(
                                        Scenario.TRUNK,
                                        side("ours", cpu(0.8), cpu(0.2)),
                                        Optional.of(theirs))))
                .containsPattern("per call, % +0\\.5000 +0\\.8000 +0\\.250 +0\\.250 to 0\\.250")
                .contains("theirs: round 1 not counted: stolen");
    }

    @Test
    @DisplayName("shows the other alone where one took no call, and why")
    void refused() {
        Side ours = new Side("ours", List.of(), List.of("left out, it took no call: 488"));
        String text =
                text(result(Scenario.TRANSCODED, ours, Optional.of(side("theirs", cpu(3.3)))));

        assertThat(text)
                .contains("ours: left out, it took no call: 488")
                .contains("theirs alone")
                .containsPattern("per call, % +3\\.3000");
    }

    @Test
    @DisplayName("has no ratio to nothing, and says that runs lost too much")
    void loss() {
        Side ours = side("ours", Run.counted(Map.of(Figure.LOSS, 0.2)));
        Side theirs = side("theirs", Run.counted(Map.of(Figure.LOSS, 0.0)));

        assertThat(text(result(Scenario.TRUNK, ours, Optional.of(theirs))))
                .containsPattern("loss, % +0\\.2000 +0\\.0000 *\n")
                .contains("ours: 1 of 1 runs lost over 0.1 %");
    }

    @Test
    @DisplayName("has no ratio of memory that a process gave back")
    void shrunk() {
        Side ours = side("ours", Run.counted(Map.of(Figure.MEMORY_PER_CALL, -29.0)));
        Side theirs = side("theirs", Run.counted(Map.of(Figure.MEMORY_PER_CALL, 1_200.0)));

        assertThat(text(result(Scenario.PHONES, ours, Optional.of(theirs))))
                .containsPattern("RSS per call, KiB +-29\\.0000 +1200\\.0000 *\n");
    }

    @Test
    @DisplayName("leaves a figure out that no run has")
    void missing() {
        Side ours = side("ours", Run.counted(Map.of()));

        assertThat(text(result(Scenario.SHORT, ours, Optional.empty())))
                .contains("short: short calls to the echo, PCMU, 20 calls a second, 20 s a run")
                .doesNotContain("CPU per short call")
                .doesNotContain("this machine");
    }
}
