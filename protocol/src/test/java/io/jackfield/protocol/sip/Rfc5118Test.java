package io.jackfield.protocol.sip;

import static io.jackfield.protocol.sip.Parsing.refused;
import static io.jackfield.protocol.sip.Parsing.request;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

@DisplayName("SIP torture test messages for IPv6 (RFC 5118)")
class Rfc5118Test {
    private final Map<String, Consumer<byte[]>> checks = new HashMap<>();

    Rfc5118Test() {
        checks.put(
                "ipv6-good.dat",
                bytes -> {
                    SipUri uri = (SipUri) again(bytes).uri();
                    assertThat(uri.host()).isEqualTo("[2001:db8::10]");
                    assertThat(uri.port()).isEmpty();
                });
        checks.put("ipv6-bad.dat", bytes -> refused(bytes, 400));
        checks.put(
                "port-unambiguous.dat",
                bytes -> {
                    SipUri uri = (SipUri) again(bytes).uri();
                    assertThat(uri.host()).isEqualTo("[2001:db8::10]");
                    assertThat(uri.port()).hasValue(5070);
                });
        checks.put("via-received-param-with-delim.dat", Rfc5118Test::receivedWithDelimiters);
        checks.put(
                "ipv6-in-sdp.dat",
                bytes -> {
                    SipRequest invite = again(bytes);
                    assertThat(invite.hasBody("application/sdp")).isTrue();
                    assertThat(new String(invite.body(), StandardCharsets.UTF_8))
                            .contains("c=IN IP6 2001:db8::20\r\n")
                            .hasSize(241);
                });
        checks.put(
                "mult-ip-in-header.dat",
                bytes ->
                        assertThat(again(bytes).headers().vias())
                                .extracting(Via::host)
                                .containsExactly(
                                        "[2001:db8::9:1]", "192.0.2.1", "[2001:db8::9:255]"));
        checks.put(
                "ipv6-correct-abnf-2-colons.dat",
                bytes ->
                        assertThat(((SipUri) again(bytes).uri()).host())
                                .isEqualTo("[2001:db8::192.0.2.1]"));
    }

    @TestFactory
    @DisplayName("each handled as the RFC says")
    Stream<DynamicTest> messages() {
        return SipCorpora.manifest("rfc5118").stream()
                .map(row ->
                        DynamicTest.dynamicTest(
                                row.section() + " " + row.title() + ": " + row.file(),
                                () -> check(row.file())));
    }

    private void check(String file) {
        assertThat(checks).containsKey(file);
        checks.get(file).accept(SipCorpora.resource("rfc5118/" + file));
    }

    private static SipRequest again(byte[] bytes) {
        SipRequest request = request(bytes);
        assertThat(request(request.encode())).isEqualTo(request);
        return request;
    }

    private static void receivedWithDelimiters(byte[] bytes) {
        SipRequest bye = again(bytes);
        assertThat(bye.headers().via().parameters().value("received")).contains("2001:db8::9:255");
        assertThat(new String(bye.encode(), StandardCharsets.UTF_8))
                .as("sent without brackets")
                .contains(";received=2001:db8::9:255;");
    }

    @Test
    @DisplayName("4.3 a port behind an address without brackets is refused, not guessed")
    void ambiguousPort() {
        refused(Parsing.withStartLine("REGISTER sip:2001:db8::10:5070 SIP/2.0"), 400);
    }

    @Test
    @DisplayName("4.5 received without brackets is taken too")
    void receivedWithoutDelimiters() {
        String text = Parsing.options().replace(";branch", ";received=2001:db8::9:255;branch");
        assertThat(request(text).headers().via().parameters().value("received"))
                .contains("2001:db8::9:255");
    }
}
