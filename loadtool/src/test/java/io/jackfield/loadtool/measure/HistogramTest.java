package io.jackfield.loadtool.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.jackfield.loadtool.measure.Histogram.Spread;
import java.util.Arrays;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A histogram")
class HistogramTest {
    private static final long MINUTES_2 = 120_000_000_000L;

    private final Histogram histogram = new Histogram();

    @Test
    @DisplayName("of nothing is all 0")
    void empty() {
        assertThat(histogram.spread()).isEqualTo(Spread.NONE);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 63, 64, 65, 127, 128, 1_000, 999_999, 20_000_000, MINUTES_2})
    @DisplayName("gives one value back as it was, since nothing is above the greatest")
    void one(long value) {
        histogram.record(value);

        assertThat(histogram.spread()).isEqualTo(new Spread(1, value, value, value, value, value));
    }

    @Test
    @DisplayName("is within 1.6 % of the exact nearest rank, and never below it")
    void exact() {
        Random random = new Random(7);
        long[] values = new long[10_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = (long) Math.exp(random.nextDouble() * 25);
            histogram.record(values[i]);
        }
        Arrays.sort(values);

        Spread spread = histogram.spread();
        assertClose(spread.p50(), values[4_999]);
        assertClose(spread.p95(), values[9_499]);
        assertClose(spread.p99(), values[9_899]);
        assertClose(spread.p999(), values[9_989]);
        assertThat(spread.max()).isEqualTo(values[9_999]);
    }

    private static void assertClose(long measured, long exact) {
        assertThat(measured)
                .isGreaterThanOrEqualTo(exact)
                .isCloseTo(exact, Percentage.withPercentage(1.6));
    }

    @Test
    @DisplayName("takes what is below 0 as 0, and what is above its range as its greatest")
    void outside() {
        histogram.record(-5);
        histogram.record(Long.MAX_VALUE);

        assertThat(histogram.spread().p50()).isZero();
        assertThat(histogram.spread().max()).isEqualTo(Long.MAX_VALUE);
        assertThat(histogram.spread().p99()).isCloseTo(1L << 37, within(1L));
    }

    @Test
    @DisplayName("adds another's values, and forgets all when cleared")
    void addsAndClears() {
        Histogram other = new Histogram();
        other.record(40);
        histogram.record(20);
        histogram.add(other);
        assertThat(histogram.spread()).isEqualTo(new Spread(2, 20, 40, 40, 40, 40));

        histogram.clear();
        assertThat(histogram.spread()).isEqualTo(Spread.NONE);
    }
}
