package io.jackfield.loadtool.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What is known of a server that is a JVM")
class JvmUseTest {
    private static final String THREADS =
            """
            4711:
            "media" #18 [19802] daemon prio=5 cpu=658.54ms elapsed=343.33s allocated=%s \
            defined_classes=21 tid=0x1 nid=1 runnable  [0x2]
               java.lang.Thread.State: RUNNABLE
            "a "quoted" #1 name" #19 [2] prio=5 cpu=1.20ms elapsed=1.00s allocated=2M \
            defined_classes=0 tid=0x3 nid=3 waiting on condition  [0x4]
            "GC Thread#0" os_prio=0 cpu=2.00ms elapsed=343.00s tid=0x5 nid=5 runnable
            """;

    private static JvmAllocation sample(String media) {
        return JvmAllocation.parse(THREADS.formatted(media));
    }

    @Test
    @DisplayName("is what each thread has allocated, in any unit and under any name")
    void allocation() {
        assertThat(sample("17416K").threads())
                .isEqualTo(
                        Map.of("media #18", 17_416L << 10, "a \"quoted\" #1 name #19", 2L << 20));
        assertThat(sample("48B").threads()).containsEntry("media #18", 48L);
        assertThat(sample("3G").threads()).containsEntry("media #18", 3L << 30);
    }

    @Test
    @DisplayName("is the difference of two such samples, where there is any")
    void since() {
        assertThat(sample("20K").since(sample("17K"))).isEqualTo(Map.of("media #18", 3L << 10));
        assertThat(sample("20K").since(new JvmAllocation(Map.of())))
                .containsEntry("media #18", 20L << 10);
    }

    @Test
    @DisplayName("is asked of this very JVM with success, and of none without")
    void asks() throws InterruptedException {
        assertThat(JvmAllocation.of(ProcessHandle.current().pid()))
                .hasValueSatisfying(a ->
                        assertThat(a.threads().keySet()).anyMatch(t -> t.startsWith("main #")));
        assertThat(JvmAllocation.of(Integer.MAX_VALUE)).isEmpty();
    }

    @Test
    @DisplayName("is each pause that the log tells after a moment")
    void pauses(@TempDir Path folder) throws IOException {
        Path log = folder.resolve("gc.log");
        assertThat(GcPauses.end(log)).isZero();
        assertThat(GcPauses.since(log, 0)).isEmpty();
        Files.writeString(log, "[0.958s][info][gc] GC(0) Pause Young (X) 18M->4M(61M) 9.574ms\n");
        long from = GcPauses.end(log);
        Files.writeString(
                log,
                """
                [2.007s][info][gc] GC(1) Pause Young (Allocation Failure) 21M->5M(61M) 8.500ms
                [2.100s][info][gc] GC(2) Concurrent Mark Cycle 30.000ms
                [2.452s][info][gc] GC(2) Y: Pause Mark Start 0.250ms
                """,
                StandardOpenOption.APPEND);

        assertThat(GcPauses.since(log, from)).contains(new GcPauses(2, 8.75, 8.5));
    }
}
