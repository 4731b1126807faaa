package io.jackfield.observe.quality;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.protocol.sdp.Codec;
import io.jackfield.testkit.NetworkConditions;
import io.jackfield.testkit.Seed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The verdict on a call")
class BlameTest {
    /** Calls of each case; each has weather of its own. */
    private static final int ROUNDS = Integer.getInteger("jackfield.blame.rounds", 1);

    private static final NetworkConditions USUAL =
            NetworkConditions.PERFECT
                    .withDelay(Duration.ofMillis(15))
                    .withJitter(Duration.ofMillis(2));
    private static final List<Link> WAYS =
            List.of(Link.AGENT_UP, Link.AGENT_DOWN, Link.TRUNK_IN, Link.TRUNK_OUT);

    /** A weather, and what is wrong with it. */
    private record Weather(
            String name, Trouble.Kind kind, NetworkConditions conditions, int seconds) {}

    private static final List<Weather> BAD =
            List.of(
                    new Weather("loss 5 %", Trouble.Kind.LOSS, USUAL.withLoss(0.05), 25),
                    new Weather("loss 20 %", Trouble.Kind.LOSS, USUAL.withLoss(0.20), 25),
                    new Weather(
                            "jitter 150 ms",
                            Trouble.Kind.JITTER,
                            USUAL.withJitter(Duration.ofMillis(150)),
                            25),
                    new Weather(
                            "jitter 300 ms",
                            Trouble.Kind.JITTER,
                            USUAL.withJitter(Duration.ofMillis(300)),
                            25),
                    new Weather(
                            "delay +200 ms",
                            Trouble.Kind.DELAY,
                            USUAL.withDelay(Duration.ofMillis(215)),
                            25),
                    new Weather(
                            "delay +500 ms",
                            Trouble.Kind.DELAY,
                            USUAL.withDelay(Duration.ofMillis(515)),
                            25),
                    new Weather("outage 3 s", Trouble.Kind.OUTAGE, NetworkConditions.CUT, 3),
                    new Weather("outage 8 s", Trouble.Kind.OUTAGE, NetworkConditions.CUT, 8));

    static Stream<Arguments> cases() {
        List<Arguments> cases = new ArrayList<>();
        for (Link link : WAYS) {
            for (Weather weather : BAD) {
                cases.add(Arguments.of(link, weather, Codec.OPUS, Codec.OPUS));
                cases.add(Arguments.of(link, weather, Codec.OPUS, Codec.PCMA));
            }
        }
        return cases.stream();
    }

    @ParameterizedTest(name = "{1} on {0}, {2} to {3}")
    @MethodSource("cases")
    @DisplayName("names the link that was bad, and no other")
    void namesLink(Link link, Weather weather, Codec atAgent, Codec atTrunk) {
        for (int round = 0; round < ROUNDS; round++) {
            TwoLegs call = new TwoLegs(atAgent, atTrunk, new Seed(20_261_124).part(round));
            call.talk(Duration.ofSeconds(20));
            call.become(link, weather.conditions);
            call.talk(Duration.ofSeconds(weather.seconds));
            call.become(link, USUAL);
            call.talk(Duration.ofSeconds(20));
            Verdict verdict = call.end().verdict();
            if (round == 0) {
                System.out.printf(
                        "| %-13s | %-10s | %s%n",
                        weather.name, link, verdict.words(Verdict.Language.EN));
            }
            assertThat(verdict.blamed())
                    .as(verdict.toString())
                    .extracting(Verdict.Blame::link)
                    .containsExactly(link);
            // how loss was spread over the seconds, reports do not say
            boolean told = link == Link.AGENT_UP || link == Link.TRUNK_IN;
            assertThat(verdict.blamed().getFirst().kind())
                    .isIn(weather.kind, told ? weather.kind : lossFor(weather.kind));
            assertThat(verdict.blamed().getFirst().fromMillis()).isBetween(9_000L, 30_000L);
        }
    }

    private static Trouble.Kind lossFor(Trouble.Kind kind) {
        return kind == Trouble.Kind.OUTAGE ? Trouble.Kind.LOSS : kind;
    }

    static Stream<Arguments> controls() {
        return Stream.of(
                Arguments.of(Codec.OPUS, Codec.OPUS),
                Arguments.of(Codec.PCMA, Codec.PCMA),
                Arguments.of(Codec.OPUS, Codec.PCMA));
    }

