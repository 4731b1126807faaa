package io.jackfield.loadtool.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.loadtool.measure.Histogram;
import io.jackfield.loadtool.measure.Histogram.Spread;
import io.jackfield.loadtool.media.MediaFigures;
import io.jackfield.loadtool.media.MediaFigures.WayFigures;
import io.jackfield.loadtool.media.Way;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("The report of a run")
class LoadReportTest {
    private static final ServerUse USE = new ServerUse(1.5, 15, 100, 200, Map.of("loop", 12.5));

    private static Spread millis(double millis) {
        Histogram one = new Histogram();
        one.record((long) (millis * 1e6));
        return one.spread();
    }

    private static WayFigures way(long sent, long heard, long repeated) {
        return new WayFigures(sent, heard, repeated, millis(0.25), millis(0.01), millis(0.5));
    }

    private static StepReport step(int calls, int up, WayFigures echo, long damaged) {
        return new StepReport(
                calls,
                up,
                false,
                Duration.ofSeconds(10),
                new SetupTimes(millis(14), millis(8), millis(40)),
                new MediaFigures(Map.of(Way.ECHO, echo), damaged, millis(0.02), millis(0.03), 0),
                Optional.of(USE),
                new JvmUse(
                        Optional.of(Map.of("media #7", 4_900L)),
                        Optional.of(new GcPauses(2, 3, 2.5))),
                Optional.of(USE),
                0.5);
    }

    private static LoadReport report(Map<String, String> problems, StepReport... steps) {
        return new LoadReport(
                "600",
                20,
                List.of("opus/48000/2"),
                millis(5),
                Optional.of(USE),
                new LoadReport.MemoryUse(60_000, 61_000, 10, 62_000),
                List.of(steps),
                problems);
    }

    @Nested
    @DisplayName("is flawless")
    class Flawless {
        @Test
        @DisplayName("when all calls were up and all frames came back once and unchanged")
        void all() {
            assertThat(report(Map.of(), step(10, 10, way(500, 500, 0), 0)).flawless()).isTrue();
        }

        @Test
        @DisplayName("not with a frame lost, repeated or changed, a call less, or a problem")
        void not() {
            assertThat(report(Map.of(), step(10, 10, way(500, 499, 0), 0)).flawless()).isFalse();
            assertThat(report(Map.of(), step(10, 10, way(500, 500, 1), 0)).flawless()).isFalse();
            assertThat(report(Map.of(), step(10, 10, way(500, 500, 0), 1)).flawless()).isFalse();
            assertThat(report(Map.of(), step(10, 9, way(500, 500, 0), 0)).flawless()).isFalse();
            assertThat(report(Map.of("anna", "busy"), step(9, 9, way(5, 5, 0), 0)).flawless())
                    .isFalse();
        }
    }

    @Test
    @DisplayName("says what the server used for each call, and its memory for each phone and call")
    void perCall() {
        StepReport step = step(10, 10, way(500, 500, 0), 0);

        assertThat(step.corePercentPerCall()).isEqualTo(1.5);
        assertThat(step.cpuMillisPerCall()).isEqualTo(150);
        assertThat(report(Map.of(), step).cpuMillisPerPhone()).contains(75.0);
        LoadReport.MemoryUse memory = report(Map.of(), step).memory();
        assertThat(memory.kibPerPhone(20)).isEqualTo(50);
        assertThat(memory.kibPerCall()).isEqualTo(100);
    }

    @Test
    @DisplayName("is a table for people, with a step each and the problems below")
    void text() {
        Map<String, String> problems = new HashMap<>();
        for (int i = 10; i < 32; i++) {
            problems.put("agent" + i, "486 Busy Here");
        }
        String text = TextReport.write(report(problems, step(10, 8, way(500, 490, 2), 0)));

        assertThat(text)
                .contains("10 calls, 8 up, for 10.0 s")
                .contains("500 phone to echo and back, 10 lost (2.0000 %), 2 duplicated")
                .containsPattern("INVITE -> 200 +14\\.000")
                .containsPattern("delay phone to echo and back +0\\.250")
                .contains("15.00 % of a core")
                .contains("1.8750 % of a core a call")
                .contains("12.50 %  loop")
                .contains("10.00 bytes allocated a packet")
                .contains("4 KiB  media #7")
                .contains("2 GC pauses, 3.00 ms together, 2.50 ms at most")
                .contains("50.0 KiB a phone registered, 100.0 KiB a call")
                .contains("agent29    486 Busy Here")
                .doesNotContain("agent30")
                .contains("and 2 more");
    }

    @Test
    @DisplayName("is JSON for programs")
    void json() {
        String json =
                JsonReport.write(
                        report(
                                Map.of("anna", "REGISTER: 401 \"no\""),
                                step(10, 8, way(500, 490, 2), 1)));

        assertThat(json)
                .contains("\"succeeded\": 19,")
                .contains("\"lost\": 10,\n    \"duplicated\": 2,\n    \"corrupted\": 1\n")
                .contains("\"steps\": [\n    {\n      \"calls\": 10,\n      \"up\": 8,")
                .contains("\"problem\": \"REGISTER: 401 \\\"no\\\"\"")
                .contains("\"server_core_percent_per_call\": 1.875,")
                .endsWith("}");
    }
}
