package io.jackfield.protocol.sip.dialog;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Within a dialog (RFC 3261 §12.2, §15)")
class InDialogTest {
    private final UsageBench leg = UsageBench.callingConfirmed(Messages.settings());

    @Nested
    @DisplayName("a request of the peer")
    class Theirs {
        @Test
        @DisplayName("OPTIONS is answered with what we can do (§11.2)")
        void options() {
            leg.receive("OPTIONS", "");
            assertThat(leg.response().status()).isEqualTo(200);
            assertThat(leg.response().headers().first("Allow")).isPresent();
            assertThat(leg.response().headers().first("Accept")).contains("application/sdp");
        }

        @Test
        @DisplayName("INFO reaches the call with its body, whatever it is (RFC 6086 §2)")
        void info() {
            SipRequest info =
                    leg.inDialog("INFO", 7, "")
                            .withBody("application/dtmf-relay", "Signal=5".getBytes());
            leg.receive(info);
            assertThat(leg.statuses()).containsExactly(200);
            assertThat(leg.notices())
                    .containsExactly(
                            new UsageNotice.InfoReceived(
                                    Content.of("application/dtmf-relay", "Signal=5")));
        }

        @Test
        @DisplayName("INFO of a package we did not ask for gets 469 (RFC 6086 §4.2.2)")
        void infoPackage() {
            leg.receive("INFO", "", "Info-Package: conference");
            assertThat(leg.statuses()).containsExactly(469);
            assertThat(leg.notices()).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"MESSAGE", "SUBSCRIBE", "NOTIFY", "NONSENSE"})
        @DisplayName("of a method we do not do gets 405 with Allow (§8.2.1)")
        void notAllowed(String method) {
            leg.receive(method, "");
            assertThat(leg.response().status()).isEqualTo(405);
            assertThat(leg.response().headers().first("Allow"))
                    .hasValueSatisfying(allow -> assertThat(allow).doesNotContain(method));
        }

        @Test
        @DisplayName("out of its order gets 500 with Retry-After (§12.2.2)")
        void order() {
            leg.receive(leg.inDialog("OPTIONS", 9, ""));
            leg.receive(leg.inDialog("OPTIONS", 8, ""));
            assertThat(leg.statuses()).containsExactly(200, 500);
            assertThat(leg.response().headers().first("Retry-After")).isPresent();
        }

        @Test
        @DisplayName("that belongs to another dialog gets 481 (§12.2.2)")
        void foreign() {
            leg.receive(Messages.request("OPTIONS", 9, "<sip:x@y>;tag=other", ""));
            assertThat(leg.statuses()).containsExactly(481);
        }

        @Test
        @DisplayName("that demands what we do not know gets 420, except BYE, which always ends")
        void extension() {
            leg.receive("UPDATE", "", "Require: teleport");
            leg.receive("BYE", "", "Require: teleport");
            assertThat(leg.statuses()).containsExactly(420, 200);
            assertThat(leg.usage().phase()).isEqualTo(Phase.ENDED);
        }

