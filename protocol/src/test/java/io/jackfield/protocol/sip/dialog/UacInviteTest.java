package io.jackfield.protocol.sip.dialog;

import static io.jackfield.protocol.sip.dialog.UsageBench.ABLE;
import static io.jackfield.protocol.sip.dialog.UsageBench.ANSWER;
import static io.jackfield.protocol.sip.dialog.UsageBench.OFFER;
import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.protocol.sip.Header;
import io.jackfield.protocol.sip.SipMethod;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.dialog.EndCause.Kind;
import io.jackfield.protocol.sip.dialog.EndCause.Side;
import io.jackfield.protocol.sip.transaction.ClientTransactionId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("A call we make (RFC 3261 §13.2)")
class UacInviteTest {
    private final UsageBench leg = UsageBench.calling();
    private final SipRequest invite = leg.request(SipMethod.INVITE);

    private static UsageEvent.Hangup hangup() {
        return new UsageEvent.Hangup(Optional.of("SIP;cause=200;text=\"elsewhere\""));
    }

    @Test
    @DisplayName("begins with an INVITE that has all it must have (§8.1.1, §13.2.1)")
    void invite() {
        assertThat(invite.uri().text()).isEqualTo("sip:1001@192.0.2.1");
        assertThat(invite.headers().from().tag()).contains(leg.usage().localTag());
        assertThat(invite.headers().to().tag()).isEmpty();
        assertThat(invite.headers().maxForwards()).hasValue(69);
        assertThat(invite.headers().contacts()).hasSize(1);
        assertThat(invite.headers().via().hasMagicCookie()).isTrue();
        assertThat(invite.headers().first("Allow"))
                .hasValueSatisfying(
                        allow -> assertThat(allow).contains("INVITE", "BYE", "UPDATE", "PRACK"));
        assertThat(Sdp.of(invite)).contains(OFFER);
        assertThat(leg.usage().phase()).isEqualTo(Phase.CALLING);
        assertThat(leg.usage().deadlineNanos()).isEmpty();
    }

    @Nested
    @DisplayName("is answered")
    class Answered {
        @Test
        @DisplayName("and acknowledges the 2xx; the notices come in the order of things")
        void twoHundred() {
            leg.hear(180, "");
            assertThat(leg.usage().phase()).isEqualTo(Phase.EARLY);
            leg.hear(200, ANSWER);

            assertThat(leg.notices())
                    .containsExactly(
                            new UsageNotice.Progress(180, "Ringing"),
                            new UsageNotice.AnswerReceived(ANSWER, false),
                            new UsageNotice.Answered(),
                            new UsageNotice.Confirmed());
            assertThat(leg.acks()).hasSize(1);
            assertThat(leg.acks().getFirst().uri().text()).isEqualTo("sip:1001@192.0.2.1:5062");
            assertThat(leg.acks().getFirst().headers().cseq().number()).isEqualTo(1);
            assertThat(leg.usage().phase()).isEqualTo(Phase.CONFIRMED);
        }

        @Test
        @DisplayName("and repeats the very same ACK for each repeated 2xx (§13.2.2.4)")
        void repeatedSuccess() {
            leg.hear(200, ANSWER);
            leg.hear(200, ANSWER);
            leg.hear(200, ANSWER);

            assertThat(leg.acks()).hasSize(3).containsOnly(leg.acks().getFirst());
            assertThat(leg.notices()).filteredOn(UsageNotice.Answered.class::isInstance).hasSize(1);
        }

