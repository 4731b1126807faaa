package io.jackfield.server.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("How long a stream connection may take")
class StreamDeadlinesTest {
    private final StreamDeadlines stranger = new StreamDeadlines(false, false, 0);

    @Test
    @DisplayName("10 s to its first message, however many bytes it dribbles")
    void firstMessage() {
        for (int second = 1; second < 10; second++) {
            stranger.heard(false, true, seconds(second));
        }

        assertThat(stranger.overdue(seconds(10) - 1)).isEmpty();
        assertThat(stranger.overdue(seconds(10))).contains("no message came");
    }

    @Test
    @DisplayName("5 s to its TLS handshake")
    void handshake() {
        StreamDeadlines secure = new StreamDeadlines(false, true, 0);

        assertThat(secure.overdue(seconds(5))).contains("handshake took too long");
        secure.handshakeDone();
        assertThat(secure.overdue(seconds(5))).isEmpty();
    }

    @Test
    @DisplayName("10 s from a message's first byte to its last")
    void oneMessage() {
        stranger.heard(true, false, seconds(1));
        stranger.heard(false, true, seconds(100));
        stranger.heard(false, true, seconds(109));

        assertThat(stranger.overdue(seconds(109))).isEmpty();
        assertThat(stranger.overdue(seconds(110))).contains("a message took too long");
    }

    @Test
    @DisplayName("a new message has its own 10 s, even when it began in the last one's packet")
    void nextMessage() {
        stranger.heard(false, true, 0);
        stranger.heard(true, true, seconds(9));

        assertThat(stranger.overdue(seconds(18))).isEmpty();
        assertThat(stranger.overdue(seconds(19))).contains("a message took too long");
    }

    @Test
    @DisplayName("10 s to take what we send")
    void writing() {
        stranger.heard(true, false, 0);
        stranger.writeBegins(seconds(50));

        assertThat(stranger.overdue(seconds(60))).contains("the peer does not read");
        stranger.writeEnds();
        assertThat(stranger.overdue(seconds(60))).isEmpty();
    }

    @Test
    @DisplayName("15 min of silence; a connection of our own owes us no first message")
    void silence() {
        StreamDeadlines ours = new StreamDeadlines(true, false, 0);

        assertThat(ours.overdue(seconds(899))).isEmpty();
        assertThat(ours.overdue(seconds(900))).isEqualTo(Optional.of("idle"));
    }

    private static long seconds(int seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }
}
