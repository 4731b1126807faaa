package io.jackfield.loadtool.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.testkit.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The wheel of turns")
class FrameWheelTest {
    private final VirtualClock clock = new VirtualClock();
    private final long beginNanos = clock.nanos();
    private final FrameWheel wheel = new FrameWheel(beginNanos);
    private final List<String> turns = new ArrayList<>();

    private void add(String name, int place, int turnsMax) {
        int[] left = {turnsMax};
        wheel.add(
                (due, now) -> {
                    turns.add(name + "@" + micros(due) + "+" + (now - due) / 1_000);
                    return --left[0] > 0;
                },
                place);
    }

    private long micros(long nanos) {
        return (nanos - beginNanos) / 1_000;
    }

    private void runUntilMicros(long micros) {
        long end = beginNanos + micros * 1_000;
        while (wheel.deadlineNanos() - end <= 0) {
            clock.advance(Duration.ofNanos(Math.max(0, wheel.deadlineNanos() - clock.nanos())));
            while (wheel.turn(clock.nanos())) {
                // All that is due.
            }
        }
    }

    @Test
    @DisplayName("gives each its turn every 20 ms, at its place")
    void every20Millis() {
        add("a", 0, 9);
        add("b", 4, 9);
        runUntilMicros(41_000);

        assertThat(turns)
                .containsExactly(
                        "a@0+0", "b@1000+0", "a@20000+0", "b@21000+0", "a@40000+0", "b@41000+0");
    }

    @Test
    @DisplayName("takes out whoever wants no more, and no other")
    void leaves() {
        add("a", 7, 1);
        add("b", 7, 3);
        add("c", 7, 2);
        runUntilMicros(45_000);

        assertThat(turns)
                .containsExactlyInAnyOrder(
                        "a@1750+0", "b@1750+0", "c@1750+0", "b@21750+0", "c@21750+0", "b@41750+0");
    }

    @Test
    @DisplayName("gives every turn that was missed, each with how late it is")
    void catchesUp() {
        add("a", 0, 9);
        clock.advance(Duration.ofMillis(50));
        while (wheel.turn(clock.nanos())) {
            // All that is due.
        }

        assertThat(turns).containsExactly("a@0+50000", "a@20000+30000", "a@40000+10000");
    }

    @Test
    @DisplayName("waits a whole circle where there is nobody")
    void nobody() {
        assertThat(wheel.deadlineNanos()).isEqualTo(beginNanos + 20_000_000);
    }
}
