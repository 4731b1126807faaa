package io.jackfield.protocol.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A connection address (RFC 8866 §5.7)")
class ConnectionTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0x7f.0.0.1",
                "127.1",
                "2130706433",
                "0177.0.0.1",
                "127.0.0.01",
                "127.0.0.256",
                "127.0.0.1.",
                "localhost",
                "224.2.1.1/127",
                "١٢٧.0.0.1",
                ""
            })
    @DisplayName("is a literal only in the usual form, and is never looked up")
    void refusesOddSpellings(String text) {
        assertThat(Connection.literal(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"IN IP4 ::1", "IN IP6 127.0.0.1", "IN IP6 ::ffff:127.0.0.1"})
    @DisplayName("must be of the family it claims; a mapped IPv4 address is no IPv6 address")
    void checksFamily(String text) {
        assertThat(Connection.parse(text).orElseThrow().literal()).isEmpty();
    }

    @Test
    @DisplayName("keeps a name as text")
    void keepsNames() {
        Connection connection = Connection.parse("IN IP4 host.example.com").orElseThrow();

        assertThat(connection.literal()).isEmpty();
        assertThat(connection).hasToString("IN IP4 host.example.com");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "IN IP4", "IN IP5 1.2.3.4", "ATM NSAP 47", "IN IP4 1.2.3.4 x"})
    @DisplayName("is not read from anything else")
    void refusesNonsense(String text) {
        assertThat(Connection.parse(text)).isEmpty();
    }

    @Test
    @DisplayName("of ours never shows the interface an address belongs to")
    void hidesScope() throws UnknownHostException {
        byte[] linkLocal = InetAddress.ofLiteral("fe80::1").getAddress();

        assertThat(Connection.of(Inet6Address.getByAddress("", linkLocal, 7)))
                .hasToString("IN IP6 fe80::1");
    }

    @ParameterizedTest
    @CsvSource({
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:0DB8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "0:0:0:0:0:0:0:1, ::1",
        "2001:db8:0:0:0:0:0:0, 2001:db8::",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8"
    })
    @DisplayName("of ours is in the canonical form (RFC 5952 §4)")
    void writesCanonicalIpv6(String address, String text) {
        assertThat(Connection.of(InetAddress.ofLiteral(address))).hasToString("IN IP6 " + text);
    }
}
