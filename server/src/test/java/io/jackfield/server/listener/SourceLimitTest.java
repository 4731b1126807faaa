package io.jackfield.server.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The limit per source")
class SourceLimitTest {
    private static final InetAddress ONE = InetAddress.ofLiteral("192.0.2.1");
    private static final InetAddress OTHER = InetAddress.ofLiteral("192.0.2.2");

    private final SourceLimit limit = new SourceLimit(2);

    @Test
    @DisplayName("refuses one more than allowed, and that to this source alone")
    void refusesTheNext() {
        limit.enter(ONE);
        limit.enter(ONE);

        assertThat(limit.enter(ONE).granted()).isFalse();
        assertThat(limit.enter(OTHER).granted()).isTrue();
    }

    @Test
    @DisplayName("gives a place back once, however often it is left")
    void givesBackOnce() {
        SourceLimit.Place first = limit.enter(ONE);
        limit.enter(ONE);
        first.leave();
        first.leave();

        assertThat(limit.held(ONE)).isEqualTo(1);
        assertThat(limit.enter(ONE).granted()).isTrue();
        assertThat(limit.enter(ONE).granted()).isFalse();
    }

    @Test
    @DisplayName("a refusal takes no place that could be given back")
    void refusalHoldsNothing() {
        limit.enter(ONE);
        limit.enter(ONE);
        limit.enter(ONE).leave();

        assertThat(limit.held(ONE)).isEqualTo(2);
    }
}
