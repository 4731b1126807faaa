package io.jackfield.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.jackfield.call.edge.Flow;
import io.jackfield.call.edge.Transport;
import io.jackfield.call.event.PbxEvent;
import io.jackfield.call.token.TokenRefusal;
import io.jackfield.testkit.VirtualClock;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

@DisplayName("What is written to the log")
class EventLogTest {
    private static final Logger LOGGER = (Logger) LoggerFactory.getLogger("io.jackfield.event");

    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final VirtualClock clock = new VirtualClock();
    private final EventLog log = new EventLog(clock::nanos);
    private final Flow flow = new Nowhere();

    /** A peer that nobody writes to. */
    private static final class Nowhere implements Flow {
        @Override
        public String id() {
            return "ws-1";
        }

        @Override
        public Transport transport() {
            return Transport.WSS;
        }

        @Override
        public InetSocketAddress remote() {
            return new InetSocketAddress(InetAddress.ofLiteral("203.0.113.66"), 40000);
        }

        @Override
        public InetSocketAddress local() {
            return new InetSocketAddress(InetAddress.ofLiteral("10.0.0.5"), 443);
        }

        @Override
        public boolean send(byte[] message) {
            return false;
        }

        @Override
        public void close() {}
    }

    @BeforeEach
    void listen() {
        lines.start();
        LOGGER.addAppender(lines);
        LOGGER.setAdditive(false);
    }

    @AfterEach
    void leave() {
        LOGGER.setAdditive(true);
        LOGGER.detachAppender(lines);
    }

    private List<String> texts() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            log.on(new PbxEvent.AuthenticationFailed(flow, "1001", "WRONG"));
        }
    }

    @Test
    @DisplayName("of a guess is one line, first the address, then what happened, last their words")
    void guesses() {
        fail(1);
        log.on(
                new PbxEvent.GuessesLimited(
                        flow,
                        PbxEvent.GuessLimit.ACCOUNT_AT_SOURCE,
                        "1001",
                        Duration.ofMinutes(10)));
        assertThat(texts())
                .containsExactly(
                        "SECURITY src=203.0.113.66 sport=40000 dport=443 proto=wss"
                                + " event=auth_failed cause=wrong user=\"1001\"",
                        "SECURITY src=203.0.113.66 sport=40000 dport=443 proto=wss"
                                + " event=guesses_limited cause=account_at_source for_s=600"
                                + " user=\"1001\"");
    }

    @Test
    @DisplayName("of a refused call token has the same form")
    void token() {
        log.on(
                new PbxEvent.TokenChecked(
                        flow, "1001", "+4930123456", Optional.of(TokenRefusal.EXPIRED)));
        assertThat(texts())
                .containsExactly(
                        "SECURITY src=203.0.113.66 sport=40000 dport=443 proto=wss"
                                + " event=call_token_refused cause=expired user=\"1001\""
                                + " number=\"+********56\"");
    }

    @Test
    @DisplayName("names an address once, though a stranger's user name looks like another (T40)")
    void injected() {
        String hostile =
                "x\" SECURITY src=192.0.2.1 \r\nlevel=WARN at=event SECURITY src=192.0.2.1";
        log.on(new PbxEvent.AuthenticationFailed(flow, hostile, "WRONG"));
        assertThat(texts())
                .singleElement()
                .asString()
                .startsWith("SECURITY src=203.0.113.66 ")
                .doesNotContain("192.0.2.1", "\n", "\r")
                .containsOnlyOnce("src=")
                .hasSizeLessThan(160);
    }

    @Test
    @DisplayName("by strangers is at most a thousand lines a minute; what is left out is told")
    void bounded() {
        fail(100_000);
        assertThat(lines.list).hasSize(1_000);
        clock.advance(Duration.ofMinutes(1));
        fail(1);
        assertThat(texts()).last().asString().endsWith("left_out=99000");
    }

    @Test
    @DisplayName("of a limit that was reached does not wait for that, nor does what is our own")
    void ours() {
        fail(100_000);
        log.on(
                new PbxEvent.GuessesLimited(
                        flow, PbxEvent.GuessLimit.SOURCE, "", Duration.ofMinutes(10)));
        log.on(new PbxEvent.TrunkChanged("carrier", false, "REGISTER 403"));
        assertThat(texts().subList(1_000, 1_002))
                .containsExactly(
                        "SECURITY src=203.0.113.66 sport=40000 dport=443 proto=wss"
                                + " event=guesses_limited cause=source for_s=600 user=\"\"",
                        "trunk=carrier up=false reason=\"REGISTER 403\"");
    }
}
