package io.jackfield.contactcenter.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.contactcenter.AgentId;
import io.jackfield.contactcenter.agent.Grade;
import io.jackfield.contactcenter.site.Strategy;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Of the free agents")
class RankingTest {
    //                                         order tier level idle answered
    private final Candidate anna = candidate("anna", 0, 2, 9, 30, 4, Grade.POOR);
    private final Candidate boris = candidate("boris", 1, 1, 5, 20, 4, Grade.GOOD);
    private final Candidate clara = candidate("clara", 2, 1, 9, 40, 7, Grade.FAIR);

    private static Candidate candidate(
            String name, int order, int tier, int level, int since, int answered, Grade grade) {
        Instant idleSince = Instant.ofEpochSecond(since);
        return new Candidate(new AgentId(name), order, tier, level, idleSince, answered, grade);
    }

    private String rank(Strategy strategy, int last, boolean important) {
        List<Candidate> ranked =
                Ranking.rank(
                        strategy,
                        List.of(clara, anna, boris),
                        last,
                        important ? Ranking.Network.BEST_FIRST : Ranking.Network.NO_MATTER);
        return String.join(" ", ranked.stream().map(c -> c.agent().name()).toList());
    }

    @Test
    @DisplayName("the one idle for longest is rung")
    void longestIdle() {
        assertThat(rank(Strategy.LONGEST_IDLE, -1, false)).isEqualTo("boris anna clara");
    }

    @Test
    @DisplayName("all are rung, in whatever order")
    void ringAll() {
        assertThat(rank(Strategy.RING_ALL, -1, false)).isEqualTo("boris anna clara");
    }

    @Test
    @DisplayName("the next after the one rung last is rung, and after the last the first")
    void roundRobin() {
        assertThat(rank(Strategy.ROUND_ROBIN, -1, false)).isEqualTo("anna boris clara");
        assertThat(rank(Strategy.ROUND_ROBIN, 0, false)).isEqualTo("boris clara anna");
        assertThat(rank(Strategy.ROUND_ROBIN, 2, false)).isEqualTo("anna boris clara");
    }

    @Test
    @DisplayName("the one with the fewest calls is rung, of two the one idle for longest")
    void fewestCalls() {
        assertThat(rank(Strategy.FEWEST_CALLS, -1, false)).isEqualTo("boris anna clara");
    }

    @Test
    @DisplayName("the best at it is rung, of two the one idle for longest")
    void skillLevel() {
        assertThat(rank(Strategy.SKILL_LEVEL, -1, false)).isEqualTo("anna clara boris");
    }

    @Test
    @DisplayName("the lowest tier is rung, of two the one idle for longest")
    void priority() {
        assertThat(rank(Strategy.PRIORITY, -1, false)).isEqualTo("boris clara anna");
    }

    @Test
    @DisplayName("for an important call a good network comes first, whatever the strategy")
    void important() {
        assertThat(rank(Strategy.SKILL_LEVEL, -1, true)).isEqualTo("boris clara anna");
    }
}
