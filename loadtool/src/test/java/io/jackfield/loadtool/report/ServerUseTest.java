package io.jackfield.loadtool.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.jackfield.loadtool.report.ProcessSample.ThreadSample;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What a server's process used (proc(5))")
class ServerUseTest {
    private static final String STAT =
            "4711 (java (x) y) S 1 4711 4711 0 -1 4194304 9 8 7 6 150 50 0 0 20 0 31 0 99 1 2";

    private static final List<String> STATUS =
            List.of("Name:\tjava", "VmHWM:\t  204800 kB", "VmRSS:\t  102400 kB");

    private static final long SECONDS_10 = 10_000_000_000L;

    private static ProcessSample sample(long atNanos, long ticks, Map<String, ThreadSample> all) {
        return new ProcessSample(atNanos, ticks, 102_400, 204_800, all);
    }

    @Test
    @DisplayName("utime and stime are found behind a name with spaces and parentheses")
    void sample() {
        assertThat(ProcessSample.parse(5, STAT, STATUS, Map.of()))
                .contains(new ProcessSample(5, 200, 102_400, 204_800, Map.of()));
    }

    @Test
    @DisplayName("a process that has just gone, and shows no memory, is none")
    void gone() {
        assertThat(ProcessSample.parse(5, STAT, List.of("Name:\tjava"), Map.of())).isEmpty();
        assertThat(ProcessSample.parse(5, "", STATUS, Map.of())).isEmpty();
        assertThat(ProcessSample.of(Long.MAX_VALUE)).isEqualTo(Optional.empty());
    }

    @Test
    @DisplayName("CPU is the difference, also when the monotonic clock turns over")
    void use() {
        long before = Long.MAX_VALUE - 1_000_000_000L;
        ServerUse use =
                ServerUse.between(
                        sample(before, 200, Map.of()), sample(before + SECONDS_10, 350, Map.of()));

        assertThat(use).isEqualTo(new ServerUse(1.5, 15, 100, 200, Map.of()));
    }

    @Test
    @DisplayName("threads of one name are taken together, new ones from nothing")
    void threads() {
        ServerUse use =
                ServerUse.between(
                        sample(0, 0, Map.of("1", new ThreadSample("loop", 2_000_000_000L))),
                        sample(
                                SECONDS_10,
                                0,
                                Map.of(
                                        "1", new ThreadSample("loop", 3_000_000_000L),
                                        "2", new ThreadSample("loop", 500_000_000L),
                                        "3", new ThreadSample("gc", 100_000_000L))));

        assertThat(use.threads()).isEqualTo(Map.of("loop", 15.0, "gc", 1.0));
    }

    @Test
    @DisplayName("two samples at one moment say nothing")
    void sameMoment() {
        ProcessSample sample = sample(1, 2, Map.of());

        assertThatIllegalArgumentException().isThrownBy(() -> ServerUse.between(sample, sample));
    }
}
