package io.jackfield.call.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jackfield.call.edge.Transport;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Routing")
class RouterTest {
    private static final Agent ANNA = agent("agent0002");
    private static final Agent BORIS = agent("agent0003");
    private static final Trunk FIRST = trunk("first");
    private static final Trunk SECOND = trunk("second");

    private static final Site SITE =
            new Site(
                    List.of(ANNA, BORIS),
                    List.of(FIRST, SECOND),
                    List.of(
                            new Route(
                                    new DialPattern("_9X."),
                                    new Target.ToTrunks(
                                            List.of("first", "second"),
                                            1,
                                            "00",
                                            Optional.of("74950000000"))),
                            new Route(new DialPattern("_1XXX"), new Target.ToAgent("agent0XXX"))),
                    List.of(
                            new InboundNumber(
                                    new DialPattern("_8XXX"), new Target.ToAgent("agent0XXX")),
                            new InboundNumber(new DialPattern("8700"), new Target.ToQueue("700"))),
                    List.of(new Queue("700", List.of("agent0002", "agent0003"))));

    @Test
    @DisplayName("600 is the echo, 601 the one that measures, whatever the site says")
    void echo() {
        assertThat(Router.fromAgent(SITE, "600")).isEqualTo(new Destination.Echo());
        assertThat(Router.fromAgent(SITE, "601")).isEqualTo(new Destination.QualityEcho());
        assertThat(Router.fromAgent(Site.EMPTY, "600")).isEqualTo(new Destination.Echo());
    }

    @Test
    @DisplayName("an agent is reached by name and through a pattern")
    void agents() {
        Destination anna = new Destination.Agents(List.of(ANNA));
        assertThat(Router.fromAgent(SITE, "agent0002")).isEqualTo(anna);
        assertThat(Router.fromAgent(SITE, "1002")).isEqualTo(anna);
        assertThat(Router.fromAgent(SITE, "1999")).isEqualTo(new Destination.Unknown());
    }

    @Test
    @DisplayName("a route strips, prepends, names its caller id and keeps the order of trunks")
    void trunks() {
        assertThat(Router.fromAgent(SITE, "95551234"))
                .isEqualTo(
                        new Destination.Trunks(
                                List.of(
                                        new Destination.TrunkAttempt(
                                                FIRST, "005551234", Optional.of("74950000000")),
                                        new Destination.TrunkAttempt(
                                                SECOND, "005551234", Optional.of("74950000000")))));
    }

    @Test
    @DisplayName("a trunk reaches numbers, and neither extensions nor other trunks (threat T36)")
    void inbound() {
        assertThat(Router.fromTrunk(SITE, "8002")).isEqualTo(new Destination.Agents(List.of(ANNA)));
        assertThat(Router.fromTrunk(SITE, "8700")).isEqualTo(new Destination.Waiting("700"));
        for (String other : List.of("600", "601", "agent0002", "1002", "95551234", "700", "")) {
            assertThat(Router.fromTrunk(SITE, other)).isEqualTo(new Destination.Unknown());
        }
    }

    @Test
    @DisplayName("a site that contradicts itself is refused as a whole, with what to mend")
    void contradictions() {
        assertThatThrownBy(() ->
                        new Site(List.of(ANNA, ANNA), List.of(), List.of(), List.of(), List.of()))
                .hasMessageContaining("agent0002")
                .hasMessageContaining("twice");
        assertThatThrownBy(
                        () -> new Site(List.of(), List.of(), SITE.routes(), List.of(), List.of()))
                .hasMessageContaining("first");
    }

    @Test
    @DisplayName("sources match by address, network and port, and never by more")
    void sources() {
        assertThat(matches("192.0.2.7", "192.0.2.7", 5060)).isTrue();
        assertThat(matches("192.0.2.7", "192.0.2.8", 5060)).isFalse();
        assertThat(matches("192.0.2.0/24", "192.0.2.200", 1)).isTrue();
        assertThat(matches("192.0.2.0/25", "192.0.2.200", 1)).isFalse();
        assertThat(matches("127.0.0.1:5090", "127.0.0.1", 5090)).isTrue();
        assertThat(matches("127.0.0.1:5090", "127.0.0.1", 5091)).isFalse();
        assertThat(matches("[2001:db8::1]:5060", "2001:db8::1", 5060)).isTrue();
        assertThat(matches("2001:db8::/32", "192.0.2.1", 5060)).isFalse();
        assertThatThrownBy(() -> SourceMatch.parse("carrier.example"))
                .hasMessageContaining("address");
    }

    private static boolean matches(String match, String address, int port) {
        return SourceMatch.parse(match).matches(new InetSocketAddress(address, port));
    }

    private static Agent agent(String name) {
        return new Agent(name, Optional.empty(), Credential.of(name, "test", "secret"));
    }

    private static Trunk trunk(String name) {
        return new Trunk(
                name,
                Transport.UDP,
                "192.0.2.1",
                5060,
                List.of("PCMA"),
                Optional.empty(),
                false,
                Duration.ofMinutes(5),
                Optional.empty(),
                Duration.ZERO,
                List.of(),
                false,
                CodecPolicy.PASSTHROUGH);
    }
}
