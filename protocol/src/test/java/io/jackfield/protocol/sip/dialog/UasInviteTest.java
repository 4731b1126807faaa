package io.jackfield.protocol.sip.dialog;

import static io.jackfield.protocol.sip.dialog.UsageBench.ABLE;
import static io.jackfield.protocol.sip.dialog.UsageBench.ANSWER;
import static io.jackfield.protocol.sip.dialog.UsageBench.OFFER;
import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.protocol.sip.Header;
import io.jackfield.protocol.sip.SipMethod;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import io.jackfield.protocol.sip.dialog.EndCause.Kind;
import io.jackfield.protocol.sip.dialog.EndCause.Side;
import io.jackfield.protocol.sip.transaction.ServerTransactionId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("A call to us (RFC 3261 §13.3)")
class UasInviteTest {
    private final SipRequest invite = Messages.invite(OFFER, ABLE);
    private final UsageBench leg = UsageBench.called(Messages.settings(), invite);

    @Test
    @DisplayName("begins with the peer's offer, or with the wish for ours")
    void begins() {
        assertThat(leg.notices()).containsExactly(new UsageNotice.OfferReceived(OFFER));
        assertThat(UsageBench.called(Messages.settings(), Messages.invite("")).notices())
                .containsExactly(new UsageNotice.OfferWanted());
    }

    @Nested
    @DisplayName("that cannot be taken")
    class Screened {
        private SipResponse refusal(LegSettings settings, SipRequest request) {
            UsageBench refused = UsageBench.called(settings, request);
            assertThat(refused.end())
                    .extracting(EndCause::by, EndCause::kind)
                    .containsExactly(Side.LOCAL, Kind.STATUS);
            assertThat(refused.notices()).hasSize(1);
            assertThat(refused.usage().deadlineNanos()).isEmpty();
            return refused.response();
        }

        @Test
        @DisplayName("earns 420 with what we do not know (§8.2.2.3)")
        void unknownExtension() {
            SipResponse refusal =
                    refusal(
                            Messages.settings(),
                            Messages.invite(OFFER, "Require: teleport, 100rel"));
            assertThat(refusal.status()).isEqualTo(420);
            assertThat(refusal.headers().first("Unsupported")).contains("teleport, 100rel");
        }

        @Test
        @DisplayName("earns 421 when we demand 100rel and the peer lacks it (§21.4.16)")
        void extensionRequired() {
            SipResponse refusal =
                    refusal(
                            Messages.settings().withReliable100(LegSettings.Reliable100.REQUIRED),
                            Messages.invite(OFFER));
            assertThat(refusal.status()).isEqualTo(421);
            assertThat(refusal.headers().first("Require")).contains("100rel");
        }

        @Test
        @DisplayName("earns 415 with Accept for another body (§8.2.3)")
        void unsupportedBody() {
            SipRequest strange = Messages.invite("").withBody("text/plain", new byte[] {'h', 'i'});
            SipResponse refusal = refusal(Messages.settings(), strange);
            assertThat(refusal.status()).isEqualTo(415);
            assertThat(refusal.headers().first("Accept")).contains("application/sdp");
        }

        @Test
        @DisplayName("is taken though, if the strange body may be ignored (§20.11)")
        void optionalBody() {
            SipRequest strange =
                    Messages.invite("", "Content-Disposition: render;handling=optional")
                            .withBody("text/plain", new byte[] {'h', 'i'});
            assertThat(UsageBench.called(Messages.settings(), strange).notices())
                    .containsExactly(new UsageNotice.OfferWanted());
        }

        @Test
        @DisplayName("earns 422 with Min-SE for too short an interval (RFC 4028 §9)")
        void intervalTooSmall() {
            SipResponse refusal =
                    refusal(
                            Messages.settings().withSessionTimer(SessionTimerSettings.DEFAULT),
                            Messages.invite(OFFER, "Session-Expires: 60", "Supported: timer"));
            assertThat(refusal.status()).isEqualTo(422);
            assertThat(refusal.headers().first("Min-SE")).contains("90");
        }

