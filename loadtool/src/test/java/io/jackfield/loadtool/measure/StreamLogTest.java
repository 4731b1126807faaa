package io.jackfield.loadtool.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What is heard of a stream")
class StreamLogTest {
    private static final long FRAME = TimeUnit.MILLISECONDS.toNanos(20);

    private final Histogram delays = new Histogram();
    private final Histogram spacings = new Histogram();
    private final StreamLog log = new StreamLog(delays, spacings);

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
        log.openWindow();
        log.heard(say(), 0, 1_000);
        log.heard(say(), FRAME + 5_000_000, FRAME + 5_001_000);
        assertThat(log.jitterNanos()).isZero();

        log.heard(say(), 2 * FRAME, 2 * FRAME + 17_000);
        assertThat(log.jitterNanos()).isEqualTo(1_000);
        assertThat(spacings.spread()).returns(2L, Histogram.Spread::count);
        assertThat(spacings.spread().max()).isEqualTo(16_000);
    }

    @Test
    @DisplayName("begins with the first frame heard where the stream began in the window")
    void begins() {
        log.beginInWindow();
        say();
        say();
        assertThat(log.windowSent()).as("nothing heard: all is lost").isEqualTo(2);
        hear(say(), 100);
        say();
        hear(say(), 100);

        assertThat(log).returns(3L, StreamLog::windowSent).returns(2L, StreamLog::windowHeard);
    }

    @Test
    @DisplayName("ends with the last frame heard where the other side has hung up")
    void ends() {
        log.openWindow();
        hear(say(), 100);
        say();
        hear(say(), 100);
        say();
        log.end();

        assertThat(log).returns(3L, StreamLog::windowSent).returns(2L, StreamLog::windowHeard);
    }

    @Test
    @DisplayName("does not end so where more than half a second was not heard")
    void goesSilent() {
        log.openWindow();
        hear(say(), 100);
        for (int i = 0; i < 26; i++) {
            say();
        }
        log.end();

        assertThat(log.windowSent()).isEqualTo(27);
    }

    @Test
    @DisplayName("keeps the end of a window that was closed before")
    void endsAfterWindow() {
        log.openWindow();
        hear(say(), 100);
        say();
        log.closeWindow();
        hear(say(), 100);
        log.end();

        assertThat(log.windowSent()).isEqualTo(2);
    }
}
