package io.jackfield.server.web;

import static io.jackfield.server.web.KeepAlive.Duty.GIVE_UP;
import static io.jackfield.server.web.KeepAlive.Duty.NOTHING;
import static io.jackfield.server.web.KeepAlive.Duty.PING;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A WebSocket connection")
class KeepAliveTest {
    private final KeepAlive keepAlive = new KeepAlive(0);

    @Test
    @DisplayName("is pinged every 20 s (RFC 7118 §6)")
    void pings() {
        assertThat(keepAlive.at(seconds(19), true)).isEqualTo(NOTHING);
        assertThat(keepAlive.at(seconds(20), true)).isEqualTo(PING);
        assertThat(keepAlive.at(seconds(21), true)).isEqualTo(NOTHING);
        assertThat(keepAlive.at(seconds(40), true)).isEqualTo(PING);
    }

    @Test
    @DisplayName("over which no SIP message came is given up after 10 s")
    void givesUp() {
        assertThat(keepAlive.at(seconds(9), false)).isEqualTo(NOTHING);
        assertThat(keepAlive.at(seconds(10), false)).isEqualTo(GIVE_UP);
    }

    private static long seconds(int seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }
}
