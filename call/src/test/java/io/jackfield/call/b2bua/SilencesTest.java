package io.jackfield.call.b2bua;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.testkit.VirtualClock;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("How long silence is borne (fault F18)")
class SilencesTest {
    private final VirtualClock clock = new VirtualClock();
    private final Silences silences = new Silences(Duration.ofSeconds(30));

    @Test
    @DisplayName("what was silent before it was told counts as well")
    void counted() {
        silences.begin("leg", Duration.ofSeconds(10), clock.nanos());
        clock.advance(Duration.ofSeconds(20).minusNanos(1));
        assertThat(silences.over(clock.nanos())).isEmpty();
        clock.advance(Duration.ofNanos(1));
        assertThat(silences.over(clock.nanos())).containsExactly("leg");
        assertThat(silences.deadlineNanos()).isEmpty();
    }

    @Test
    @DisplayName("a second word of the same silence does not prolong it")
    void first() {
        silences.begin("leg", Duration.ZERO, clock.nanos());
        clock.advance(Duration.ofSeconds(29));
        silences.begin("leg", Duration.ZERO, clock.nanos());
        clock.advance(Duration.ofSeconds(1));
        assertThat(silences.over(clock.nanos())).containsExactly("leg");
    }

    @Test
    @DisplayName("a leg that is heard again starts anew; the earliest deadline counts")
    void heardAgain() {
        silences.begin("one", Duration.ZERO, clock.nanos());
        silences.begin("two", Duration.ofSeconds(25), clock.nanos());
        assertThat(silences.deadlineNanos())
                .hasValue(clock.nanos() + Duration.ofSeconds(5).toNanos());
        silences.end("two");
        assertThat(silences.deadlineNanos())
                .hasValue(clock.nanos() + Duration.ofSeconds(30).toNanos());
        silences.end("one");
        clock.advance(Duration.ofMinutes(5));
        assertThat(silences.over(clock.nanos())).isEmpty();
    }
}
