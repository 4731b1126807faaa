package io.jackfield.protocol.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Responses (RFC 3261 §8.2.6, §18.2)")
class SipResponsesTest {
    private final SipRequest invite =
            Parsing.request(
                    Parsing.withStartLine(
                            "INVITE sip:600@pbx.example.com SIP/2.0",
                            "Via: SIP/2.0/UDP second.example;branch=z9hG4bKtwo",
                            "Record-Route: <sip:p1.example;lr>",
                            "Record-Route: <sip:p2.example;lr>",
                            "Route: <sip:pbx.example.com;lr>",
                            "Timestamp: 54.21",
                            "Subject: lunch"));

    @Test
    @DisplayName("copy Via, From, To, Call-ID and CSeq, and add the To tag")
    void copies() {
        SipResponse ringing = SipResponses.to(invite, 180, "t1");
        assertThat(ringing.reason()).isEqualTo("Ringing");
        assertThat(ringing.headers().vias()).isEqualTo(invite.headers().vias());
        assertThat(ringing.headers().from()).isEqualTo(invite.headers().from());
        assertThat(ringing.headers().to().tag()).contains("t1");
        assertThat(ringing.headers().callId()).isEqualTo(invite.headers().callId());
        assertThat(ringing.headers().cseq()).isEqualTo(invite.headers().cseq());
        assertThat(ringing.headers().recordRoutes()).isEqualTo(invite.headers().recordRoutes());
        assertThat(ringing.headers().routes()).isEmpty();
        assertThat(ringing.headers().others()).isEmpty();
        assertThat(Parsing.response(ringing.encode())).isEqualTo(ringing);
    }

    @Test
    @DisplayName("100 copies Timestamp and adds no tag (§8.2.6.1)")
    void trying() {
        SipResponse trying = SipResponses.trying(invite);
        assertThat(trying.headers().first("Timestamp")).contains("54.21");
        assertThat(trying.headers().to().tag()).isEmpty();
        assertThat(trying.headers().recordRoutes()).isEmpty();
    }

    @Test
    @DisplayName("a To tag that is there stays; a refusal has no Record-Route")
    void inDialog() {
        SipHeaders within = invite.headers().withTo(invite.headers().to().withTag("mine"));
        SipResponse refusal = SipResponses.to(invite.withHeaders(within), 481, "other");
        assertThat(refusal.headers().to().tag()).contains("mine");
        assertThat(refusal.headers().recordRoutes()).isEmpty();
        assertThat(refusal.reason()).isEqualTo("Call/Transaction Does Not Exist");
    }

    @ParameterizedTest
    @CsvSource({
        "199,Early Dialog Terminated",
        "299,OK",
        "499,Bad Request",
        "699,Busy Everywhere",
        "198,Session Progress"
    })
    @DisplayName("an unknown status gets its class's phrase (§8.1.3.2)")
    void phrases(int status, String phrase) {
        assertThat(StatusCodes.reason(status)).isEqualTo(phrase);
    }

    @Nested
    @DisplayName("find their way by the topmost Via (RFC 3581)")
    class ReceivedViaTest {
        private final InetSocketAddress source = new InetSocketAddress("198.51.100.7", 40_000);

        private Via stamped(String parameters, InetSocketAddress from) {
            String text = Parsing.options().replace(";branch", parameters + ";branch");
            return ReceivedVia.stamp(Parsing.request(text), from).headers().via();
        }

        @Test
        @DisplayName("rport asked for is filled in, and received added in any case (§4)")
        void rport() {
            Via via = stamped(";rport", source);
            assertThat(via.parameters().value("rport")).contains("40000");
            assertThat(via.parameters().value("received")).contains("198.51.100.7");
            assertThat(ReceivedVia.replyTo(via, source)).isEqualTo(source);
            Via same = stamped(";rport", new InetSocketAddress("192.0.2.1", 5062));
            assertThat(same.parameters().value("received")).contains("192.0.2.1");
        }

        @Test
        @DisplayName(
                "without rport the answer goes to the source's address and sent-by's port (§18.2.2)")
        void withoutRport() {
            Via via = stamped("", source);
            assertThat(via.parameters().has("rport")).isFalse();
            assertThat(via.parameters().value("received")).contains("198.51.100.7");
            assertThat(ReceivedVia.replyTo(via, source))
                    .isEqualTo(new InetSocketAddress("198.51.100.7", 5062));
            Via same = stamped("", new InetSocketAddress("192.0.2.1", 9));
            assertThat(same.parameters().has("received")).as("not needed").isFalse();
        }

