package io.jackfield.call.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.testkit.VirtualClock;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A count per key within a window of time")
class TallyTest {
    private static final int KEYS_MAX = 100;

    private final VirtualClock clock = new VirtualClock();
    private final Tally<String> tally = new Tally<>(Duration.ofMinutes(1).toNanos(), 3, KEYS_MAX);

    private boolean add(String key) {
        return tally.add(key, clock.nanos());
    }

    private boolean isFull(String key) {
        return tally.isFull(key, clock.nanos());
    }

    @Test
    @DisplayName("is full at its limit, of which it tells once")
    void full() {
        assertThat(add("a")).isFalse();
        assertThat(add("a")).isFalse();
        assertThat(isFull("a")).isFalse();
        assertThat(add("a")).isTrue();
        assertThat(isFull("a")).isTrue();
        assertThat(add("a")).isFalse();
        assertThat(isFull("b")).isFalse();
    }

    @Test
    @DisplayName("begins anew when the window is over that began with its first")
    void window() {
        add("a");
        clock.advance(Duration.ofSeconds(60).minusNanos(1));
        add("a");
        clock.advance(Duration.ofNanos(1));
        assertThat(add("a")).isFalse();
        assertThat(isFull("a")).isFalse();
    }

    @Test
    @DisplayName("is full for one window from when it became so, whatever is added meanwhile")
    void fullFor() {
        add("a");
        add("a");
        clock.advance(Duration.ofSeconds(59));
        add("a");
        clock.advance(Duration.ofSeconds(60).minusNanos(1));
        add("a");
        assertThat(isFull("a")).isTrue();
        clock.advance(Duration.ofNanos(1));
        assertThat(isFull("a")).isFalse();
    }

    @Test
    @DisplayName("remembers so many keys and no more, the latest")
    void bounded() {
        for (int i = 0; i < 1_000; i++) {
            tally.fill("key" + i, clock.nanos());
            assertThat(tally.size()).isLessThanOrEqualTo(KEYS_MAX);
        }
        for (int i = 0; i < 1_000; i++) {
            add("other" + i);
            assertThat(tally.size()).isLessThanOrEqualTo(KEYS_MAX);
        }
        assertThat(isFull("key999")).isFalse();
        tally.fill("last", clock.nanos());
        assertThat(isFull("last")).isTrue();
    }

    @Test
    @DisplayName("forgets windows that are over when another key comes")
    void pruned() {
        add("a");
        tally.fill("b", clock.nanos());
        clock.advance(Duration.ofMinutes(1));
        add("c");
        assertThat(tally.size()).isEqualTo(1);
    }
}
