package io.jackfield.media.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Noticing that nothing comes")
class SilenceWatchTest {
    private static final long SECOND = 1_000_000_000L;

    private final SilenceWatch watch = new SilenceWatch(Duration.ofSeconds(5));

    @Test
    @DisplayName("begins when packets should come, not when the leg opens")
    void begins() {
        assertThat(watch.deadlineNanos()).isEmpty();
        assertThat(watch.begins(100 * SECOND)).isFalse();
        watch.expect(true, 100 * SECOND);
        assertThat(watch.deadlineNanos()).hasValue(105 * SECOND);
        assertThat(watch.begins(105 * SECOND - 1)).isFalse();
        assertThat(watch.begins(105 * SECOND)).isTrue();
        assertThat(watch.sinceHeard(105 * SECOND)).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    @DisplayName("tells a silence once, and its end once")
    void once() {
        watch.expect(true, 0);
        assertThat(watch.begins(5 * SECOND)).isTrue();
        assertThat(watch.begins(50 * SECOND)).isFalse();
        assertThat(watch.deadlineNanos()).isEmpty();
        assertThat(watch.heard(51 * SECOND)).isTrue();
        assertThat(watch.heard(52 * SECOND)).isFalse();
        assertThat(watch.begins(56 * SECOND)).isFalse();
        assertThat(watch.begins(57 * SECOND)).isTrue();
    }

    @Test
    @DisplayName("does not count hold as silence, and begins anew after it")
    void hold() {
        watch.expect(true, 0);
        watch.expect(false, 4 * SECOND);
        assertThat(watch.begins(60 * SECOND)).isFalse();
        watch.expect(true, 60 * SECOND);
        watch.expect(true, 64 * SECOND);
        assertThat(watch.begins(64 * SECOND)).isFalse();
        assertThat(watch.begins(65 * SECOND)).isTrue();
    }
}