        @Test
        @DisplayName("earns 481 when its To has a tag already (§12.2.2)")
        void foreignDialog() {
            SipRequest stray =
                    Messages.request("INVITE", 1, "<sip:600@pbx.example.com>;tag=gone", OFFER);
            assertThat(refusal(Messages.settings(), stray).status()).isEqualTo(481);
        }
    }

    @Nested
    @DisplayName("rings")
    class Ringing {
        @Test
        @DisplayName("with our tag and Contact; SDP is a preview of the answer")
        void ring() {
            leg.on(new UsageEvent.Ring(183, Optional.of(ANSWER)));

            assertThat(leg.response().status()).isEqualTo(183);
            assertThat(leg.response().headers().to().tag()).contains(leg.usage().localTag());
            assertThat(leg.response().headers().contacts()).hasSize(1);
            assertThat(Sdp.of(leg.response())).contains(ANSWER);
            assertThat(leg.usage().phase()).isEqualTo(Phase.EARLY);

            leg.on(new UsageEvent.Accept(ANSWER));
            assertThat(Sdp.of(leg.response())).as("the 2xx repeats it").contains(ANSWER);
        }

        @Test
        @DisplayName("and says so again every minute (§13.3.1.1)")
        void everyMinute() {
            leg.on(new UsageEvent.Ring(180, Optional.empty()));
            leg.advance(Duration.ofMinutes(3));
            assertThat(leg.bench().millisOf(UsageEffect.SendResponse.class))
                    .containsExactly(0L, 60_000L, 120_000L, 180_000L);
        }

        @Test
        @DisplayName("without an offer of ours, which must not go unreliably (§13.2.1)")
        void offerWaits() {
            UsageBench open = UsageBench.called(Messages.settings(), Messages.invite(""));
            open.on(new UsageEvent.Ring(183, Optional.of("our offer")));
            assertThat(Sdp.of(open.response())).isEmpty();
        }
    }

    @Nested
    @DisplayName("is answered (§13.3.1.4)")
    class Answered {
        @Test
        @DisplayName("with a 2xx that comes again until its ACK does")
        void repeats() {
            leg.on(new UsageEvent.Accept(ANSWER));
            leg.advance(Duration.ofSeconds(16));
            assertThat(leg.bench().millisOf(UsageEffect.SendResponse.class))
                    .containsExactly(0L, 500L, 1_500L, 3_500L, 7_500L, 11_500L, 15_500L);
            assertThat(leg.responses()).containsOnly(leg.response());
            assertThat(leg.usage().phase()).isEqualTo(Phase.ANSWERED);

            leg.ack(1, "");
            leg.advance(Duration.ofMinutes(5));
            assertThat(leg.responses()).hasSize(7);
            assertThat(leg.usage().phase()).isEqualTo(Phase.CONFIRMED);
            assertThat(leg.notices())
                    .containsExactly(
                            new UsageNotice.OfferReceived(OFFER),
                            new UsageNotice.Answered(),
                            new UsageNotice.Confirmed());
        }

        @Test
        @DisplayName("and ended with BYE after 64*T1 without ACK")
        void noAck() {
            leg.on(new UsageEvent.Accept(ANSWER));
            leg.advance(Duration.ofSeconds(33));

            assertThat(leg.bench().millisOf(UsageEffect.SendRequest.class))
                    .containsExactly(32_000L);
            leg.hear(SipMethod.BYE, 200);
            assertThat(leg.end()).isEqualTo(EndCause.of(Side.NETWORK, Kind.NO_ACK));
        }

        @Test
        @DisplayName("with our offer when the INVITE had none; the ACK brings the answer")
        void offerInSuccess() {
            UsageBench open = UsageBench.called(Messages.settings(), Messages.invite(""));
            open.on(new UsageEvent.Accept("our offer"));
            assertThat(Sdp.of(open.response())).contains("our offer");
            open.ack(1, "their answer");
            assertThat(open.notices())
                    .containsSubsequence(
                            new UsageNotice.Answered(),
                            new UsageNotice.AnswerReceived("their answer", false),
                            new UsageNotice.Confirmed());
        }

