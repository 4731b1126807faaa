package io.jackfield.loadtool.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.jackfield.loadtool.compare.Ratios.Round;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("How two compare")
class RatiosTest {
    @Test
    @DisplayName("is the median of the rounds' ratios, not the ratio of the medians")
    void medians() {
        Ratios ratios = Ratios.of(List.of(new Round(1, 10), new Round(2, 40), new Round(3, 15)));

        assertThat(ratios).isEqualTo(new Ratios(2, 15, 0.1, 0.05, 0.2, 3));
    }

    @Test
    @DisplayName("is the mean of the two in the middle of an even number of rounds")
    void even() {
        assertThat(Ratios.median(4, 1, 3, 2)).isEqualTo(2.5);
        assertThat(Ratios.median(7)).isEqualTo(7);
    }

    @Test
    @DisplayName("is nothing without a round")
    void none() {
        assertThatIllegalArgumentException().isThrownBy(() -> Ratios.of(List.of()));
    }
}
