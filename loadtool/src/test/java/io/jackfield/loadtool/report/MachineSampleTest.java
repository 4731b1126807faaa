package io.jackfield.loadtool.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What the hypervisor took (proc(5))")
class MachineSampleTest {
    @Test
    @DisplayName("is the eighth field of all CPUs, and what guests had is not counted twice")
    void parsed() {
        String stat = "cpu  100 20 30 400 5 6 7 32 100 20\ncpu0 1 2 3 4 5 6 7 8 0 0\n";

        assertThat(MachineSample.parse(stat)).contains(new MachineSample(600, 32));
    }

    @Test
    @DisplayName("is not known where the text is another")
    void unknown() {
        assertThat(MachineSample.parse("")).isEmpty();
        assertThat(MachineSample.parse("cpu 1 2 3")).isEmpty();
        assertThat(MachineSample.parse("intr 1 2 3 4 5 6 7 8 9")).isEmpty();
    }

    @Test
    @DisplayName("is its share of the time between")
    void percent() {
        MachineSample before = new MachineSample(1_000, 10);

        assertThat(MachineSample.stealPercent(before, new MachineSample(1_200, 16))).isEqualTo(3);
        assertThat(MachineSample.stealPercent(before, before)).isZero();
    }
}
