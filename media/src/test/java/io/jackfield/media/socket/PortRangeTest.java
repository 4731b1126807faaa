package io.jackfield.media.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The ports of trunk legs")
class PortRangeTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final int MIN = 21_002;

    private final PortRange range = new PortRange(MIN, MIN + 5, 65_536);
    private final List<PortRange.Pair> open = new ArrayList<>();

    private Optional<PortRange.Pair> open() {
        Optional<PortRange.Pair> pair = range.open(LOOPBACK);
        pair.ifPresent(open::add);
        return pair;
    }

    private void close(PortRange.Pair pair) {
        pair.rtp().close();
        pair.rtcp().close();
        range.release(pair);
        open.remove(pair);
    }

    @AfterEach
    void closeAll() {
        List.copyOf(open).forEach(this::close);
        assertThat(range.inUse()).isZero();
    }

    @Test
    @DisplayName("come in pairs, RTP even and RTCP next (RFC 3550 §11), until none is left")
    void pairs() {
        for (int i = 0; i < 3; i++) {
            PortRange.Pair pair = open().orElseThrow();
            assertThat(pair.rtp().local().getPort()).isEqualTo(MIN + 2 * i);
            assertThat(pair.rtcp().local().getPort()).isEqualTo(MIN + 2 * i + 1);
            assertThat(pair.rtp().local().getAddress()).isEqualTo(LOOPBACK);
        }
        assertThat(range.inUse()).isEqualTo(6);
        assertThat(open()).isEmpty();
    }

    @Test
    @DisplayName("rest as long as possible before they are used again")
    void inTurn() {
        PortRange.Pair first = open().orElseThrow();
        close(first);
        PortRange.Pair second = open().orElseThrow();
        assertThat(second.rtp().local().getPort()).isEqualTo(MIN + 2);
        close(second);
        close(open().orElseThrow());
        assertThat(open().orElseThrow().rtp().local().getPort()).isEqualTo(MIN);
    }

    @Test
    @DisplayName("that somebody else holds are passed over")
    void taken() throws Exception {
        UdpSocket stranger = UdpSocket.bind(new InetSocketAddress(LOOPBACK, MIN + 1), 65_536);
        assertThat(open().orElseThrow().rtp().local().getPort()).isEqualTo(MIN + 2);
        stranger.close();
    }
}
