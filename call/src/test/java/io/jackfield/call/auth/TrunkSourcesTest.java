package io.jackfield.call.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.call.edge.Transport;
import io.jackfield.call.routing.CodecPolicy;
import io.jackfield.call.routing.Site;
import io.jackfield.call.routing.SourceMatch;
import io.jackfield.call.routing.Trunk;
import io.jackfield.call.testing.FakeFlow;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A trunk is told by where it sends from (threat T7)")
class TrunkSourcesTest {
    private static final InetSocketAddress CARRIER =
            new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 5060);

    private final TrunkSources sources = new TrunkSources(_ -> List.of(CARRIER));

    private static Trunk trunk(Transport transport, String... matches) {
        return new Trunk(
                "carrier",
                transport,
                "sip.carrier.example",
                5060,
                List.of("PCMA"),
                Optional.empty(),
                false,
                Duration.ofMinutes(5),
                Optional.empty(),
                Duration.ZERO,
                List.of(matches).stream().map(SourceMatch::parse).toList(),
                false,
                CodecPolicy.PASSTHROUGH);
    }

    private Optional<Trunk> find(Trunk trunk, FakeFlow flow) {
        Site site = new Site(List.of(), List.of(trunk), List.of(), List.of(), List.of());
        return sources.find(site, flow);
    }

    @Test
    @DisplayName("over UDP address and port must be the trunk's")
    void udp() {
        Trunk trunk = trunk(Transport.UDP);
        assertThat(find(trunk, FakeFlow.of("a", Transport.UDP, "192.0.2.1", 5060))).contains(trunk);
        assertThat(find(trunk, FakeFlow.of("b", Transport.UDP, "192.0.2.1", 5061))).isEmpty();
        assertThat(find(trunk, FakeFlow.of("c", Transport.UDP, "192.0.2.2", 5060))).isEmpty();
    }

    @Test
    @DisplayName("a connection comes from any port of that host")
    void tcp() {
        Trunk trunk = trunk(Transport.TCP);
        assertThat(find(trunk, FakeFlow.of("a", Transport.TCP, "192.0.2.1", 49152)))
                .contains(trunk);
        assertThat(find(trunk, FakeFlow.of("b", Transport.TCP, "192.0.2.2", 5060))).isEmpty();
    }

    @Test
    @DisplayName("another transport is another peer")
    void otherTransport() {
        assertThat(find(trunk(Transport.TCP), FakeFlow.of("a", Transport.UDP, "192.0.2.1", 5060)))
                .isEmpty();
    }

    @Test
    @DisplayName("a browser is never a trunk, not even from the trunk's own address")
    void browser() {
        for (Transport transport : List.of(Transport.UDP, Transport.TCP, Transport.TLS)) {
            for (Transport webSocket : List.of(Transport.WS, Transport.WSS)) {
                FakeFlow flow = FakeFlow.of("ws", webSocket, "192.0.2.1", 5060);
                assertThat(find(trunk(transport, "0.0.0.0/0"), flow)).isEmpty();
                assertThat(find(trunk(transport), flow)).isEmpty();
            }
        }
    }

    @Test
    @DisplayName("over TLS the name in the certificate counts, from any address, without case")
    void tls() {
        Trunk trunk = trunk(Transport.TLS);
        assertThat(find(trunk, FakeFlow.tls("a", "203.0.113.9", "SIP.carrier.example")))
                .contains(trunk);
        assertThat(find(trunk, FakeFlow.tls("b", "203.0.113.9", "evil.example"))).isEmpty();
    }

    @Test
    @DisplayName("where sources are listed, these count and the host's own address does not")
    void matches() {
        Trunk trunk = trunk(Transport.UDP, "198.51.100.0/24", "203.0.113.1:5080");
        assertThat(find(trunk, FakeFlow.of("a", Transport.UDP, "198.51.100.200", 1234)))
                .contains(trunk);
        assertThat(find(trunk, FakeFlow.of("b", Transport.UDP, "203.0.113.1", 5080)))
                .contains(trunk);
        assertThat(find(trunk, FakeFlow.of("c", Transport.UDP, "203.0.113.1", 5060))).isEmpty();
        assertThat(find(trunk, FakeFlow.of("d", Transport.UDP, "192.0.2.1", 5060))).isEmpty();
    }
}