        @Test
        @DisplayName("with a body we do not understand gets 415 with Accept (§8.2.3)")
        void body() {
            leg.receive(leg.inDialog("INVITE", 9, "").withBody("text/html", new byte[] {1}));
            assertThat(leg.statuses()).containsExactly(415);
            assertThat(leg.response().headers().first("Accept")).contains("application/sdp");
        }
    }

    @Nested
    @DisplayName("the end")
    class End {
        @Test
        @DisplayName("by the peer's BYE is told with its reason (§15.1.2, RFC 3326)")
        void theirs() {
            leg.receive("BYE", "", "Reason: Q.850;cause=16");
            assertThat(leg.statuses()).containsExactly(200);
            assertThat(leg.end())
                    .extracting(EndCause::by, EndCause::kind)
                    .containsExactly(Side.REMOTE, Kind.BYE);
            assertThat(leg.end().reason().orElseThrow().cause()).hasValue(16);
            leg.receive("OPTIONS", "");
            assertThat(leg.statuses()).containsExactly(200, 481);
        }

        @Test
        @DisplayName("by our BYE is told when it is answered; other requests get 481 until then")
        void ours() {
            leg.on(new UsageEvent.Hangup(Optional.of("SIP;cause=200;text=\"bye\"")));
            assertThat(leg.request(SipMethod.BYE).headers().first("Reason"))
                    .contains("SIP;cause=200;text=\"bye\"");
            assertThat(leg.usage().phase()).isEqualTo(Phase.ENDING);
            leg.receive("INFO", "");
            assertThat(leg.statuses()).containsExactly(481);

            leg.hear(SipMethod.BYE, 481);
            assertThat(leg.end())
                    .extracting(EndCause::by, EndCause::kind)
                    .containsExactly(Side.LOCAL, Kind.BYE);
        }

        @Test
        @DisplayName("by both at once: each BYE gets 200, and it ends once")
        void crossing() {
            leg.on(new UsageEvent.Hangup(Optional.empty()));
            leg.receive("BYE", "");
            leg.hear(SipMethod.BYE, 200);
            assertThat(leg.statuses()).containsExactly(200);
            assertThat(leg.end().by()).isEqualTo(Side.LOCAL);
        }

        @Test
        @DisplayName("comes though nobody ever answers our BYE")
        void silence() {
            leg.on(new UsageEvent.Hangup(Optional.empty()));
            leg.on(
                    new UsageEvent.RequestFailed(
                            ClientTransactionId.of(leg.request(SipMethod.BYE)),
                            FailureKind.TIMEOUT));
            assertThat(leg.end().kind()).isEqualTo(Kind.BYE);

            UsageBench other = UsageBench.callingConfirmed(Messages.settings());
            other.on(new UsageEvent.Hangup(Optional.empty()));
            other.advance(Duration.ofMinutes(2));
            assertThat(other.end().kind()).isEqualTo(Kind.BYE);
        }

        @Test
        @DisplayName("waits for credentials when a proxy challenges our BYE (§22.3)")
        void challenged() {
            leg.on(new UsageEvent.Hangup(Optional.empty()));
            leg.hear(SipMethod.BYE, 407, "Proxy-Authenticate: Digest realm=\"r\", nonce=\"n\"");
            UsageNotice.Challenged told = (UsageNotice.Challenged) leg.notices().getLast();
            leg.on(
                    new UsageEvent.Retry(
                            told.tx(), List.of(new Header("Proxy-Authorization", "Digest x"))));
            assertThat(leg.methods()).containsExactly("BYE", "BYE");
            assertThat(leg.request(SipMethod.BYE).headers().cseq().number()).isEqualTo(3);
            leg.hear(SipMethod.BYE, 200);
            assertThat(leg.end().kind()).isEqualTo(Kind.BYE);
        }
    }

    @Nested
    @DisplayName("our INFO")
    class Ours {
        private final Content key = Content.of("application/dtmf-relay", "Signal=5");

        @Test
        @DisplayName("goes out in the dialog; a refusal changes nothing")
        void refused() {
            leg.on(new UsageEvent.SendInfo(key));
            SipRequest info = leg.request(SipMethod.INFO);
            assertThat(info.headers().first("Content-Type")).contains("application/dtmf-relay");
            leg.hear(SipMethod.INFO, 415);
            assertThat(leg.usage().phase()).isEqualTo(Phase.CONFIRMED);
        }

        @Test
        @DisplayName("shows by 481 that the dialog is gone (§12.2.1.2)")
        void gone() {
            leg.on(new UsageEvent.SendInfo(key));
            leg.hear(SipMethod.INFO, 481);
            assertThat(leg.end().kind()).isEqualTo(Kind.DIALOG_GONE);
        }

        @Test
        @DisplayName("is not sent before the peer can know the dialog, and 481 is no end there")
        void early() {
            UsageBench called = UsageBench.called();
            called.on(new UsageEvent.SendInfo(key));
            assertThat(called.requests()).isEmpty();
            called.on(new UsageEvent.Ring(180, Optional.empty()));
            called.on(new UsageEvent.SendInfo(key));
            called.hear(SipMethod.INFO, 481);
            assertThat(called.usage().phase()).isEqualTo(Phase.EARLY);
        }

        @Test
        @DisplayName("has a bound on how many may be under way")
        void bound() {
            for (int i = 0; i < 2 * Turn.AWAITED_MAX; i++) {
                leg.on(new UsageEvent.SendInfo(key));
            }
            assertThat(leg.requests()).hasSize(Turn.AWAITED_MAX);
        }
    }
}
