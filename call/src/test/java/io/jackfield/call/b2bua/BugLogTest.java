package io.jackfield.call.b2bua;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.testkit.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The log of our own mistakes")
class BugLogTest {
    private static final RuntimeException BUG = new IllegalStateException("a mistake");

    private final Logger logger = Logger.getLogger(BugLog.class.getName());
    private final List<LogRecord> lines = new ArrayList<>();
    private final VirtualClock clock = new VirtualClock();
    private final BugLog log = new BugLog();

    private final Handler kept =
            new Handler() {
                @Override
                public void publish(LogRecord line) {
                    lines.add(line);
                }

                @Override
                public void flush() {
                    // nothing waits
                }

                @Override
                public void close() {
                    // nothing is held
                }
            };

    @BeforeEach
    void listen() {
        logger.setUseParentHandlers(false);
        logger.addHandler(kept);
    }

    @AfterEach
    void stopListening() {
        logger.removeHandler(kept);
        logger.setUseParentHandlers(true);
    }

    private void fail(int calls) {
        for (int i = 0; i < calls; i++) {
            log.failed("c" + i, BUG, clock.nanos());
        }
    }

    @Test
    @DisplayName("names the call and has the stack")
    void line() {
        fail(1);
        assertThat(lines)
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.getMessage()).isEqualTo("call=c0 failed");
                    assertThat(line.getThrown()).isSameAs(BUG);
                });
    }

    @Test
    @DisplayName("has ten of a minute, however many calls fail, and then says how many there were")
    void bound() {
        fail(5_000);
        assertThat(lines).hasSize(10);
        clock.advance(Duration.ofSeconds(61));
        fail(1);
        assertThat(lines)
                .extracting(LogRecord::getMessage)
                .endsWith("calls_failed_unlogged=4990", "call=c0 failed");
    }

    @Test
    @DisplayName("begins anew every minute")
    void nextMinute() {
        fail(10);
        clock.advance(Duration.ofSeconds(61));
        fail(10);
        assertThat(lines).hasSize(20);
    }
}
