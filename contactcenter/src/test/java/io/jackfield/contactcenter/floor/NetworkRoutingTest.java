package io.jackfield.contactcenter.floor;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.contactcenter.AgentId;
import io.jackfield.contactcenter.CallId;
import io.jackfield.contactcenter.QueueId;
import io.jackfield.contactcenter.agent.AgentRequest;
import io.jackfield.contactcenter.agent.Grade;
import io.jackfield.contactcenter.site.Need;
import io.jackfield.contactcenter.site.OfferSettings;
import io.jackfield.contactcenter.site.Strategy;
import io.jackfield.testkit.Seed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Simulated days of a queue whose agents' networks become bad and good again: 10,000 calls, one in
 * five important, with the policy and without, by the same random numbers.
 */
@DisplayName("Important calls and bad networks")
class NetworkRoutingTest {
    private static final int CALLS = 10_000;
    private static final int AGENTS = 40;
    private static final Duration TALK = Duration.ofSeconds(180);

    /** So many agents are busy on average. */
    private static final double LOAD = 0.75;

    /** An agent's network is bad for a quarter of the time. */
    private static final Duration BAD = Duration.ofMinutes(20);

    private static final Duration GOOD = Duration.ofMinutes(60);

    /** What came of a simulation. */
    private record Outcome(int important, int importantOnBad, double meanWaitSeconds) {
        double share() {
            return (double) importantOnBad / important;
        }
    }

    private static final OfferSettings OFF =
            new OfferSettings(Strategy.LONGEST_IDLE, Duration.ofSeconds(20), 10);
    private static final OfferSettings ON =
            new OfferSettings(
                    Strategy.LONGEST_IDLE, Duration.ofSeconds(20), 5, Duration.ofSeconds(60));

    @Test
    @DisplayName("meet ten times less often, and callers wait hardly longer")
    void meetLess() {
        long seed = Long.getLong("jackfield.network.seed", 20_261_124);
        Outcome off = new Simulation(OFF, seed).run();
        Outcome on = new Simulation(ON, seed).run();
        System.out.printf(
                "seed %d, %d calls: important calls on a bad network %.2f %% without, %.2f %% with"
                        + " the policy; mean wait %.2f s and %.2f s%n",
                seed,
                CALLS,
                100 * off.share(),
                100 * on.share(),
                off.meanWaitSeconds,
                on.meanWaitSeconds);
        assertThat(off.share()).as("there is something to mend").isGreaterThan(0.1);
        assertThat(on.share()).isLessThan(off.share() / 10);
        assertThat(on.meanWaitSeconds).isLessThan(1.05 * off.meanWaitSeconds);
    }

    private static final class Simulation {
        private record Due(Instant at, long number, Runnable what) {}

        private final RandomGenerator arrivals;
        private final RandomGenerator networks;
        private final RandomGenerator talks;
        private final PriorityQueue<Due> due =
                new PriorityQueue<>((a, b) ->
                        a.at.equals(b.at)
                                ? Long.compare(a.number, b.number)
                                : a.at.compareTo(b.at));
        private final Map<String, Instant> came = new HashMap<>();
        private final Set<String> importantCalls = new HashSet<>();
        private final Map<String, Duration> lengths = new HashMap<>();
        private final Set<String> bad = new HashSet<>();
        private Instant now = FloorBench.START;
        private Floor floor;
        private long number;
        private int connected;
        private int importantOnBad;
        private double waited;

        Simulation(OfferSettings how, long seed) {
            Seed seeds = new Seed(seed);
            arrivals = seeds.part(1).random();
            networks = seeds.part(2).random();
            talks = seeds.part(3).random();
            List<String> names =
                    IntStream.range(0, AGENTS).mapToObj(i -> Integer.toString(1_000 + i)).toList();
            floor =
                    Floor.of(
                            FloorBench.settings(
                                    names,
                                    Queues.queue("700", names.toArray(String[]::new))
                                            .offers(how)
                                            .build()),
                            now);
            for (String name : names) {
                on(new FloorEvent.PhoneRegistered(new AgentId(name)));
                on(
                        new FloorEvent.AgentAsked(
                                new AgentId(name), new AgentRequest.Ready(), FloorBench.SELF));
                changeNetwork(name, networks.nextInt(4) == 0);
            }
        }

        Outcome run() {
            double between = TALK.toMillis() / (LOAD * AGENTS);
            arrive(0, between);
            while (connected < CALLS) {
                Instant tick = floor.deadline();
                if (due.isEmpty() || tick.isBefore(due.peek().at)) {
                    now = tick;
                    on(new FloorEvent.Tick());
                } else {
                    Due next = due.remove();
                    now = next.at;
                    next.what.run();
                }
            }
            return new Outcome(importantCalls.size(), importantOnBad, waited / connected);
        }

        private void arrive(int call, double between) {
            if (call == CALLS) {
                return;
            }
            at(
                    exponential(arrivals, between),
                    () -> {
                        String id = "c" + call;
                        boolean important = arrivals.nextInt(5) == 0;
                        came.put(id, now);
                        lengths.put(
                                id,
                                Duration.ofMillis(
                                        (long)
                                                -(Math.log(1 - talks.nextDouble())
                                                        * TALK.toMillis())));
                        if (important) {
                            importantCalls.add(id);
                        }
                        on(
                                new FloorEvent.CallerEntered(
                                        new CallId(id),
                                        new QueueId("700"),
                                        "74951112233",
                                        new Need(0, important ? 9 : 1, Map.of())));
                        arrive(call + 1, between);
                    });
        }

        /** The floor learns of it at once; how soon it learns in truth is the grade's matter. */
        private void changeNetwork(String agent, boolean isBad) {
            if (isBad) {
                bad.add(agent);
            } else {
                bad.remove(agent);
            }
            on(new FloorEvent.AgentGraded(new AgentId(agent), isBad ? Grade.POOR : Grade.GOOD));
            at(
                    exponential(networks, (isBad ? BAD : GOOD).toMillis()),
                    () -> changeNetwork(agent, !isBad));
        }

        private static Duration exponential(RandomGenerator random, double meanMillis) {
            return Duration.ofMillis((long) -(Math.log(1 - random.nextDouble()) * meanMillis));
        }

        private void at(Duration after, Runnable what) {
            due.add(new Due(now.plus(after), number++, what));
        }

        private void on(FloorEvent event) {
            FloorStep step = FloorRules.step(floor, event, now);
            floor = step.next();
            new ArrayList<>(step.effects()).forEach(this::effect);
        }

        private void effect(FloorEffect effect) {
            switch (effect) {
                case FloorEffect.Offer offer -> {
                    long id = offer.offer().id();
                    at(
                            Duration.ofSeconds(2),
                            () -> {
                                on(new FloorEvent.AgentRings(id));
                                on(new FloorEvent.AgentAnswered(id));
                            });
                }
                case FloorEffect.Connect(_, var call, var agent) -> {
                    connected++;
                    waited += Duration.between(came.get(call.value()), now).toMillis() / 1e3;
                    if (importantCalls.contains(call.value()) && bad.contains(agent.name())) {
                        importantOnBad++;
                    }
                    at(
                            lengths.get(call.value()),
                            () -> on(new FloorEvent.AgentCallEnded(agent, call)));
                }
                default -> {}
            }
        }
    }
}