        @Test
        @DisplayName("by a second fork too, whose dialog gets ACK and BYE (§13.2.2.4)")
        void secondFork() {
            leg.hearFrom("one", SipMethod.INVITE, 180, "");
            leg.hearFrom("two", SipMethod.INVITE, 180, "");
            leg.hearFrom("one", SipMethod.INVITE, 200, ANSWER);
            leg.hearFrom("two", SipMethod.INVITE, 200, ANSWER);

            assertThat(leg.acks())
                    .extracting(a -> a.headers().to().tag().orElseThrow())
                    .containsExactly("one", "two");
            assertThat(leg.methods()).containsExactly("INVITE", "BYE");
            assertThat(leg.request(SipMethod.BYE).headers().to().tag()).contains("two");
            assertThat(leg.usage().phase()).isEqualTo(Phase.CONFIRMED);
            assertThat(leg.usage().dialog().orElseThrow().remoteTag()).isEqualTo("one");
        }

        @Test
        @DisplayName("with early media first: the preview, then the answer (RFC 6337 §3.1.1)")
        void earlyMedia() {
            leg.hear(183, ANSWER);
            leg.hear(183, ANSWER);
            leg.hear(200, "");

            assertThat(leg.notices())
                    .filteredOn(UsageNotice.AnswerReceived.class::isInstance)
                    .containsExactly(
                            new UsageNotice.AnswerReceived(ANSWER, true),
                            new UsageNotice.AnswerReceived(ANSWER, false));
        }

        @Test
        @DisplayName("without any SDP, so that it is acknowledged and ended with BYE")
        void withoutAnswer() {
            leg.hear(200, "");
            leg.hear(SipMethod.BYE, 200);

            assertThat(leg.acks()).hasSize(1);
            assertThat(leg.end()).isEqualTo(EndCause.of(Side.REMOTE, Kind.PROTOCOL));
        }
    }

    @Nested
    @DisplayName("has no offer of ours (§13.2.1)")
    class Offerless {
        private final UsageBench open = UsageBench.calling(Messages.settings(), Optional.empty());

        @Test
        @DisplayName("and sends its ACK, with the answer, when the call has one")
        void answerInAck() {
            open.hear(200, "their offer");
            assertThat(open.acks()).isEmpty();
            assertThat(open.usage().phase()).isEqualTo(Phase.ANSWERED);
            open.hear(200, "their offer");
            assertThat(open.acks()).isEmpty();

            open.on(new UsageEvent.AnswerOffer("our answer"));

            assertThat(Sdp.of(open.acks().getFirst())).contains("our answer");
            assertThat(open.notices())
                    .containsExactly(
                            new UsageNotice.OfferReceived("their offer"),
                            new UsageNotice.Answered(),
                            new UsageNotice.Confirmed());
        }

        @Test
        @DisplayName("and is acknowledged and ended when the call refuses the offer")
        void refused() {
            open.hear(200, "their offer");
            open.on(new UsageEvent.RefuseOffer(488));
            open.hear(SipMethod.BYE, 200);

            assertThat(open.acks()).hasSize(1);
            assertThat(open.end())
                    .extracting(EndCause::by, EndCause::kind)
                    .containsExactly(Side.LOCAL, Kind.BYE);
        }

        @Test
        @DisplayName("and ends by itself when the call never answers the offer")
        void unanswered() {
            open.hear(200, "their offer");
            open.advance(Duration.ofSeconds(32));

            assertThat(open.acks()).hasSize(1);
            assertThat(open.methods()).containsExactly("INVITE", "BYE");
        }
    }

    @Nested
    @DisplayName("is refused")
    class Refused {
        @Test
        @DisplayName("with a status and Retry-After (§20.33)")
        void busy() {
            leg.hear(503, "", "Retry-After: 30", "Reason: Q.850;cause=42");

            assertThat(leg.notices().getFirst())
                    .isEqualTo(
                            new UsageNotice.Failed(
                                    503,
                                    "Service Unavailable",
                                    Optional.of(Duration.ofSeconds(30))));
            assertThat(leg.end())
                    .extracting(EndCause::by, EndCause::kind, EndCause::status)
                    .containsExactly(Side.REMOTE, Kind.STATUS, 503);
            assertThat(leg.end().reason().orElseThrow().cause()).hasValue(42);
            assertThat(leg.usage().phase()).isEqualTo(Phase.ENDED);
        }

