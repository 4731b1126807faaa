package io.jackfield.loadtool.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What is heard of a stream")
class StreamLogTest {
    private static final long FRAME = TimeUnit.MILLISECONDS.toNanos(20);

    private final Histogram delays = new Histogram();
    private final StreamLog log = new StreamLog(delays);

    private int say() {
        return log.takeNumber();
    }

    /** The frame of that number, heard that long after it was sent. */
    private void hear(int number, long delayNanos) {
        log.heard(number, number * FRAME, number * FRAME + delayNanos);
    }

    @Test
    @DisplayName("counts for the window by when it was sent, whenever it is heard")
    void window() {
        int before = say();
        log.openWindow();
        int first = say();
        int last = say();
        log.closeWindow();
        int after = say();
        hear(last, 300);
        hear(before, 100);
        hear(after, 400);
        hear(first, 200);

        assertThat(log)
                .returns(2L, StreamLog::windowSent)
                .returns(2L, StreamLog::windowHeard)
                .returns(4L, StreamLog::sent)
                .returns(4L, StreamLog::heard);
        assertThat(delays.spread().max()).isEqualTo(300);
        assertThat(delays.count()).isEqualTo(2);
    }

    @Test
    @DisplayName("is counted once, and its repetitions apart")
    void repeated() {
        log.openWindow();
        int frame = say();
        hear(frame, 100);
        hear(frame, 200);

        assertThat(log).returns(1L, StreamLog::windowHeard).returns(1L, StreamLog::windowRepeated);
        assertThat(delays.count()).isEqualTo(1);
    }

    @Test
    @DisplayName("leaves what is not heard as lost, the last of the window too")
    void lost() {
        log.openWindow();
        hear(say(), 100);
        say();
        log.closeWindow();

        assertThat(log).returns(2L, StreamLog::windowSent).returns(1L, StreamLog::windowHeard);
    }

    @Test
    @DisplayName("is nothing of a window before one is opened")
    void noWindow() {
        hear(say(), 100);

        assertThat(log).returns(0L, StreamLog::windowSent).returns(0L, StreamLog::windowHeard);
        assertThat(log.isHeard()).isTrue();
    }

    @Test
    @DisplayName("has jitter where delays differ (RFC 3550 §A.8), not where the sender is uneven")
    void jitter() {
        log.heard(say(), 0, 1_000);
        log.heard(say(), FRAME + 5_000_000, FRAME + 5_001_000);
        assertThat(log.jitterNanos()).isZero();

        log.heard(say(), 2 * FRAME, 2 * FRAME + 17_000);
        assertThat(log.jitterNanos()).isEqualTo(1_000);
    }
}
