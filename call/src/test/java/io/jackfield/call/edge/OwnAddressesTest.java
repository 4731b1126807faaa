package io.jackfield.call.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.call.testing.FakeFlow;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("How we are called from outside")
class OwnAddressesTest {
    private static final String INSIDE = "10.0.0.5";
    private static final Map<Transport, Integer> PORTS =
            Map.of(
                    Transport.UDP,
                    5060,
                    Transport.TCP,
                    5060,
                    Transport.TLS,
                    5061,
                    Transport.WSS,
                    443);

    private static OwnAddresses mapped(String local, String advertised) {
        return new OwnAddresses(
                "pbx.example",
                List.of(
                        new OwnAddresses.Mapping(
                                InetAddress.ofLiteral(local), InetAddress.ofLiteral(advertised))),
                PORTS);
    }

    private static List<FakeFlow> flows() {
        return List.of(
                FakeFlow.browser("ws-1"),
                FakeFlow.of("udp-1", Transport.UDP, "192.0.2.1", 5060),
                FakeFlow.of("tcp-1", Transport.TCP, "192.0.2.1", 33000),
                FakeFlow.tls("tls-1", "192.0.2.1", "carrier.example"));
    }

    private static String allThatLeaves(OwnAddresses own, Flow flow) {
        return own.host(flow)
                + own.via(flow)
                + own.contact(flow, Optional.empty()).text()
                + own.contact(flow, Optional.of("anna")).text();
    }

    @Test
    @DisplayName("an address that is mapped nowhere leaves in no Via, Contact or From")
    void unmapped() {
        OwnAddresses none = new OwnAddresses("pbx.example", List.of(), PORTS);
        OwnAddresses another = mapped("10.0.0.6", "203.0.113.6");
        for (FakeFlow flow : flows()) {
            for (OwnAddresses own : List.of(none, another)) {
                assertThat(allThatLeaves(own, flow))
                        .as(flow.id())
                        .contains("pbx.example")
                        .doesNotContain(INSIDE)
                        .doesNotContain("10.0.0.6")
                        .doesNotContain("203.0.113.6");
            }
        }
    }

    @Test
    @DisplayName("a mapped one leaves under its outside name, and only that")
    void advertised() {
        OwnAddresses own = mapped(INSIDE, "203.0.113.5");
        FakeFlow trunk = FakeFlow.of("udp-1", Transport.UDP, "192.0.2.1", 5060);
        assertThat(own.host(trunk)).isEqualTo("203.0.113.5");
        assertThat(own.via(trunk).host()).isEqualTo("203.0.113.5");
        assertThat(own.via(trunk).port()).hasValue(5060);
        assertThat(own.contact(trunk, Optional.of("anna")).text())
                .contains("sip:anna@203.0.113.5:5060");
        for (FakeFlow flow : flows()) {
            assertThat(allThatLeaves(own, flow)).as(flow.id()).doesNotContain(INSIDE);
        }
    }

    @Test
    @DisplayName("a browser sees the domain alone: its flow is the way")
    void browser() {
        OwnAddresses own = mapped(INSIDE, "203.0.113.5");
        FakeFlow phone = FakeFlow.browser("ws-1");
        assertThat(own.host(phone)).isEqualTo("pbx.example");
        assertThat(own.via(phone).transport()).isEqualTo("WSS");
        assertThat(own.via(phone).port()).isEmpty();
        assertThat(own.contact(phone, Optional.empty()).text())
                .contains("sip:pbx.example;transport=ws");
    }

    @Test
    @DisplayName("an IPv6 address stands in brackets (RFC 3261 §25.1)")
    void sixth() {
        OwnAddresses own = mapped(INSIDE, "2001:db8::5");
        FakeFlow trunk = FakeFlow.of("tcp-1", Transport.TCP, "192.0.2.1", 5060);
        assertThat(own.host(trunk)).startsWith("[2001:db8:").endsWith("]");
        assertThat(own.contact(trunk, Optional.empty()).text())
                .contains("[2001:db8:")
                .contains("]:5060;transport=tcp");
    }

    @Test
    @DisplayName("over UDP we ask for rport (RFC 3581 §3)")
    void rport() {
        OwnAddresses own = mapped(INSIDE, "203.0.113.5");
        assertThat(own.via(flows().get(1)).parameters().toString()).contains("rport");
        assertThat(own.via(flows().get(2)).parameters().toString()).doesNotContain("rport");
    }
}
