package io.jackfield.protocol.sip.dialog;

import static io.jackfield.protocol.sip.dialog.UsageBench.ABLE;
import static io.jackfield.protocol.sip.dialog.UsageBench.ANSWER;
import static io.jackfield.protocol.sip.dialog.UsageBench.OFFER;
import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.protocol.sip.SipMethod;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.dialog.EndCause.Kind;
import io.jackfield.protocol.sip.transaction.ClientTransactionId;
import io.jackfield.protocol.sip.transaction.ServerTransactionId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Changing a session that is there (RFC 3261 §14, RFC 3311)")
class ReofferTest {
    private static final String HOLD = "v=0 hold";
    private static final String HELD = "v=0 held";

    private final UsageBench leg = UsageBench.callingConfirmed(Messages.settings());

    @Nested
    @DisplayName("by our re-INVITE (§14.1)")
    class Ours {
        @Test
        @DisplayName("sends the new offer, acknowledges the 2xx, again when that comes again")
        void accepted() {
            leg.on(new UsageEvent.Offer(HOLD));
            SipRequest again = leg.request(SipMethod.INVITE);
            assertThat(Sdp.of(again)).contains(HOLD);
            assertThat(again.headers().to().tag()).contains(Messages.PEER_TAG);
            assertThat(again.headers().cseq().number()).isEqualTo(2);

            leg.hear(200, HELD, "Contact: <sip:moved@192.0.2.50>");
            leg.hear(200, HELD, "Contact: <sip:moved@192.0.2.50>");
            assertThat(leg.notices()).containsExactly(new UsageNotice.AnswerReceived(HELD, false));
            assertThat(leg.acks()).hasSize(2).containsOnly(leg.acks().getFirst());
            assertThat(leg.acks().getFirst().uri().text())
                    .as("the target is refreshed (§12.2.1.2)")
                    .isEqualTo("sip:moved@192.0.2.50");
        }

        @Test
        @DisplayName("keeps the session when it is refused")
        void refused() {
            leg.on(new UsageEvent.Offer(HOLD));
            leg.hear(488, "");
            assertThat(leg.notices()).containsExactly(new UsageNotice.OfferRefused(488));
            assertThat(leg.usage().phase()).isEqualTo(Phase.CONFIRMED);
            leg.on(new UsageEvent.Offer(OFFER));
            assertThat(leg.methods()).containsExactly("INVITE", "INVITE");
        }

        @ParameterizedTest
        @ValueSource(ints = {408, 481})
        @DisplayName("ends the dialog with 408 and 481 (§12.2.1.2)")
        void gone(int status) {
            leg.on(new UsageEvent.Offer(HOLD));
            leg.hear(status, "");
            assertThat(leg.end().status()).isEqualTo(status);
        }

        @Test
        @DisplayName("ends it with BYE when nothing is heard; a broken flow does not")
        void failure() {
            leg.on(new UsageEvent.Offer(HOLD));
            leg.on(failed(FailureKind.TRANSPORT));
            assertThat(leg.notices()).containsExactly(new UsageNotice.OfferRefused(503));

            leg.on(new UsageEvent.Offer(HOLD));
            leg.on(failed(FailureKind.TIMEOUT));
            assertThat(leg.methods()).containsExactly("INVITE", "INVITE", "BYE");
            assertThat(leg.end().kind()).isEqualTo(Kind.TIMEOUT);
        }

        private UsageEvent failed(FailureKind kind) {
            return new UsageEvent.RequestFailed(
                    ClientTransactionId.of(leg.request(SipMethod.INVITE)), kind);
        }

        @Test
        @DisplayName("one at a time: a second offer waits for the first, and the newest counts")
        void queue() {
            leg.on(new UsageEvent.Offer("one"));
            leg.on(new UsageEvent.Offer("two"));
            leg.on(new UsageEvent.Offer("three"));
            assertThat(leg.methods()).containsExactly("INVITE");
            leg.hear(200, ANSWER);
            assertThat(Sdp.of(leg.request(SipMethod.INVITE))).contains("three");
            assertThat(leg.methods()).containsExactly("INVITE", "INVITE");
        }