        @Test
        @DisplayName("and ended with BYE when that ACK has no answer")
        void ackWithoutAnswer() {
            UsageBench open = UsageBench.called(Messages.settings(), Messages.invite(""));
            open.on(new UsageEvent.Accept("our offer"));
            open.ack(1, "");
            open.hear(SipMethod.BYE, 200);
            assertThat(open.end()).isEqualTo(EndCause.of(Side.REMOTE, Kind.PROTOCOL));
        }

        @Test
        @DisplayName("and hung up before the ACK: BYE waits for it (§15)")
        void byeAwaitsAck() {
            leg.on(new UsageEvent.Accept(ANSWER));
            leg.on(new UsageEvent.Hangup(Optional.empty()));
            leg.advance(Duration.ofSeconds(5));
            assertThat(leg.requests()).isEmpty();

            leg.ack(1, "");
            assertThat(leg.methods()).containsExactly("BYE");
            leg.hear(SipMethod.BYE, 200);
            assertThat(leg.end())
                    .extracting(EndCause::by, EndCause::kind)
                    .containsExactly(Side.LOCAL, Kind.BYE);
        }
    }

    @Nested
    @DisplayName("is not answered")
    class NotAnswered {
        @Test
        @DisplayName("because we refuse, with what belongs to it")
        void reject() {
            leg.on(
                    new UsageEvent.Reject(
                            302,
                            "Elsewhere",
                            List.of(
                                    new Header("Contact", "<sip:1002@192.0.2.3>"),
                                    new Header("Retry-After", "5"))));
            SipResponse response = leg.response();
            assertThat(response.status()).isEqualTo(302);
            assertThat(response.reason()).isEqualTo("Elsewhere");
            assertThat(response.headers().contacts()).hasSize(1);
            assertThat(response.headers().first("Retry-After")).contains("5");
            assertThat(leg.end().status()).isEqualTo(302);
        }

        @Test
        @DisplayName("because the peer cancels: 487, with its reason for the call (§9.2)")
        void cancel() {
            leg.on(new UsageEvent.Ring(180, Optional.empty()));
            SipRequest cancel =
                    Messages.request(
                            "CANCEL",
                            1,
                            "<sip:600@pbx.example.com>",
                            "",
                            "Reason: SIP;cause=200;text=\"Call completed elsewhere\"");
            leg.on(new UsageEvent.CancelReceived(ServerTransactionId.of(invite), cancel));

            assertThat(leg.statuses()).containsExactly(180, 487);
            assertThat(leg.end())
                    .extracting(EndCause::by, EndCause::kind)
                    .containsExactly(Side.REMOTE, Kind.CANCEL);
            assertThat(leg.end().reason().orElseThrow().words())
                    .contains("Call completed elsewhere");
        }

        @Test
        @DisplayName("because the peer says BYE in the early dialog: 200, and 487 (§15.1.2)")
        void earlyBye() {
            leg.on(new UsageEvent.Ring(180, Optional.empty()));
            leg.receive("BYE", "");
            assertThat(leg.statuses()).containsExactly(180, 200, 487);
            assertThat(leg.end().kind()).isEqualTo(Kind.BYE);
        }

        @Test
        @DisplayName("because the call hangs up: a refusal with the reason (RFC 6432)")
        void hangup() {
            leg.on(new UsageEvent.Hangup(Optional.of("Q.850;cause=16")));
            assertThat(leg.response().status()).isEqualTo(480);
            assertThat(leg.response().headers().first("Reason")).contains("Q.850;cause=16");
        }

        @Test
        @DisplayName("and a CANCEL after our answer changes nothing (§9.2)")
        void lateCancel() {
            leg.on(new UsageEvent.Accept(ANSWER));
            leg.on(new UsageEvent.CancelReceived(ServerTransactionId.of(invite), invite));
            assertThat(leg.statuses()).containsExactly(200);
            assertThat(leg.usage().phase()).isEqualTo(Phase.ANSWERED);
        }
    }
}
