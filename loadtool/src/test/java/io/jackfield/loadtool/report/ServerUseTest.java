package io.jackfield.loadtool.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What a server's process used (proc(5))")
class ServerUseTest {
    private static final String STAT =
            "4711 (java (x) y) S 1 4711 4711 0 -1 4194304 9 8 7 6 150 50 0 0 20 0 31 0 99 1 2";

    private static final List<String> STATUS =
            List.of("Name:\tjava", "VmHWM:\t  204800 kB", "VmRSS:\t  102400 kB");

    @Test
    @DisplayName("utime and stime are found behind a name with spaces and parentheses")
    void sample() {
        assertThat(ProcessSample.parse(5, STAT, STATUS))
                .contains(new ProcessSample(5, 200, 102_400, 204_800));
    }

    @Test
    @DisplayName("a process that has just gone, and shows no memory, is none")
    void gone() {
        assertThat(ProcessSample.parse(5, STAT, List.of("Name:\tjava"))).isEmpty();
        assertThat(ProcessSample.parse(5, "", STATUS)).isEmpty();
        assertThat(ProcessSample.of(Long.MAX_VALUE)).isEqualTo(Optional.empty());
    }

    @Test
    @DisplayName("CPU is the difference, also when the monotonic clock turns over")
    void use() {
        long before = Long.MAX_VALUE - 1_000_000_000L;
        ServerUse use =
                ServerUse.between(
                        new ProcessSample(before, 200, 1, 1),
                        new ProcessSample(before + 10_000_000_000L, 350, 102_400, 204_800));

        assertThat(use).isEqualTo(new ServerUse(1.5, 15, 100, 200));
    }

    @Test
    @DisplayName("two samples at one moment say nothing")
    void sameMoment() {
        ProcessSample sample = new ProcessSample(1, 2, 3, 4);

        assertThatIllegalArgumentException().isThrownBy(() -> ServerUse.between(sample, sample));
    }
}