        @Test
        @DisplayName("with a redirection, which the call follows or not (§8.1.3.4)")
        void moved() {
            leg.hear(302, "", "Contact: <sip:1002@192.0.2.3>");

            assertThat(leg.notices().getFirst())
                    .isInstanceOfSatisfying(
                            UsageNotice.Redirected.class,
                            moved ->
                                    assertThat(moved.contacts().getFirst().uri().text())
                                            .isEqualTo("sip:1002@192.0.2.3"));
            assertThat(leg.end().status()).isEqualTo(302);
        }

        @Test
        @DisplayName("by silence, which counts as 408, or by a broken flow, as 503 (§8.1.3.1)")
        void silence() {
            leg.on(
                    new UsageEvent.RequestFailed(
                            ClientTransactionId.of(invite), FailureKind.TIMEOUT));
            assertThat(leg.end())
                    .extracting(EndCause::by, EndCause::kind, EndCause::status)
                    .containsExactly(Side.NETWORK, Kind.TIMEOUT, 408);

            UsageBench other = UsageBench.calling();
            other.on(
                    new UsageEvent.RequestFailed(
                            ClientTransactionId.of(other.request(SipMethod.INVITE)),
                            FailureKind.TRANSPORT));
            assertThat(other.end())
                    .extracting(EndCause::kind, EndCause::status)
                    .containsExactly(Kind.TRANSPORT, 503);
        }
    }

    @Nested
    @DisplayName("is challenged (§22.2)")
    class Challenged {
        private final Header credentials = new Header("Authorization", "Digest username=\"a\"");

        private ClientTransactionId challenged() {
            leg.hear(401, "", "WWW-Authenticate: Digest realm=\"r\", nonce=\"n\"");
            UsageNotice.Challenged told = (UsageNotice.Challenged) leg.notices().getLast();
            assertThat(told.request()).isEqualTo(invite);
            return told.tx();
        }

        @Test
        @DisplayName("and sends the INVITE again with credentials, new number and new branch")
        void retry() {
            leg.on(new UsageEvent.Retry(challenged(), List.of(credentials)));
            SipRequest again = leg.request(SipMethod.INVITE);

            assertThat(again.headers().cseq().number()).isEqualTo(2);
            assertThat(again.headers().via().branch())
                    .isNotEqualTo(invite.headers().via().branch());
            assertThat(again.headers().from()).isEqualTo(invite.headers().from());
            assertThat(again.headers().callId()).isEqualTo(invite.headers().callId());
            assertThat(again.headers().first("Authorization")).contains(credentials.value());
            assertThat(Sdp.of(again)).contains(OFFER);

            leg.hear(200, ANSWER);
            assertThat(leg.acks().getFirst().headers().first("Authorization"))
                    .as("the ACK has the INVITE's credentials (§13.2.2.4)")
                    .contains(credentials.value());
            assertThat(leg.acks().getFirst().headers().cseq().number()).isEqualTo(2);
        }

        @Test
        @DisplayName("and fails with that status when the call has none")
        void giveUp() {
            leg.on(new UsageEvent.GiveUp(challenged()));
            assertThat(leg.end().status()).isEqualTo(401);
        }

        @Test
        @DisplayName("and ends at once when the call hangs up instead: nothing is left to cancel")
        void hangUp() {
            challenged();
            leg.on(hangup());
            assertThat(leg.end().kind()).isEqualTo(Kind.CANCEL);
        }

        @Test
        @DisplayName("and gives up by itself after a few rounds")
        void endless() {
            for (int i = 0; i < 4; i++) {
                leg.on(
                        new UsageEvent.Retry(
                                ((UsageNotice.Challenged) challengedAgain()).tx(),
                                List.of(credentials)));
            }
            challengedAgain();
            assertThat(leg.end().status()).isEqualTo(401);
        }

        private UsageNotice challengedAgain() {
            leg.hear(401, "", "WWW-Authenticate: Digest realm=\"r\", nonce=\"n\"");
            return leg.notices().getLast();
        }
    }

