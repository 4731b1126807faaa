package io.jackfield.call.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.testkit.VirtualClock;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Lines that strangers can cause in the log")
class LogBudgetTest {
    private final VirtualClock clock = new VirtualClock();
    private final LogBudget budget = new LogBudget(3, Duration.ofMinutes(1));

    private OptionalLong take() {
        return budget.take(clock.nanos());
    }

    @Test
    @DisplayName("have a bound in each span, and the next line tells how many were left out")
    void bound() {
        for (int i = 0; i < 3; i++) {
            assertThat(take()).hasValue(0);
        }
        for (int i = 0; i < 1_000; i++) {
            assertThat(take()).isEmpty();
        }
        clock.advance(Duration.ofSeconds(60).minusNanos(1));
        assertThat(take()).isEmpty();
        clock.advance(Duration.ofNanos(1));
        assertThat(take()).hasValue(1_001);
        assertThat(take()).hasValue(0);
    }

    @Test
    @DisplayName("have their span begin with the first of them, whenever that comes")
    void spans() {
        take();
        clock.advance(Duration.ofSeconds(59));
        take();
        take();
        assertThat(take()).isEmpty();
        clock.advance(Duration.ofHours(5));
        assertThat(take()).hasValue(1);
        clock.advance(Duration.ofSeconds(59));
        take();
        take();
        assertThat(take()).isEmpty();
    }
}