        @Test
        @DisplayName("what the sender claims about itself goes")
        void forged() {
            Via via = stamped(";received=203.0.113.9;rport=1;maddr=203.0.113.9", source);
            assertThat(via.parameters().value("received")).contains("198.51.100.7");
            assertThat(via.parameters().value("rport")).contains("40000");
            assertThat(ReceivedVia.replyTo(via, source)).isEqualTo(source);
            assertThat(
                            stamped(";received=203.0.113.9", new InetSocketAddress("192.0.2.1", 9))
                                    .parameters()
                                    .has("received"))
                    .isFalse();
        }

        @ParameterizedTest
        @CsvSource({
            "2001:db8:0:0:1:0:0:1,2001:db8::1:0:0:1",
            "2001:db8::9:255,2001:db8::9:255",
            "::1,::1",
            "fe80:0:0:0:0:0:0:0,fe80::",
            "2001:db8:1:1:1:1:0:1,2001:db8:1:1:1:1:0:1"
        })
        @DisplayName(
                "an IPv6 source is written short and without brackets (RFC 5118 §4.5, RFC 5952)")
        void ipv6(String address, String written) {
            Via via = stamped(";rport", new InetSocketAddress(address, 5060));
            assertThat(via.parameters().value("received")).contains(written);
        }
    }

    @Nested
    @DisplayName("to what is not understood (§8.2.1 to §8.2.3)")
    class Rules {
        private final UasRules rules =
                new UasRules(
                        List.of(SipMethod.INVITE, SipMethod.ACK, SipMethod.CANCEL, SipMethod.BYE),
                        Set.of("100rel"),
                        List.of("application/sdp"));

        private SipResponse refusal(String method, String body, String... lines) {
            String text =
                    Parsing.withStartLine(method + " sip:600@pbx.example.com SIP/2.0", lines)
                            + body;
            return rules.refusal(Parsing.request(text), "t").orElseThrow();
        }

        private boolean taken(String method, String body, String... lines) {
            String text =
                    Parsing.withStartLine(method + " sip:600@pbx.example.com SIP/2.0", lines)
                            + body;
            return rules.refusal(Parsing.request(text), "t").isEmpty();
        }

        @Test
        @DisplayName("405 names what is allowed; ACK is never refused")
        void method() {
            assertThat(refusal("REFER", "").status()).isEqualTo(405);
            assertThat(refusal("REFER", "").headers().first("Allow"))
                    .contains("INVITE, ACK, CANCEL, BYE");
            assertThat(taken("ACK", "", "Require: nothing")).isTrue();
        }

        @Test
        @DisplayName("420 names what is not supported; a CANCEL's Require is ignored")
        void require() {
            SipResponse refusal = refusal("INVITE", "", "Require: 100REL, foo", "Require: bar");
            assertThat(refusal.status()).isEqualTo(420);
            assertThat(refusal.headers().first("Unsupported")).contains("foo, bar");
            assertThat(taken("CANCEL", "", "Require: foo")).isTrue();
            assertThat(taken("INVITE", "", "Require: 100rel")).isTrue();
        }

        @Test
        @DisplayName("415 names what is taken; an optional body is not refused")
        void content() {
            assertThat(refusal("INVITE", "x", "Content-Type: text/plain").headers().first("Accept"))
                    .contains("application/sdp");
            assertThat(refusal("INVITE", "x").status()).as("a body of no type").isEqualTo(415);
            assertThat(
                            refusal("INVITE", "x", "c: application/sdp", "e: gzip")
                                    .headers()
                                    .first("Accept-Encoding"))
                    .contains("identity");
            assertThat(taken("INVITE", "x", "c: Application/SDP ;charset=x")).isTrue();
            assertThat(
                            taken(
                                    "INVITE",
                                    "x",
                                    "c: text/plain",
                                    "Content-Disposition: render;handling=optional"))
                    .isTrue();
            assertThat(taken("BYE", "", "c: text/plain")).isTrue();
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "text/plain | false",
                    "text/plain, application/sdp | true",
                    "*/* | true",
                    "application/*;q=0.1 | true",
                    "text/* | false",
                    "'' | false",
                    "broken | true"
                })
        @DisplayName("406 when an INVITE takes no session description")
        void accept(String accept, boolean taken) {
            assertThat(taken("INVITE", "", "Accept: " + accept)).isEqualTo(taken);
            assertThat(taken("BYE", "", "Accept: " + accept)).isTrue();
        }
    }
}
