package io.jackfield.observe.ladder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Redaction")
class RedactionTest {
    /** Each line hides a canary in another place. */
    static Stream<String> secrets() {
        return Stream.of(
                "Authorization: Digest username=\"1001\", response=\"CANARY\", nc=00000001",
                "Authorization: Digest username=\"1001\", response=CANARY",
                "authorization: digest RESPONSE = \"CANARY\", cnonce=\"CANARY\"",
                "Proxy-Authorization: Digest cnonce=\"CANARY\", response=\"CANARY\"",
                "Authorization: Bearer CANARY",
                "Authorization: bearer CANARY.CANARY",
                "Authorization: Basic CANARY",
                "Proxy-Authorization: CANARY",
                "Authentication-Info: rspauth=\"CANARY\", nextnonce=\"CANARY\"",
                "X-Call-Token: CANARY",
                "x-call-token:CANARY",
                "X-CRM-Password: CANARY",
                "X-Api-Key: CANARY",
                "Cookie: session=CANARY",
                "Contact: <sip:1001:CANARY@192.0.2.1;transport=ws>",
                "From: \"A\" <SIPS:a:CANARY@example.com>;tag=1",
                "Refer-To: <sip:1002@example.com?X-Call-Token=CANARY>",
                "Refer-To: <sip:1002@example.com;token=CANARY>",
                "INVITE sip:1002:CANARY@example.com SIP/2.0",
                "a=ice-pwd:CANARY",
                "A=ICE-PWD:CANARY",
                "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:CANARY|2^20|1:4",
                "a=crypto:1 CANARY",
                "a=key-mgmt:mikey CANARY",
                "k=clear:CANARY",
                "{\"token\": \"CANARY\", \"to\": \"1002\"}",
                "{\"password\":\"CANARY\"}");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("secrets")
    @DisplayName("hides what proves or is a secret, wherever it stands")
    void hides(String line) {
        String message = "INVITE sip:1002@example.com SIP/2.0\r\n" + line + "\r\n\r\n" + line;
        assertThat(Redaction.text(message, false)).doesNotContain("CANARY").contains("[hidden]");
    }

    @Test
    @DisplayName("leaves what an engineer looks for")
    void leaves() {
        List<String> lines =
                List.of(
                        "Authorization: Digest username=\"1001\", realm=\"pbx\", nonce=\"n1\","
                                + " uri=\"sip:pbx\", algorithm=SHA-256, qop=auth, nc=00000001",
                        "WWW-Authenticate: Digest realm=\"pbx\", nonce=\"n1\", stale=true",
                        "Via: SIP/2.0/WSS a.invalid;branch=z9hG4bK1",
                        "Contact: <sip:1001@192.0.2.1:5060;transport=ws;ob>",
                        "Replaces: 1@a;to-tag=2;from-tag=3",
                        "a=ice-ufrag:abcd",
                        "a=fingerprint:sha-256 AA:BB",
                        "a=candidate:1 1 udp 2113937151 192.168.1.7 51112 typ host",
                        "a=rtpmap:111 opus/48000/2",
                        "a=fmtp:111 minptime=10;useinbandfec=1");
        String message = String.join("\r\n", lines) + "\r\n";
        assertThat(Redaction.text(message, false)).isEqualTo(message);
    }

    @Test
    @DisplayName("hides keys that were pressed, and not how long")
    void hidesKeys() {
        assertThat(Redaction.text("INFO sip:a@b SIP/2.0\r\n\r\nSignal=7\r\nDuration=160\r\n", true))
                .isEqualTo("INFO sip:a@b SIP/2.0\r\n\r\nSignal=[hidden]\r\nDuration=160\r\n");
        assertThat(Redaction.text("INFO sip:a@b SIP/2.0\r\n\r\n7", true)).endsWith("\r\n[hidden]");
    }
}
