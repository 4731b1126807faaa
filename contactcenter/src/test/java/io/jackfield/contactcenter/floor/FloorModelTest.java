package io.jackfield.contactcenter.floor;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.contactcenter.agent.AgentStatus;
import io.jackfield.contactcenter.queue.Outcome;
import io.jackfield.testkit.Seed;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * {@code -Djackfield.events=1000000} asks for more events, {@code -Djackfield.seed=…} for the same
 * ones again.
 */
@DisplayName("Any event on any floor")
class FloorModelTest {
    private static final int EVENTS_DEFAULT = 100_000;

    /** Then another house, with other agents and queues. */
    private static final int EVENTS_PER_HOUSE = 20_000;

    private static final Instant MONDAY = Instant.parse("2026-11-23T07:00:00Z");

    private static final int TICKS_AT_ONCE_MAX = 10;

    private final Map<Outcome, Integer> ends = new EnumMap<>(Outcome.class);
    private final Map<AgentStatus, Integer> seen = new EnumMap<>(AgentStatus.class);
    private final Map<String, Integer> effects = new HashMap<>();
    private int count;

    @Test
    @DisplayName(
            "gives no agent two offers, ends every caller once, keeps order and wrap-up, lets nobody"
                    + " wait in vain, adds up, stays small, and can be stored at any moment")
    @SuppressWarnings("SystemOut") // a test's report
    void randomEvents() {
        int events = Integer.getInteger("jackfield.events", EVENTS_DEFAULT);
        Seed seed = Seed.printed("floor model");
        for (int house = 0; count < events; house++) {
            new House(seed.part(house).random(), Math.min(EVENTS_PER_HOUSE, events - count)).run();
        }
        System.out.printf("%d events; callers ended %s; effects %s%n", count, ends, effects);

        assertThat(count).isEqualTo(events);
        assertThat(ends).as("all ways are walked").containsOnlyKeys(Outcome.values());
        assertThat(seen).as("all states are met").containsOnlyKeys(AgentStatus.values());
    }

    /** One floor and the world around it. */
    private final class House {
        private final RandomGenerator random;
        private final World world;
        private final Ledger ledger = new Ledger();
        private final int end;
        private Instant now = MONDAY;
        private Floor floor;
        private int ticksAtOnce;

        House(RandomGenerator random, int events) {
            this.random = random;
            Sites sites = new Sites(random);
            world = new World(random, sites);
            floor = Floor.of(sites.any(), now);
            end = count + events;
        }

        void run() {
            while (count < end) {
                advance();
                if (count < end) {
                    step(world.next(floor));
                }
                if (random.nextInt(500) == 0) {
                    store();
                }
            }
            ledger.ends.forEach((outcome, n) -> ends.merge(outcome, n, Integer::sum));
        }

        /** Some seconds, now and then some hours, with a stop at everything that is due. */
        private void advance() {
            Duration by =
                    random.nextInt(500) == 0
                            ? Duration.ofMinutes(random.nextInt(600))
                            : Duration.ofMillis(random.nextInt(4) * random.nextInt(2_000));
            Instant until = now.plus(by);
            ticksAtOnce = 0;
            while (count < end && !floor.deadline().isAfter(until)) {
                boolean late = floor.deadline().isAfter(now);
                ticksAtOnce = late ? 0 : ticksAtOnce + 1;
                assertThat(ticksAtOnce).as("it does not spin").isLessThan(TICKS_AT_ONCE_MAX);
                now = late ? floor.deadline() : now;
                step(new FloorEvent.Tick());
            }
            now = until;
        }

        private void step(FloorEvent event) {
            count++;
            Floor before = floor;
            FloorStep step = FloorRules.step(before, event, now);
            floor = step.next();
            try {
                ledger.take(before, event, step, now);
                Invariants.check(before, floor, now);
            } catch (AssertionError | RuntimeException broken) {
                throw new AssertionError(
                        "event " + count + " " + event + " at " + now + " gave " + step.effects(),
                        broken);
            }
            step.effects().forEach(world::take);
            step.effects()
                    .forEach(e -> effects.merge(e.getClass().getSimpleName(), 1, Integer::sum));
            floor.agents().values().forEach(a -> seen.merge(a.agent().status(), 1, Integer::sum));
        }

        /** What was stored is what was, and everything goes on with it. */
        private void store() {
            Floor stored = Stored.read(Stored.write(floor), Floor.class);
            assertThat(stored).isEqualTo(floor);
            floor = stored;
        }
    }
}
