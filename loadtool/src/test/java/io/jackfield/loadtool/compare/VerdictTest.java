package io.jackfield.loadtool.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.loadtool.measure.Histogram.Spread;
import io.jackfield.loadtool.media.MediaFigures;
import io.jackfield.loadtool.report.JvmUse;
import io.jackfield.loadtool.report.LoadReport;
import io.jackfield.loadtool.report.SetupTimes;
import io.jackfield.loadtool.report.StepReport;
import io.jackfield.loadtool.scenario.LoadPlan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A run counts")
class VerdictTest {
    private static final Map<String, String> NO_PROBLEMS = Map.of();

    private static StepReport step(int calls, int up, boolean shortCalls, double steal) {
        return new StepReport(
                calls,
                up,
                shortCalls,
                Duration.ofSeconds(5),
                SetupTimes.NONE,
                new MediaFigures(Map.of(), 0, Spread.NONE, Spread.NONE, 0),
                Optional.empty(),
                JvmUse.NONE,
                Optional.empty(),
                steal);
    }

    private static LoadReport report(String codec, Map<String, String> problems, StepReport step) {
        return new LoadReport(
                "600",
                20,
                List.of(codec),
                Spread.NONE,
                Optional.empty(),
                new LoadReport.MemoryUse(0, 0, 0, 0),
                List.of(step),
                problems);
    }

    private static Optional<String> whyNot(Scenario scenario, LoadReport report) {
        LoadPlan plan = PlanOf.scenario(scenario);
        return Verdict.whyNot(scenario, plan, report);
    }

    @Test
    @DisplayName(
            "when all calls were up with the codec that was asked for, on a machine of its own")
    void counts() {
        assertThat(
                        whyNot(
                                Scenario.TRUNK,
                                report("PCMU/8000", NO_PROBLEMS, step(20, 20, false, 2.9))))
                .isEmpty();
    }

    @Test
    @DisplayName("not when the PBX chose another codec")
    void codec() {
        assertThat(
                        whyNot(
                                Scenario.TRUNK,
                                report("opus/48000/2", NO_PROBLEMS, step(20, 20, false, 0))))
                .contains("opus/48000/2 was used, PCMU was asked for");
    }

    @Test
    @DisplayName("not when a call is missing; what went wrong most often is said")
    void missing() {
        Map<String, String> problems = Map.of("a", "488", "b", "488", "c", "timeout");

        LoadReport some = report("PCMU/8000", problems, step(20, 17, false, 0));
        assertThat(whyNot(Scenario.TRUNK, some)).contains("17 of 20 calls up; 2 times: 488");
        assertThat(Verdict.refused(some)).isFalse();
        assertThat(Verdict.refused(report("PCMU/8000", problems, step(20, 0, false, 0)))).isTrue();
    }

    @Test
    @DisplayName("of short calls, when one in a hundred fails; not when two do")
    void shortCalls() {
        assertThat(whyNot(Scenario.SHORT, report("PCMU/8000", NO_PROBLEMS, step(100, 99, true, 0))))
                .isEmpty();
        assertThat(whyNot(Scenario.SHORT, report("PCMU/8000", NO_PROBLEMS, step(100, 98, true, 0))))
                .contains("98 of 100 calls up");
    }

    @Test
    @DisplayName("not when the hypervisor took more than 3 % of the machine")
    void stolen() {
        LoadReport report = report("PCMU/8000", NO_PROBLEMS, step(20, 20, false, 3.1));

        assertThat(Verdict.stolen(report)).isTrue();
        assertThat(whyNot(Scenario.TRUNK, report))
                .contains("the hypervisor took 3.1 % of the machine");
    }

    @Test
    @DisplayName("of the limit, with what its last step was like")
    void lastStep() {
        LoadReport report = report("PCMU/8000", NO_PROBLEMS, step(20, 17, false, 0));

        assertThat(Verdict.lastStep(report))
                .isEqualTo(
                        "last step: 17 of 20 up, 0.0000 % lost, added delay p99 0.0 ms,"
                                + " generator's own lateness p99 0.0 ms");
    }

    @Test
    @DisplayName("not for memory of phones, when one of them did not come; of the limit always")
    void others() {
        LoadReport one = report("PCMU/8000", Map.of("a", "403"), step(20, 20, false, 0));

        assertThat(whyNot(Scenario.PHONES, one)).contains("1 times: 403");
        assertThat(whyNot(Scenario.LIMIT, report("PCMU/8000", NO_PROBLEMS, step(20, 1, false, 0))))
                .isEmpty();
    }
}