    @Nested
    @DisplayName("is given up")
    class Cancelled {
        @Test
        @DisplayName("before any response: CANCEL waits for the first provisional one (§9.1)")
        void beforeProvisional() {
            leg.on(hangup());
            assertThat(leg.bench().all(UsageEffect.CancelRequest.class)).isEmpty();
            assertThat(leg.usage().phase()).isEqualTo(Phase.ENDING);

            leg.hear(100, "");
            assertThat(leg.bench().all(UsageEffect.CancelRequest.class))
                    .containsExactly(
                            new UsageEffect.CancelRequest(
                                    ClientTransactionId.of(invite),
                                    Optional.of("SIP;cause=200;text=\"elsewhere\"")));

            leg.hear(487, "");
            assertThat(leg.end())
                    .extracting(EndCause::by, EndCause::kind)
                    .containsExactly(Side.LOCAL, Kind.CANCEL);
            assertThat(leg.end().reason().orElseThrow().cause()).hasValue(200);
        }

        @Test
        @DisplayName("when the answer is quicker: ACK, then BYE with the reason (§9.1, §15)")
        void answerIsQuicker() {
            leg.hear(180, "");
            leg.on(hangup());
            leg.hear(200, ANSWER);

            assertThat(leg.acks()).hasSize(1);
            assertThat(leg.request(SipMethod.BYE).headers().first("Reason")).isPresent();
            assertThat(leg.notices()).doesNotContain(new UsageNotice.Answered());
            leg.hear(SipMethod.BYE, 200);
            assertThat(leg.end().kind()).isEqualTo(Kind.CANCEL);
        }

        @Test
        @DisplayName("and ends even if nothing is ever heard again")
        void silence() {
            leg.hear(180, "");
            leg.on(hangup());
            leg.advance(Duration.ofSeconds(64));

            assertThat(leg.end().kind()).isEqualTo(Kind.CANCEL);
            assertThat(leg.usage().deadlineNanos()).isEmpty();
            leg.hear(200, ANSWER);
            assertThat(leg.acks()).as("a 2xx from beyond is still acknowledged").hasSize(1);
            assertThat(leg.methods()).containsExactly("INVITE", "BYE");
        }

        @Test
        @DisplayName("by a BYE that overtook the 2xx: CANCEL, and the late 2xx is ended")
        void earlyBye() {
            leg.hear(180, "");
            leg.receive("BYE", "");
            assertThat(leg.statuses()).containsExactly(200);
            assertThat(leg.bench().all(UsageEffect.CancelRequest.class)).hasSize(1);
            leg.hear(487, "");
            assertThat(leg.end())
                    .extracting(EndCause::by, EndCause::kind)
                    .containsExactly(Side.REMOTE, Kind.BYE);
        }
    }

    @Test
    @DisplayName("raises its session interval when a 422 asks for it (RFC 4028 §7.4)")
    void intervalTooSmall() {
        UsageBench timed =
                UsageBench.calling(
                        Messages.settings().withSessionTimer(SessionTimerSettings.DEFAULT),
                        Optional.of(OFFER));
        timed.hear(422, "", "Min-SE: 3600");
        SipRequest again = timed.request(SipMethod.INVITE);

        assertThat(again.headers().cseq().number()).isEqualTo(2);
        assertThat(again.headers().first("Session-Expires")).contains("3600");
        assertThat(again.headers().first("Min-SE")).contains("3600");
        timed.hear(422, "", "Min-SE: 3600");
        assertThat(timed.end().status()).isEqualTo(422);
    }

    @Test
    @DisplayName("forgets an early dialog that 199 tells of (RFC 6228)")
    void earlyDialogTerminated() {
        leg.hearFrom("one", SipMethod.INVITE, 180, "", ABLE);
        leg.hearFrom("one", SipMethod.INVITE, 199, "");
        assertThat(leg.usage().dialog()).isEmpty();
    }
}