    @ParameterizedTest(name = "{0} to {1}")
    @MethodSource("controls")
    @DisplayName("blames nobody for a call that was well")
    void clean(Codec atAgent, Codec atTrunk) {
        for (int round = 0; round < 3 * ROUNDS; round++) {
            TwoLegs call = new TwoLegs(atAgent, atTrunk, new Seed(7).part(round));
            call.talk(Duration.ofSeconds(60));
            Verdict verdict = call.end().verdict();
            assertThat(verdict.blamed()).as(verdict.toString()).isEmpty();
            assertThat(verdict.badSeconds()).isZero();
            assertThat(verdict.judgedSeconds()).isBetween(58L, 61L);
            assertThat(verdict.words(Verdict.Language.EN))
                    .isEqualTo("Both sides heard each other well.");
        }
    }

    @Test
    @DisplayName("blames nobody for what every network does: 1 % of loss, 20 ms of jitter")
    void usualNetwork() {
        for (int round = 0; round < 3 * ROUNDS; round++) {
            TwoLegs call = new TwoLegs(Codec.OPUS, Codec.PCMA, new Seed(8).part(round));
            NetworkConditions meagre = USUAL.withLoss(0.005).withJitter(Duration.ofMillis(20));
            WAYS.forEach(way -> call.become(way, meagre));
            call.talk(Duration.ofSeconds(60));
            Verdict verdict = call.end().verdict();
            assertThat(verdict.blamed()).as(verdict.toString()).isEmpty();
        }
    }

    @Test
    @DisplayName("blames our own machine where its clockwork was late, and no network")
    void machine() {
        TwoLegs call = new TwoLegs(Codec.OPUS, Codec.PCMA, new Seed(9));
        call.talk(Duration.ofSeconds(20));
        call.busy(Duration.ofMillis(250));
        call.become(Link.AGENT_UP, USUAL.withJitter(Duration.ofMillis(200)));
        call.talk(Duration.ofSeconds(20));
        Verdict verdict = call.end().verdict();
        assertThat(verdict.blamed().getFirst().link()).isEqualTo(Link.MACHINE);
        assertThat(verdict.words(Verdict.Language.EN))
                .startsWith("Our own machine was late by up to 250 ms");
    }

    @Test
    @DisplayName("names two links that were bad at once, the worse first")
    void two() {
        TwoLegs call = new TwoLegs(Codec.OPUS, Codec.PCMA, new Seed(10));
        call.talk(Duration.ofSeconds(20));
        call.become(Link.AGENT_UP, USUAL.withLoss(0.1));
        call.become(Link.TRUNK_OUT, USUAL.withLoss(0.2));
        call.talk(Duration.ofSeconds(30));
        assertThat(call.end().verdict().blamed())
                .extracting(Verdict.Blame::link)
                .containsExactlyInAnyOrder(Link.AGENT_UP, Link.TRUNK_OUT);
    }

    @Test
    @DisplayName("remembers little of a long call, and still knows what was bad and when")
    void longCall() {
        TwoLegs call = new TwoLegs(Codec.PCMA, Codec.PCMA, new Seed(12));
        call.talk(Duration.ofMinutes(10));
        call.become(Link.TRUNK_IN, USUAL.withLoss(0.3));
        call.talk(Duration.ofMinutes(10));
        call.become(Link.TRUNK_IN, USUAL);
        call.talk(Duration.ofMinutes(10));
        CallQuality quality = call.end();
        assertThat(quality.legs())
                .allMatch(leg -> leg.windows().size() <= QualityMonitor.WINDOWS_MAX);
        assertThat(quality.verdict().judgedSeconds()).isBetween(1_798L, 1_801L);
        assertThat(quality.verdict().badSeconds()).isBetween(595L, 610L);
        assertThat(quality.verdict().blamed())
                .extracting(Verdict.Blame::link)
                .containsExactly(Link.TRUNK_IN);
        assertThat(quality.verdict().blamed().getFirst().fromMillis())
                .isBetween(590_000L, 610_000L);
    }

    @Test
    @DisplayName("counts bad seconds and their longest run")
    void badSeconds() {
        TwoLegs call = new TwoLegs(Codec.PCMA, Codec.PCMA, new Seed(11));
        call.talk(Duration.ofSeconds(20));
        call.become(Link.AGENT_UP, USUAL.withLoss(0.3));
        call.talk(Duration.ofSeconds(20));
        call.become(Link.AGENT_UP, USUAL);
        call.talk(Duration.ofSeconds(20));
        Verdict verdict = call.end().verdict();
        assertThat(verdict.badSeconds()).isEqualTo(20);
        assertThat(verdict.worstRunSeconds()).isEqualTo(20);
        assertThat(verdict.words(Verdict.Language.RU))
                .startsWith("Канал от оператора 1001: потери");
    }
}
