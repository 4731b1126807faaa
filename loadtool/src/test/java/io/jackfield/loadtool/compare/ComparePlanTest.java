package io.jackfield.loadtool.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.loadtool.media.Payload;
import io.jackfield.loadtool.scenario.LoadPlan;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

@DisplayName("bench/compare: the command line, and what it asks of a peer")
class ComparePlanTest {
    @ParameterizedTest
    @EnumSource(Scenario.class)
    @DisplayName("each scenario is a run that can be made")
    void all(Scenario scenario) {
        LoadPlan load = PlanOf.plan("--scenarios", scenario.key()).of(scenario, PlanOf.PEER, 1);

        assertThat(load.steps()).isNotEmpty();
        assertThat(load.accounts().getFirst().password()).isEqualTo("secret-agent0001");
        assertThat(load.accounts()).hasSizeLessThanOrEqualTo(ComparePlan.PHONES_MAX);
    }

    @Test
    @DisplayName("what is transcoded is sound, and each call has its number")
    void transcoded() {
        LoadPlan load = PlanOf.plan().of(Scenario.TRANSCODED, PlanOf.PEER, 1);

        assertThat(load.payload()).isEqualTo(Payload.SOUND);
        assertThat(load.numberOf(6)).isEqualTo("95550007");
        assertThat(load.steps()).containsExactly(20);
    }

    @Test
    @DisplayName("a number of calls takes the place of each scenario's own")
    void calls() {
        ComparePlan plan = PlanOf.plan("--calls", "300");

        assertThat(
                        PlanOf.plan("--phones", "40", "--calls", "9")
                                .of(Scenario.PHONES, PlanOf.PEER, 1)
                                .accounts())
                .hasSize(40);
        assertThat(plan.of(Scenario.TRUNK, PlanOf.PEER, 1).steps()).containsExactly(300);
        assertThat(plan.of(Scenario.PAIRS, PlanOf.PEER, 1).accounts()).hasSize(600);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "--scenarios, 'echo,fly'",
        "--rounds, 0",
        "--seconds, 0",
        "--calls, 0",
        "--phones, 1001",
        "--limit-steps, many",
        "--limit-steps, '20,10'",
        "--calls, 501",
        "--loss-max, -1",
        "--delay-max, NaN"
    })
    @DisplayName("leaves with 2 and names the option when it is wrong")
    void wrong(String option, String value) {
        StringWriter err = new StringWriter();
        CommandLine command = new CommandLine(new CompareMain()).setErr(new PrintWriter(err));

        assertThat(command.execute("--tree", ".", "--ours-only", option, value)).isEqualTo(2);
        assertThat(err.toString()).contains(option);
    }

    @Test
    @DisplayName("leaves with 2 where there is no Asterisk, and says what measures without")
    void noAsterisk() {
        StringWriter err = new StringWriter();
        CommandLine command = new CommandLine(new CompareMain()).setErr(new PrintWriter(err));

        assertThat(command.execute("--tree", ".")).isEqualTo(2);
        assertThat(err.toString()).contains("--ours-only");
    }
}