        @Test
        @DisplayName("waits for the ACK to our own 2xx")
        void waitsForAck() {
            UsageBench called = UsageBench.called();
            called.on(new UsageEvent.Accept(ANSWER));
            called.on(new UsageEvent.Offer(HOLD));
            assertThat(called.requests()).isEmpty();
            called.ack(1, "");
            assertThat(called.methods()).containsExactly("INVITE");

            leg.receive("INVITE", HOLD);
            leg.on(new UsageEvent.AnswerOffer(HELD));
            leg.on(new UsageEvent.Offer(OFFER));
            assertThat(leg.requests()).isEmpty();
            leg.ack(leg.peerCseq(), "");
            assertThat(leg.methods()).containsExactly("INVITE");
        }
    }

    @Nested
    @DisplayName("when both want to at once (§14.1, §14.2)")
    class Glare {
        @Test
        @DisplayName("refuses the peer's with 491, and its offer or ours may come later")
        void theirsIsRefused() {
            leg.on(new UsageEvent.Offer(HOLD));
            leg.receive("INVITE", "their offer");
            assertThat(leg.statuses()).containsExactly(491);
        }

        @Test
        @DisplayName("refuses it also when a reliable 183 has answered ours before its 2xx")
        void answeredEarly() {
            UsageBench reliable =
                    UsageBench.callingConfirmed(
                            Messages.settings().withReliable100(LegSettings.Reliable100.SUPPORTED));
            reliable.on(new UsageEvent.Offer(HOLD));
            reliable.hear(183, HELD, "Require: 100rel", "RSeq: 1");
            assertThat(reliable.methods()).containsExactly("INVITE", "PRACK");
            assertThat(reliable.notices())
                    .containsExactly(new UsageNotice.AnswerReceived(HELD, false));
            reliable.receive("INVITE", "their offer");
            assertThat(reliable.statuses()).containsExactly(491);
        }

        @Test
        @DisplayName("tries again 2.1 to 4 s later when the Call-ID is ours")
        void owner() {
            assertThat(againAfter(leg)).isBetween(2_100L, 4_000L);
        }

        @Test
        @DisplayName("tries again within 2 s when it is not")
        void other() {
            assertThat(againAfter(UsageBench.calledConfirmed(Messages.settings())))
                    .isBetween(0L, 2_000L);
        }

        private long againAfter(UsageBench bench) {
            bench.on(new UsageEvent.Offer(HOLD));
            bench.hear(491, "");
            bench.advance(Duration.ofSeconds(5));
            assertThat(bench.methods()).containsExactly("INVITE", "INVITE");
            assertThat(Sdp.of(bench.request(SipMethod.INVITE))).contains(HOLD);
            return bench.bench().millisOf(UsageEffect.SendRequest.class).getLast();
        }

        @Test
        @DisplayName("drops ours with 491 when the peer's comes first in the meantime")
        void overtaken() {
            leg.on(new UsageEvent.Offer(HOLD));
            leg.hear(491, "");
            leg.receive("INVITE", "their offer");
            assertThat(leg.notices())
                    .containsExactly(
                            new UsageNotice.OfferRefused(491),
                            new UsageNotice.OfferReceived("their offer"));
            leg.advance(Duration.ofSeconds(5));
            assertThat(leg.methods()).containsExactly("INVITE");
        }

        @Test
        @DisplayName("gives up after a few rounds")
        void endless() {
            leg.on(new UsageEvent.Offer(HOLD));
            for (int i = 0; i < 5; i++) {
                leg.hear(491, "");
                leg.advance(Duration.ofSeconds(5));
            }
            assertThat(leg.notices()).containsExactly(new UsageNotice.OfferRefused(491));
        }

        @Test
        @DisplayName("waits as long as a 500 asks in Retry-After")
        void busy() {
            leg.on(new UsageEvent.Offer(HOLD));
            leg.hear(500, "", "Retry-After: 7");
            leg.advance(Duration.ofSeconds(8));
            assertThat(leg.bench().millisOf(UsageEffect.SendRequest.class))
                    .containsExactly(0L, 7_000L);
        }
    }

