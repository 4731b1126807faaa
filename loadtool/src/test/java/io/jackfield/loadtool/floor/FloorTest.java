package io.jackfield.loadtool.floor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.jackfield.loadtool.net.PacketCost;
import java.io.IOException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@DisplayName("What a machine takes at least")
class FloorTest {
    private static final Floor FLOOR = new Floor(4_000, 1_000, 600);

    @Test
    @DisplayName("is each packet of a call taken and sent, and opened or protected on each leg")
    void percent() {
        assertThat(FLOOR.corePercent(2, 1)).isCloseTo(0.056, within(1e-9));
        assertThat(FLOOR.corePercent(1, 2)).isCloseTo(0.031, within(1e-9));
        assertThat(FLOOR.corePercent(2, 2)).isCloseTo(0.062, within(1e-9));
    }

    @Test
    @DisplayName("goes from one process to another on a line")
    void line() {
        assertThat(Floor.parse(FLOOR.line())).isEqualTo(FLOOR);
        assertThatIllegalArgumentException().isThrownBy(() -> Floor.parse("floor 1 2"));
        assertThatIllegalArgumentException().isThrownBy(() -> Floor.parse("nonsense"));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    @DisplayName("is measured with packets that all arrive")
    void measured() throws IOException {
        assertThat(PacketCost.measure(172, 3))
                .satisfies(cost -> assertThat(cost.sendNanos()).isPositive())
                .satisfies(cost -> assertThat(cost.receiveNanos()).isPositive());
    }
}
