package io.jackfield.protocol.sip.dialog;

import static io.jackfield.protocol.sip.dialog.UsageBench.ABLE;
import static io.jackfield.protocol.sip.dialog.UsageBench.ANSWER;
import static io.jackfield.protocol.sip.dialog.UsageBench.OFFER;
import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.protocol.sip.RAck;
import io.jackfield.protocol.sip.RSeq;
import io.jackfield.protocol.sip.SipMethod;
import io.jackfield.protocol.sip.SipResponse;
import io.jackfield.protocol.sip.dialog.EndCause.Kind;
import io.jackfield.protocol.sip.dialog.EndCause.Side;
import io.jackfield.protocol.sip.dialog.LegSettings.Reliable100;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("Reliable provisional responses (RFC 3262)")
class ReliableTest {
    private static final LegSettings SETTINGS =
            Messages.settings().withReliable100(Reliable100.SUPPORTED);

    @Nested
    @DisplayName("of ours (§3)")
    class Sending {
        private final UsageBench leg = UsageBench.called(SETTINGS, Messages.invite(OFFER, ABLE));

        private static String rack(SipResponse response) {
            long rseq = RSeq.of(response.headers()).orElseThrow().number();
            return "RAck: " + rseq + " 1 INVITE";
        }

        private void ring(int status, String sdp) {
            leg.on(new UsageEvent.Ring(status, Optional.of(sdp).filter(s -> !s.isEmpty())));
        }

        @Test
        @DisplayName("demand a PRACK and come again at T1, 2*T1, … until it is there")
        void repeats() {
            ring(180, "");
            SipResponse ringing = leg.response();
            assertThat(ringing.headers().first("Require")).contains("100rel");
            leg.advance(Duration.ofSeconds(8));
            assertThat(leg.bench().millisOf(UsageEffect.SendResponse.class))
                    .containsExactly(0L, 500L, 1_500L, 3_500L, 7_500L);

            leg.receive("PRACK", "", rack(ringing));
            assertThat(leg.response().status()).isEqualTo(200);
            leg.advance(Duration.ofSeconds(30));
            assertThat(leg.responses()).hasSize(6);
        }

        @Test
        @DisplayName("end the call with 504 when no PRACK comes in 64*T1")
        void neverAcknowledged() {
            ring(180, "");
            leg.advance(Duration.ofSeconds(33));
            assertThat(leg.response().status()).isEqualTo(504);
            assertThat(leg.end())
                    .extracting(EndCause::by, EndCause::kind)
                    .containsExactly(Side.NETWORK, Kind.NO_PRACK);
        }

        @Test
        @DisplayName("are refused a PRACK that is not theirs with 481, and a broken one with 400")
        void mismatch() {
            ring(180, "");
            SipResponse ringing = leg.response();
            leg.receive("PRACK", "", "RAck: 1 99 INVITE");
            leg.receive("PRACK", "");
            leg.receive("PRACK", "", "RAck: what");
            leg.receive("PRACK", "", rack(ringing));
            leg.receive("PRACK", "", rack(ringing));
            assertThat(leg.statuses()).containsExactly(180, 481, 400, 400, 200, 481);
        }

        @Test
        @DisplayName("go out one at a time, numbered without a gap")
        void oneAtATime() {
            ring(180, "");
            ring(182, "");
            assertThat(leg.statuses()).containsExactly(180);
            SipResponse first = leg.response();
            leg.receive("PRACK", "", rack(first));

            assertThat(leg.statuses()).containsExactly(180, 200, 182);
            assertThat(RSeq.of(leg.response().headers()).orElseThrow().number())
                    .isEqualTo(RSeq.of(first.headers()).orElseThrow().number() + 1);
        }

        @Test
        @DisplayName("with the answer hold the 2xx back until the PRACK; it has no SDP then")
        void answerInProvisional() {
            ring(183, ANSWER);
            leg.on(new UsageEvent.Accept("another answer"));
            assertThat(leg.statuses()).containsExactly(183);

            leg.receive("PRACK", "", rack(leg.response()));
            assertThat(leg.statuses()).containsExactly(183, 200, 200);
            assertThat(leg.response().method()).isEqualTo(SipMethod.INVITE);
            assertThat(Sdp.of(leg.response())).isEmpty();
        }

        @Test
        @DisplayName("without SDP do not hold the 2xx back; their late PRACK still gets 200")
        void acceptBeforePrack() {
            ring(180, "");
            SipResponse ringing = leg.response();
            leg.on(new UsageEvent.Accept(ANSWER));
            assertThat(leg.statuses()).containsExactly(180, 200);
            leg.receive("PRACK", "", rack(ringing));
            assertThat(leg.response().method()).isEqualTo(SipMethod.PRACK);
            assertThat(leg.response().status()).isEqualTo(200);
        }