    @Nested
    @DisplayName("by the peer's re-INVITE (§14.2)")
    class Theirs {
        @Test
        @DisplayName("asks the call, answers with its answer and repeats that until the ACK")
        void accepted() {
            leg.receive("INVITE", HOLD, "Contact: <sip:moved@192.0.2.50>");
            assertThat(leg.notices()).containsExactly(new UsageNotice.OfferReceived(HOLD));
            leg.on(new UsageEvent.AnswerOffer(HELD));
            assertThat(Sdp.of(leg.response())).contains(HELD);
            leg.advance(Duration.ofSeconds(1));
            assertThat(leg.statuses()).containsExactly(200, 200);
            leg.ack(leg.peerCseq(), "");
            leg.advance(Duration.ofSeconds(60));
            assertThat(leg.statuses()).hasSize(2);
            assertThat(leg.usage().dialog().orElseThrow().remoteTarget().text())
                    .isEqualTo("sip:moved@192.0.2.50");
        }

        @Test
        @DisplayName("without an offer wants ours; the ACK brings the answer")
        void offerless() {
            leg.receive("INVITE", "");
            assertThat(leg.notices()).containsExactly(new UsageNotice.OfferWanted());
            leg.on(new UsageEvent.AnswerOffer(HOLD));
            assertThat(Sdp.of(leg.response())).contains(HOLD);
            leg.ack(leg.peerCseq(), HELD);
            assertThat(leg.notices()).contains(new UsageNotice.AnswerReceived(HELD, false));
        }

        @Test
        @DisplayName("is refused when the call says so; the target stays too (RFC 6141 §4)")
        void refused() {
            leg.receive("INVITE", HOLD, "Contact: <sip:moved@192.0.2.50>");
            leg.on(new UsageEvent.RefuseOffer(488));
            assertThat(leg.statuses()).containsExactly(488);
            assertThat(leg.usage().dialog().orElseThrow().remoteTarget().text())
                    .isEqualTo("sip:1001@192.0.2.1:5062");
        }

        @Test
        @DisplayName("gets 500 with Retry-After while an earlier one is not answered")
        void second() {
            leg.receive("INVITE", HOLD);
            leg.receive("INVITE", HOLD);
            assertThat(leg.statuses()).containsExactly(500);
            assertThat(leg.response().headers().first("Retry-After"))
                    .hasValueSatisfying(s -> assertThat(Integer.parseInt(s)).isBetween(0, 10));
        }

        @Test
        @DisplayName("may be cancelled: 487, and the call need not answer")
        void cancelled() {
            SipRequest again = leg.inDialog("INVITE", 5, HOLD);
            leg.receive(again);
            leg.on(new UsageEvent.CancelReceived(ServerTransactionId.of(again), again));
            assertThat(leg.statuses()).containsExactly(487);
            assertThat(leg.notices()).endsWith(new UsageNotice.OfferWithdrawn());
            leg.on(new UsageEvent.AnswerOffer(HELD));
            assertThat(leg.statuses()).containsExactly(487);
        }

        @Test
        @DisplayName("is answered 500 when the call does not answer in 64*T1")
        void late() {
            leg.receive("INVITE", HOLD);
            leg.advance(Duration.ofSeconds(33));
            assertThat(leg.statuses()).containsExactly(500);
            assertThat(leg.notices()).endsWith(new UsageNotice.OfferWithdrawn());
        }

        @Test
        @DisplayName("is taken before the ACK of the first one: that ACK is only late (RFC 5407)")
        void beforeAck() {
            UsageBench called = UsageBench.called();
            called.on(new UsageEvent.Accept(ANSWER));
            called.receive("INVITE", HOLD);
            called.on(new UsageEvent.AnswerOffer(HELD));
            assertThat(called.statuses()).containsExactly(200, 200);
        }
    }

    @Nested
    @DisplayName("by UPDATE (RFC 3311)")
    class Update {
        private final UsageBench quick =
                UsageBench.callingConfirmed(Messages.settings().withPreferUpdate(true));

