package io.jackfield.media.codec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Opus, steered by what the receiver reports")
class OpusSteeringTest {
    private final OpusSteering steering = new OpusSteering();

    @Test
    @DisplayName("stays as it is while less than 2 % is lost")
    void sound() {
        for (int i = 0; i < 100; i++) {
            assertThat(steering.reported(i % 2 == 0 ? 0 : 0.015, 50)).isEqualTo(OpusTuning.VOICE);
        }
    }

    @Test
    @DisplayName("sends copies from the first report of 2 % on, and a little more in all")
    void loss() {
        OpusTuning tuning = steering.reported(0.03, 80);
        assertThat(tuning.fec()).isTrue();
        assertThat(tuning.lossPercent()).isEqualTo(5);
        assertThat(tuning.bitsPerSecond()).isEqualTo(36_000);
    }

    @Test
    @DisplayName("keeps the copies through a single good report, and gives them up after several")
    void recovery() {
        steering.reported(0.05, 80);
        assertThat(steering.reported(0, 80).fec()).isTrue();
        int reports = 1;
        while (steering.reported(0, 80).fec()) {
            reports++;
            assertThat(reports).isLessThan(20);
        }
        // 5 % falls below 1 % after six good reports: half a minute.
        assertThat(reports).isBetween(4, 8);
        assertThat(steering.tuning()).isEqualTo(OpusTuning.VOICE);
    }

    @Test
    @DisplayName("spends more where much is lost, but less where the path looks full")
    void heavyAndCongested() {
        assertThat(steering.reported(0.15, 100).bitsPerSecond()).isEqualTo(40_000);
        assertThat(steering.tuning().lossPercent()).isEqualTo(15);
        OpusTuning congested = steering.reported(0.15, 900);
        assertThat(congested.bitsPerSecond()).isEqualTo(24_000);
        assertThat(congested.fec()).isTrue();
    }

    @Test
    @DisplayName("never tells the encoder of more loss than copies are good for")
    void most() {
        assertThat(steering.reported(1, -1).lossPercent()).isEqualTo(25);
    }
}
