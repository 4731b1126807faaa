package io.jackfield.loadtool.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Percentiles, by nearest rank")
class PercentilesTest {
    @Test
    @DisplayName("of 1 to 200, in any order, are 100, 190, 198 and 200")
    void ranks() {
        DoubleStream values = IntStream.rangeClosed(1, 200).map(i -> 201 - i).asDoubleStream();

        assertThat(Percentiles.of(values)).isEqualTo(new Percentiles(200, 100, 190, 198, 200));
    }

    @Test
    @DisplayName("of one value are that value; a percentile is never between two values")
    void few() {
        assertThat(Percentiles.of(DoubleStream.of(7))).isEqualTo(new Percentiles(1, 7, 7, 7, 7));
        assertThat(Percentiles.of(DoubleStream.of(1, 9))).isEqualTo(new Percentiles(2, 1, 9, 9, 9));
    }

    @Test
    @DisplayName("of nothing are 0, and say so by their count")
    void none() {
        assertThat(Percentiles.of(DoubleStream.empty())).isEqualTo(new Percentiles(0, 0, 0, 0, 0));
    }
}