        @Test
        @DisplayName("goes where the peer allows it and we prefer it, without any ACK")
        void ours() {
            quick.on(new UsageEvent.Offer(HOLD));
            assertThat(quick.methods()).containsExactly("UPDATE");
            quick.hearFrom(Messages.PEER_TAG, SipMethod.UPDATE, 200, HELD);
            assertThat(quick.notices())
                    .containsExactly(new UsageNotice.AnswerReceived(HELD, false));
            assertThat(quick.acks()).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(ints = {405, 501, 504})
        @DisplayName("falls back to re-INVITE when the peer cannot (§5.2)")
        void fallback(int status) {
            quick.on(new UsageEvent.Offer(HOLD));
            quick.hear(SipMethod.UPDATE, status);
            assertThat(quick.methods()).containsExactly("UPDATE", "INVITE");
        }

        @Test
        @DisplayName("in the early dialog, once the first exchange is complete (§5.1)")
        void early() {
            UsageBench calling =
                    UsageBench.calling(
                            Messages.settings().withReliable100(LegSettings.Reliable100.SUPPORTED),
                            Optional.of(OFFER));
            calling.on(new UsageEvent.Offer(HOLD));
            calling.hear(180, "", ABLE);
            assertThat(calling.methods()).doesNotContain("UPDATE");
            calling.hear(183, ANSWER, "Require: 100rel", "RSeq: 1", "Allow: INVITE, UPDATE, PRACK");
            assertThat(calling.methods()).containsExactly("INVITE", "PRACK", "UPDATE");
        }

        @Test
        @DisplayName("goes out once more where a challenge ended the early dialog it was sent in")
        void challengedMeanwhile() {
            UsageBench calling =
                    UsageBench.calling(
                            Messages.settings().withReliable100(LegSettings.Reliable100.SUPPORTED),
                            Optional.of(OFFER));
            String[] reliable = {"Require: 100rel", "RSeq: 1", "Allow: INVITE, UPDATE, PRACK"};
            calling.hear(183, ANSWER, reliable);
            calling.on(new UsageEvent.Offer(HOLD));
            calling.hear(401, "", "WWW-Authenticate: Digest realm=\"r\", nonce=\"n\"");
            UsageNotice.Challenged told = (UsageNotice.Challenged) calling.notices().getLast();

            calling.hearFrom(Messages.PEER_TAG, SipMethod.UPDATE, 200, HELD);
            assertThat(calling.notices()).endsWith(told);

            calling.on(new UsageEvent.Retry(told.tx(), List.of()));
            calling.hear(183, ANSWER, reliable);
            assertThat(calling.methods())
                    .containsExactly("INVITE", "PRACK", "UPDATE", "INVITE", "PRACK", "UPDATE");
            assertThat(Sdp.of(calling.request(SipMethod.UPDATE))).contains(HOLD);
        }

        @Test
        @DisplayName("of the peer is answered when the call has its answer, 504 if it never has")
        void theirs() {
            leg.receive("UPDATE", HOLD);
            leg.on(new UsageEvent.AnswerOffer(HELD));
            assertThat(Sdp.of(leg.response())).contains(HELD);

            leg.receive("UPDATE", OFFER);
            leg.advance(Duration.ofSeconds(11));
            assertThat(leg.statuses()).containsExactly(200, 504);
        }

        @Test
        @DisplayName("of the peer without offer is answered at once")
        void theirsEmpty() {
            leg.receive("UPDATE", "");
            assertThat(leg.statuses()).containsExactly(200);
            assertThat(leg.notices()).isEmpty();
        }

        @Test
        @DisplayName("of the peer gets 491 while our offer is open (§5.2)")
        void crossing() {
            quick.on(new UsageEvent.Offer(HOLD));
            quick.receive("UPDATE", "their offer");
            assertThat(quick.statuses()).containsExactly(491);
        }

        @Test
        @DisplayName("of the peer gets 500 while we owe it an answer (§5.2)")
        void owing() {
            UsageBench called = UsageBench.called();
            called.receive("UPDATE", "their second offer");
            assertThat(called.statuses()).containsExactly(500);
            assertThat(called.response().headers().first("Retry-After")).isPresent();

            leg.receive("UPDATE", HOLD);
            leg.receive("UPDATE", "");
            assertThat(leg.statuses()).containsExactly(500);
        }
    }

    @Test
    @DisplayName("does not outlive the call: what is open gets 487, a late 2xx its ACK (§15.1.2)")
    void ends() {
        leg.receive("INVITE", HOLD);
        leg.receive("BYE", "");
        assertThat(leg.statuses()).containsExactly(200, 487);

        UsageBench other = UsageBench.callingConfirmed(Messages.settings());
        other.on(new UsageEvent.Offer(HOLD));
        other.on(new UsageEvent.Hangup(Optional.empty()));
        other.hear(200, HELD);
        assertThat(other.acks()).hasSize(1);
        assertThat(other.notices()).isEmpty();
    }
}
