package io.jackfield.call.b2bua;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.call.routing.Trunk;
import io.jackfield.call.testing.FakeFlow;
import io.jackfield.media.LegParameters;
import io.jackfield.protocol.sip.SipMethod;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("Early media")
class EarlyMediaTest {
    private static final Trunk FIRST = CallBench.trunk("first");
    private static final Trunk SECOND = CallBench.trunk("second");
    private static final int PCMU = 0;
    private static final int PCMA = 8;

    private final CallBench bench = new CallBench();
    private final Peer anna = bench.peer(FakeFlow.browser("ws-anna"));
    private final Peer first = bench.carrier(FIRST, "192.0.2.1");
    private final Peer second = bench.carrier(SECOND, "192.0.2.2");

    private void annaCalls(Trunk... trunks) {
        String all = Descriptions.browserOffer("sendrecv").replace("SAVPF 111 8", "SAVPF 111 8 0");
        bench.annaCalls(anna, CallBench.over(trunks), all);
    }

    private String lastApplied(String legId) {
        return bench.effects(CallEffect.ApplyMedia.class).stream()
                .filter(applied -> applied.legId().equals(legId))
                .map(CallEffect.ApplyMedia::parameters)
                .map(LegParameters::toString)
                .reduce((_, later) -> later)
                .orElseThrow();
    }

    private static String from(String sdp, String address) {
        return sdp.replace("192.0.2.1", address);
    }

    @Nested
    @DisplayName("of several forks behind one trunk (RFC 3261 §12.1)")
    class Forks {
        @Test
        @DisplayName("is heard one after the other; the one that answers has the call")
        void lastIsHeard() {
            annaCalls(FIRST);
            String one = from(Descriptions.plain("sendrecv", PCMA), "192.0.2.11");
            String two = from(Descriptions.plain("sendrecv", PCMA), "192.0.2.12");
            first.forkAnswers("one", 183, one);
            assertThat(lastApplied("c-2")).contains("192.0.2.11");
            first.forkAnswers("two", 183, two);
            assertThat(lastApplied("c-2")).contains("192.0.2.12");
            assertThat(anna.statuses(SipMethod.INVITE)).containsExactly(183);
            first.forkAnswers("one", 200, one);
            assertThat(lastApplied("c-2")).contains("192.0.2.11");
            assertThat(first.requests(SipMethod.ACK)).hasSize(1);
            anna.acknowledges("");
            anna.hangsUp();
            first.respond(first.last(SipMethod.BYE), 200, "");
            assertThat(bench.record().cause()).isEqualTo("normal");
        }

        @Test
        @DisplayName(
                "a second 200, of another fork, gets ACK and BYE; the call goes on (§13.2.2.4)")
        void twoAnswers() {
            annaCalls(FIRST);
            first.forkAnswers("one", 200, Descriptions.plain("sendrecv", PCMA));
            first.forkAnswers("two", 200, Descriptions.plain("sendrecv", PCMA));
            assertThat(first.requests(SipMethod.ACK))
                    .extracting(ack -> ack.headers().to().tag().orElse(""))
                    .containsExactly("one", "two");
            assertThat(first.requests(SipMethod.BYE))
                    .singleElement()
                    .satisfies(bye -> assertThat(bye.headers().to().tag()).contains("two"));
            assertThat(bench.call().ended()).isFalse();
        }

        @Test
        @DisplayName(
                "with another codec than the answer: the 200 repeats the 183 (§13.2.1), and the"
                        + " codec changes by re-INVITE")
        void otherCodec() {
            annaCalls(FIRST);
            first.forkAnswers("one", 183, Descriptions.plain("sendrecv", PCMA));
            first.forkAnswers("two", 183, Descriptions.plain("sendrecv", PCMU));
            first.forkAnswers("two", 200, Descriptions.plain("sendrecv", PCMU));
            assertThat(Peer.body(anna.response(200))).isEqualTo(Peer.body(anna.response(183)));
            anna.acknowledges("");
            String offer = Peer.body(anna.last(SipMethod.INVITE));
            assertThat(offer).contains("PCMU/8000").doesNotContain("PCMA/8000");
            anna.respond(
                    anna.last(SipMethod.INVITE),
                    200,
                    Descriptions.browserAnswer(offer, "sendrecv", "ufragA"));
            assertThat(lastApplied("c-1")).contains("PCMU");
            assertThat(bench.call().ended()).isFalse();
        }

        @Test
        @DisplayName("with another codec, which the caller then refuses: they are transcoded")
        void otherCodecRefused() {
            annaCalls(FIRST);
            first.forkAnswers("one", 183, Descriptions.plain("sendrecv", PCMA));
            first.forkAnswers("two", 200, Descriptions.plain("sendrecv", PCMU));
            anna.acknowledges("");
            anna.respond(anna.last(SipMethod.INVITE), 488, "");
            assertThat(anna.requests(SipMethod.BYE)).isEmpty();
            assertThat(bench.call().ended()).isFalse();
            assertThat(lastApplied("c-1")).contains("PCMA");
            assertThat(lastApplied("c-2")).contains("PCMU");
        }
    }

    @Test
    @DisplayName("of a trunk that then fails: the next one is offered first what the caller has")
    void failover() {
        annaCalls(FIRST, SECOND);
        assertThat(first.offer()).contains("PCMA").contains("PCMU");
        first.answers(183, Descriptions.plain("sendrecv", PCMU));
        first.answers(503);
        assertThat(second.offer()).contains("RTP/AVP 0 8 ");
        second.answers(183, Descriptions.plain("sendrecv", PCMU));
        second.answers(200, Descriptions.plain("sendrecv", PCMU));
        assertThat(anna.statuses(SipMethod.INVITE)).containsExactly(183, 200);
        anna.acknowledges("");
        assertThat(anna.requests(SipMethod.INVITE)).isEmpty();
    }
}
