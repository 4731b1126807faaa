package io.jackfield.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Virtual time")
class BenchTest {
    /** Says its number every 250 ms, until it has said so many. */
    private static final class Metronome implements Bench.Machine<Integer> {
        private final int beats;
        private long next;
        private int said;

        Metronome(int beats, VirtualClock clock) {
            this.beats = beats;
            this.next = clock.nanos() + Duration.ofMillis(250).toNanos();
        }

        @Override
        public OptionalLong deadlineNanos() {
            return said == beats ? OptionalLong.empty() : OptionalLong.of(next);
        }

        @Override
        public List<Integer> tick(long nowNanos) {
            next += Duration.ofMillis(250).toNanos();
            return List.of(++said);
        }
    }

    private final VirtualClock clock = new VirtualClock();

    @Test
    @DisplayName("stops at every deadline on the way, the end included, and stands at the end")
    void stopsAtDeadlines() {
        Bench<Integer> bench = new Bench<>(new Metronome(99, clock), clock);

        bench.advance(Duration.ofMillis(750));

        assertThat(bench.millisOf(Integer.class)).containsExactly(250L, 500L, 750L);
        assertThat(bench.all(Integer.class)).containsExactly(1, 2, 3);
        assertThat(clock.elapsed()).isEqualTo(Duration.ofMillis(750));
    }

    @Test
    @DisplayName("goes on past the overflow of the counter as if nothing were")
    void passesTheOverflow() {
        Bench<Integer> bench = new Bench<>(new Metronome(80, clock), clock);

        bench.advance(Duration.ofSeconds(30));

        assertThat(clock.nanos()).isNegative();
        assertThat(bench.millisOf(Integer.class)).hasSize(80).endsWith(19_750L, 20_000L);
    }

    @Test
    @DisplayName("names a machine whose deadline never moves instead of hanging")
    void noticesSpinning() {
        Bench<Integer> bench =
                new Bench<>(
                        new Bench.Machine<>() {
                            @Override
                            public OptionalLong deadlineNanos() {
                                return OptionalLong.of(clock.nanos());
                            }

                            @Override
                            public List<Integer> tick(long nowNanos) {
                                return List.of();
                            }
                        },
                        clock);

        assertThatThrownBy(() -> bench.advance(Duration.ofMillis(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("spins");
    }

    @Test
    @DisplayName("does not go back")
    void doesNotGoBack() {
        assertThatThrownBy(() -> clock.advance(Duration.ofNanos(-1)))
                .isInstanceOf(IllegalArgumentException.class);
        clock.advanceTo(clock.nanos() - 1);
        assertThat(clock.elapsed()).isZero();
    }
}
