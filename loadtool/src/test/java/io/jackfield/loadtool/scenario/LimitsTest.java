package io.jackfield.loadtool.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.loadtool.measure.Histogram.Spread;
import io.jackfield.loadtool.media.MediaFigures;
import io.jackfield.loadtool.media.Way;
import io.jackfield.loadtool.report.JvmUse;
import io.jackfield.loadtool.report.SetupTimes;
import io.jackfield.loadtool.report.StepReport;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The limits of a step")
class LimitsTest {
    private static final Limits LIMITS = new Limits(0.1, Duration.ofMillis(10));

    private static StepReport step(int up, long heard, long delayP99Nanos) {
        Spread delay = new Spread(1, 1, 1, delayP99Nanos, delayP99Nanos, delayP99Nanos);
        MediaFigures.WayFigures way =
                new MediaFigures.WayFigures(1_000, heard, 0, delay, Spread.NONE, Spread.NONE);
        return new StepReport(
                10,
                up,
                false,
                Duration.ofSeconds(1),
                SetupTimes.NONE,
                new MediaFigures(Map.of(Way.ECHO, way), 0, Spread.NONE, Spread.NONE, 0),
                Optional.empty(),
                JvmUse.NONE,
                Optional.empty(),
                0);
    }

    @Test
    @DisplayName("are held up to their values, and by all calls")
    void held() {
        assertThat(LIMITS.heldBy(step(10, 999, 10_000_000))).isTrue();
        assertThat(LIMITS.heldBy(step(10, 998, 10_000_000))).isFalse();
        assertThat(LIMITS.heldBy(step(10, 999, 10_000_001))).isFalse();
        assertThat(LIMITS.heldBy(step(9, 1_000, 0))).isFalse();
    }

    @Test
    @DisplayName("are none where nothing is said, but for calls that are not up")
    void none() {
        assertThat(Limits.NONE.heldBy(step(10, 0, 1_000_000_000))).isTrue();
        assertThat(Limits.NONE.heldBy(step(9, 0, 0))).isFalse();
    }
}
