package io.jackfield.contactcenter.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.contactcenter.AgentId;
import io.jackfield.contactcenter.CallId;
import io.jackfield.contactcenter.QueueId;
import io.jackfield.contactcenter.agent.AgentRequest;
import io.jackfield.contactcenter.agent.AskedBy;
import io.jackfield.contactcenter.floor.Floor;
import io.jackfield.contactcenter.floor.FloorEffect;
import io.jackfield.contactcenter.floor.FloorEvent;
import io.jackfield.contactcenter.floor.FloorRules;
import io.jackfield.contactcenter.site.AgentSettings;
import io.jackfield.contactcenter.site.FloorSettings;
import io.jackfield.contactcenter.site.MemberSettings;
import io.jackfield.contactcenter.site.Need;
import io.jackfield.contactcenter.site.QueueSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("The floor's runner")
class FloorRunnerTest {
    private static final Instant START = Instant.parse("2026-11-23T07:00:00Z");
    private static final AgentId ANNA = new AgentId("1001");
    private static final FloorEvent ENTERS =
            new FloorEvent.CallerEntered(
                    new CallId("a"), new QueueId("700"), "74951112233", Need.ORDINARY);

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicReference<Instant> wall = new AtomicReference<>(START);
    private final LinkedBlockingQueue<FloorEffect> done = new LinkedBlockingQueue<>();
    private final List<Floor> stored = new ArrayList<>();

    private static Floor floor() {
        return Floor.of(
                new FloorSettings(
                        ZoneId.of("UTC"),
                        List.of(AgentSettings.of("1001")),
                        List.of(QueueSettings.of("700", List.of(MemberSettings.of("1001")))),
                        Set.of()),
                START);
    }

    private FloorRunner runner(CallPort calls) {
        return new FloorRunner(floor(), calls, done::add, stored::add, nanos::get, wall::get);
    }

    private static List<FloorEvent> ready() {
        return List.of(
                new FloorEvent.PhoneRegistered(ANNA),
                new FloorEvent.AgentAsked(
                        ANNA, new AgentRequest.Ready(), new AskedBy(AskedBy.Role.AGENT, "1001")));
    }

    @Test
    @DisplayName(
            "performs what the rules want, in order, on its thread, and stores the floor first")
    void performs() throws InterruptedException {
        FloorRunner runner = runner(done::add);
        Thread thread = runner.start();
        ready().forEach(runner::offer);
        runner.offer(ENTERS);

        List<String> kinds = new ArrayList<>();
        while (kinds.isEmpty() || !kinds.getLast().equals("Offer")) {
            FloorEffect next = done.poll(60, TimeUnit.SECONDS);
            assertThat(next).isNotNull();
            if (!(next instanceof FloorEffect.Figures)) {
                kinds.add(next.getClass().getSimpleName());
            }
        }
        runner.stop();
        assertThat(thread.join(Duration.ofSeconds(60))).isTrue();
        assertThat(kinds)
                .containsExactly("AgentChanged", "AgentChanged", "Park", "AgentChanged", "Offer");
        assertThat(stored.getLast()).isEqualTo(runner.floor());
    }

    @Test
    @DisplayName("does what is due when nothing arrives")
    void deadline() throws InterruptedException {
        Floor waiting = FloorRules.step(floor(), ENTERS, START).next();
        wall.set(START.plus(Duration.ofHours(1)));
        FloorRunner runner =
                new FloorRunner(waiting, done::add, _ -> {}, _ -> {}, nanos::get, wall::get);
        Thread thread = runner.start();
        FloorEffect first = done.poll(60, TimeUnit.SECONDS);
        runner.stop();
        assertThat(thread.join(Duration.ofSeconds(60))).isTrue();
        assertThat(first).isInstanceOf(FloorEffect.Overflow.class);
    }

    @Test
    @DisplayName("goes on when a port throws")
    void portThrows() {
        FloorRunner runner =
                runner(effect -> {
                    done.add(effect);
                    throw new IllegalStateException("on purpose");
                });
        ready().forEach(runner::handle);
        runner.handle(ENTERS);
        assertThat(done).anyMatch(FloorEffect.Offer.class::isInstance);
        assertThat(runner.floor().offers()).hasSize(1);
    }

    @Test
    @DisplayName("takes no more than its mailbox holds, and counts what it does not")
    void full() {
        FloorRunner runner = runner(done::add);
        int taken = 0;
        while (taken < 1_000_000 && runner.offer(new FloorEvent.Tick())) {
            taken++;
        }
        assertThat(taken).isEqualTo(16_384);
        assertThat(runner.dropped()).isEqualTo(1);
    }

    @Nested
    @DisplayName("has a clock")
    class Clock {
        private final FloorClock clock =
                new FloorClock(nanos::get, wall::get, START.minusSeconds(1));

        private Instant after(Duration passed, Duration wallMoves) {
            nanos.addAndGet(passed.toNanos());
            wall.updateAndGet(w -> w.plus(wallMoves));
            return clock.now();
        }

        @Test
        @DisplayName("that goes as the wall clock does")
        void steady() {
            assertThat(after(Duration.ofSeconds(5), Duration.ofSeconds(5)))
                    .isEqualTo(START.plusSeconds(5));
        }

        @Test
        @DisplayName("that begins where the floor was left, were the wall clock set back meanwhile")
        void setBackMeanwhile() {
            Instant left = START.plusSeconds(90);
            assertThat(new FloorClock(nanos::get, wall::get, left).now()).isEqualTo(left);
        }

        @Test
        @DisplayName("that never goes back and never jumps, but comes near in time")
        void corrected() {
            Instant back = after(Duration.ofSeconds(1), Duration.ofSeconds(-60));
            assertThat(back).isEqualTo(START.plusMillis(999));
            Instant forth = after(Duration.ofSeconds(1), Duration.ofHours(1));
            assertThat(forth).isEqualTo(START.plusMillis(2_000));
            Duration second = Duration.ofSeconds(1);
            for (int i = 0; i < 3_600_000; i += 1_000) {
                after(second.multipliedBy(1_000), second.multipliedBy(1_000));
            }
            assertThat(clock.now()).isEqualTo(wall.get());
        }
    }
}
