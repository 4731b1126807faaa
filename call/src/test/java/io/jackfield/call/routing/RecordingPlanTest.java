package io.jackfield.call.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What is recorded")
class RecordingPlanTest {
    private static final RecordingRule SITE = rule(1);
    private static final RecordingRule AGENT = rule(2);
    private static final RecordingRule TRUNK = rule(3);
    private static final RecordingRule ROUTE = rule(4);
    private static final RecordingRule NUMBER = rule(5);
    private static final RecordingRule QUEUE = rule(6);

    private static final Site PLAIN =
            new Site(
                    List.of(),
                    List.of(),
                    List.of(
                            new Route(new DialPattern("_1XXX"), new Target.ToAgent("agent0XXX")),
                            new Route(new DialPattern("_7."), new Target.ToQueue("700"))),
                    List.of(
                            new InboundNumber(
                                    new DialPattern("_8XXX"), new Target.ToAgent("agent0XXX")),
                            new InboundNumber(new DialPattern("8700"), new Target.ToQueue("700"))),
                    List.of(new Queue("700", List.of())));

    private static RecordingRule rule(int share) {
        return new RecordingRule(share, Optional.empty());
    }

    private static RecordingPlan plan(Map<String, RecordingRule> queues) {
        return new RecordingPlan(
                SITE,
                Map.of("anna", AGENT),
                Map.of("first", TRUNK),
                queues,
                Map.of("_1XXX", ROUTE),
                Map.of("_8XXX", NUMBER));
    }

    private static final RecordingPlan PLAN = plan(Map.of("700", QUEUE));

    private static RecordingRule out(String agent, String dialled, RecordingPlan.Answered by) {
        return PLAN.fromAgent(PLAIN, agent, dialled, by);
    }

    private static RecordingRule in(String trunk, String dialled, String agent) {
        return PLAN.fromTrunk(PLAIN, trunk, dialled, RecordingPlan.Answered.byAgent(agent));
    }

    @Test
    @DisplayName("is for the first to say that speaks: queue, route or number, trunk, agent, site")
    void firstThatSpeaks() {
        RecordingPlan.Answered boris = RecordingPlan.Answered.byAgent("boris");
        assertThat(out("anna", "700", boris)).isEqualTo(QUEUE);
        assertThat(out("anna", "7001", boris)).isEqualTo(QUEUE);
        assertThat(out("anna", "1002", boris)).isEqualTo(ROUTE);
        assertThat(out("anna", "boris", boris)).isEqualTo(AGENT);
        assertThat(out("boris", "anna", RecordingPlan.Answered.byAgent("anna"))).isEqualTo(AGENT);
        assertThat(out("anna", "95551234", RecordingPlan.Answered.byTrunk("first")))
                .isEqualTo(TRUNK);
        assertThat(out("boris", "boris", boris)).isEqualTo(SITE);
        assertThat(in("first", "8700", "anna")).isEqualTo(QUEUE);
        assertThat(in("first", "8001", "anna")).isEqualTo(NUMBER);
        assertThat(in("second", "5", "anna")).isEqualTo(AGENT);
        assertThat(in("second", "5", "boris")).isEqualTo(SITE);
    }

    @Test
    @DisplayName("a rule that says off is a rule")
    void offIsARule() {
        RecordingPlan off = plan(Map.of("700", RecordingRule.OFF));
        assertThat(off.fromTrunk(PLAIN, "first", "8700", RecordingPlan.Answered.byAgent("anna")))
                .isEqualTo(RecordingRule.OFF);
    }

    @Test
    @DisplayName("is the share that was asked for, and always the same calls")
    void isTheShare() {
        RecordingRule quarter = rule(2_500);
        int recorded = 0;
        for (int i = 0; i < 20_000; i++) {
            String id = "01K9Z-" + i;
            recorded += quarter.includes(id) ? 1 : 0;
            assertThat(quarter.includes(id)).isEqualTo(quarter.includes(id));
            assertThat(RecordingRule.OFF.includes(id)).isFalse();
            assertThat(rule(RecordingRule.ALL).includes(id)).isTrue();
        }
        assertThat(recorded).isBetween(4_700, 5_300);
    }
}