        @Test
        @DisplayName("with our offer are answered in the PRACK (§5)")
        void offerInProvisional() {
            UsageBench open = UsageBench.called(SETTINGS, Messages.invite("", ABLE));
            open.on(new UsageEvent.Ring(183, Optional.of("our offer")));
            assertThat(Sdp.of(open.response())).contains("our offer");
            SipResponse progress = open.response();

            open.receive("PRACK", "", rack(progress));
            assertThat(open.response().status()).as("an answer is missing").isEqualTo(400);
            open.receive("PRACK", "their answer", rack(progress));
            assertThat(open.notices())
                    .contains(new UsageNotice.AnswerReceived("their answer", true));
        }

        @Test
        @DisplayName("may bring a new offer back in the PRACK (§5)")
        void offerInPrack() {
            ring(183, ANSWER);
            leg.receive("PRACK", "new offer", rack(leg.response()));
            assertThat(leg.notices().getLast())
                    .isEqualTo(new UsageNotice.OfferReceived("new offer"));
            assertThat(leg.statuses()).containsExactly(183);

            leg.on(new UsageEvent.AnswerOffer("new answer"));
            assertThat(leg.response().method()).isEqualTo(SipMethod.PRACK);
            assertThat(Sdp.of(leg.response())).contains("new answer");
        }

        @Test
        @DisplayName("are not used with a peer that does not know them")
        void unknown() {
            UsageBench plain = UsageBench.called(SETTINGS, Messages.invite(OFFER));
            plain.on(new UsageEvent.Ring(180, Optional.empty()));
            assertThat(plain.response().headers().first("RSeq")).isEmpty();
        }
    }

    @Nested
    @DisplayName("of the peer (§4)")
    class Receiving {
        private final UsageBench leg = UsageBench.calling(SETTINGS, Optional.of(OFFER));

        private void progress(int rseq, String sdp) {
            leg.hear(183, sdp, "Require: 100rel", "RSeq: " + rseq);
        }

        private List<String> racks() {
            return leg.requests().stream()
                    .flatMap(r -> r.headers().first(RAck.HEADER).stream())
                    .toList();
        }

        @Test
        @DisplayName("are acknowledged once and in order; what is ahead of its time is ignored")
        void order() {
            progress(10, "");
            progress(10, "");
            progress(12, "");
            progress(11, "");
            progress(12, "");

            assertThat(racks()).containsExactly("10 1 INVITE", "11 1 INVITE", "12 1 INVITE");
            assertThat(leg.notices()).hasSize(3);
            assertThat(leg.requests())
                    .extracting(r -> r.headers().cseq().number())
                    .containsExactly(1L, 2L, 3L, 4L);
        }

        @Test
        @DisplayName("bring the answer, which the 2xx need not repeat")
        void answer() {
            progress(1, ANSWER);
            leg.hear(200, "");
            assertThat(leg.notices())
                    .filteredOn(UsageNotice.AnswerReceived.class::isInstance)
                    .containsExactly(new UsageNotice.AnswerReceived(ANSWER, true));
            assertThat(leg.usage().phase()).isEqualTo(Phase.CONFIRMED);
        }

        @Test
        @DisplayName("bring an offer, and the PRACK waits for our answer (§5)")
        void offer() {
            UsageBench open = UsageBench.calling(SETTINGS, Optional.empty());
            open.hear(183, "their offer", "Require: 100rel", "RSeq: 1");
            open.hear(183, "their offer", "Require: 100rel", "RSeq: 1");
            assertThat(open.methods()).containsExactly("INVITE");
            assertThat(open.notices())
                    .filteredOn(UsageNotice.OfferReceived.class::isInstance)
                    .hasSize(1);

            open.on(new UsageEvent.AnswerOffer("our answer"));
            assertThat(Sdp.of(open.request(SipMethod.PRACK))).contains("our answer");
        }

        @Test
        @DisplayName("are ignored as such by a leg that never offered 100rel")
        void switchedOff() {
            UsageBench plain = UsageBench.calling();
            plain.hear(183, "", "Require: 100rel", "RSeq: 1");
            assertThat(plain.methods()).containsExactly("INVITE");
        }

        @Test
        @DisplayName("are demanded in the INVITE of a leg that must have them")
        void required() {
            UsageBench strict =
                    UsageBench.calling(
                            SETTINGS.withReliable100(Reliable100.REQUIRED), Optional.of(OFFER));
            assertThat(strict.request(SipMethod.INVITE).headers().first("Require"))
                    .contains("100rel");
        }
    }
}
