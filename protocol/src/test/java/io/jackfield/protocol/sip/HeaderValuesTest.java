package io.jackfield.protocol.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Values of single headers")
class HeaderValuesTest {
    private static final long SECONDS_MAX = 4_294_967_295L;

    @Test
    @DisplayName("Expires: seconds, the largest for what is larger (RFC 3261 §20.19)")
    void expires() {
        assertThat(Expires.parse(" 3600 ")).contains(new Expires(3600));
        assertThat(Expires.parse("0")).contains(new Expires(0));
        assertThat(Expires.parse("9".repeat(100))).contains(new Expires(SECONDS_MAX));
        assertThat(Expires.parse("")).isEmpty();
        assertThat(Expires.parse("-1")).isEmpty();
        assertThat(Expires.parse("60;x")).isEmpty();
        assertThat(new Expires(60).text()).isEqualTo("60");
        assertThatThrownBy(() -> new Expires(-1)).isInstanceOf(IllegalArgumentException.class);
        SipHeaders headers =
                Parsing.request(Parsing.options("Expires: 5", "Min-Expires: 7")).headers();
        assertThat(Expires.of(headers)).contains(new Expires(5));
        assertThat(Expires.minimumOf(headers)).contains(new Expires(7));
    }

    @Test
    @DisplayName("Session-Expires and Min-SE (RFC 4028 §4, §5)")
    void sessionExpires() {
        SessionExpires both = new SessionExpires(1800, Optional.of(SessionExpires.Refresher.UAS));
        assertThat(SessionExpires.parse("1800 ; refresher = UAS;x=y")).contains(both);
        assertThat(both.text()).isEqualTo("1800;refresher=uas");
        assertThat(SessionExpires.parse("90")).contains(new SessionExpires(90, Optional.empty()));
        assertThat(SessionExpires.parse("90;refresher=me")).isEmpty();
        assertThat(SessionExpires.parse("90;refresher")).isEmpty();
        assertThat(MinSe.parse("120;lr")).contains(new MinSe(120));
        assertThat(new MinSe(120).text()).isEqualTo("120");
        SipHeaders headers = Parsing.request(Parsing.options("x: 95", "Min-SE: 91")).headers();
        assertThat(SessionExpires.of(headers)).contains(new SessionExpires(95, Optional.empty()));
        assertThat(MinSe.of(headers)).contains(new MinSe(91));
    }

    @Test
    @DisplayName("RSeq and RAck (RFC 3262 §7)")
    void reliableProvisional() {
        RAck rack = new RAck(new RSeq(776_656), new CSeq(1, SipMethod.INVITE));
        assertThat(RAck.parse("776656 1 INVITE")).contains(rack);
        assertThat(rack.text()).isEqualTo("776656 1 INVITE");
        assertThat(RSeq.parse("4294967295")).contains(new RSeq(SECONDS_MAX));
        assertThat(RSeq.parse("0")).isEmpty();
        assertThat(RSeq.parse("4294967296")).isEmpty();
        for (String broken :
                new String[] {"1 1", "1 INVITE", "1 1 INVITE x", "1", "x", "1 9999999999 INVITE"}) {
            assertThat(RAck.parse(broken)).as(broken).isEmpty();
        }
        SipHeaders headers =
                Parsing.request(Parsing.options("RSeq: 5", "RAck: 5 2 INVITE")).headers();
        assertThat(RSeq.of(headers)).contains(new RSeq(5));
        assertThat(RAck.of(headers)).contains(new RAck(new RSeq(5), new CSeq(2, SipMethod.INVITE)));
    }

    @Test
    @DisplayName("Reason (RFC 3326 §2)")
    void reason() {
        Reason elsewhere = Reason.sip(200, "Call completed elsewhere");
        assertThat(elsewhere.text()).isEqualTo("SIP;cause=200;text=\"Call completed elsewhere\"");
        assertThat(Reason.parse(elsewhere.text())).contains(elsewhere);
        assertThat(Reason.parseAll("Q.850 ;cause=16 ;text=\"Terminated\" , SIP ;cause=600"))
                .containsExactly(
                        new Reason("Q.850", OptionalInt.of(16), Optional.of("Terminated")),
                        new Reason("SIP", OptionalInt.of(600), Optional.empty()));
        assertThat(Reason.parse("SIP;cause=x"))
                .contains(new Reason("SIP", OptionalInt.empty(), Optional.empty()));
        assertThat(Reason.parse(";cause=1")).isEmpty();
        assertThatThrownBy(() -> Reason.sip(200, "a\r\nb"))
                .isInstanceOf(IllegalArgumentException.class);
        SipHeaders headers =
                Parsing.request(Parsing.options("Reason: SIP;cause=200", "Reason: Q.850;cause=16"))
                        .headers();
        assertThat(Reason.of(headers)).extracting(Reason::protocol).containsExactly("SIP", "Q.850");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "18000",
                "18000;duration=3600",
                "18000 (I'm (really) in a \\) meeting)",
                "18000 (x) ;duration=60"
            })
    @DisplayName("Retry-After with comment and duration (RFC 3261 §20.33)")
    void retryAfter(String text) {
        assertThat(RetryAfter.parse(text)).contains(new RetryAfter(18_000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "1 (", "1 (()", "1 (\\)", "1 x"})
    @DisplayName("Retry-After that breaks the grammar is none")
    void noRetryAfter(String text) {
        assertThat(RetryAfter.parse(text)).isEmpty();
    }

    @Test
    @DisplayName("lists of tokens: Allow, Supported, Require (RFC 3261 §20)")
    void tokenLists() {
        assertThat(TokenList.parse("100rel ,\ttimer,replaces"))
                .contains(TokenList.of("100rel", "timer", "replaces"));
        assertThat(TokenList.parse("")).as("an empty Supported is one").contains(TokenList.of());
        assertThat(TokenList.parse("a,,b")).isEmpty();
        assertThat(TokenList.parse("a b")).isEmpty();
        assertThat(TokenList.of("a", "b").text()).isEqualTo("a, b");
        assertThatThrownBy(() -> TokenList.of("a\r\nb"))
                .isInstanceOf(IllegalArgumentException.class);
        SipHeaders headers =
                Parsing.request(Parsing.options("k: timer", "Supported: 100rel, path")).headers();
        assertThat(TokenList.of(headers, "supported").tokens())
                .containsExactly("timer", "100rel", "path");
        assertThat(headers.lists("Supported", "PATH")).isTrue();
        assertThat(headers.lists("Supported", "pat")).isFalse();
    }
}
