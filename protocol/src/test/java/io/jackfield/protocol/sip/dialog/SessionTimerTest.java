package io.jackfield.protocol.sip.dialog;

import static io.jackfield.protocol.sip.dialog.UsageBench.ABLE;
import static io.jackfield.protocol.sip.dialog.UsageBench.ANSWER;
import static io.jackfield.protocol.sip.dialog.UsageBench.OFFER;
import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.protocol.sip.SipMethod;
import io.jackfield.protocol.sip.SipResponse;
import io.jackfield.protocol.sip.dialog.EndCause.Kind;
import io.jackfield.protocol.sip.dialog.EndCause.Side;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Session timer (RFC 4028)")
class SessionTimerTest {
    private static final LegSettings SETTINGS =
            Messages.settings().withSessionTimer(SessionTimerSettings.DEFAULT);

    private static UsageBench calling(String... answerLines) {
        UsageBench leg = UsageBench.calling(SETTINGS, Optional.of(OFFER));
        leg.hear(200, ANSWER, answerLines);
        leg.bench().forget();
        return leg;
    }

    @Nested
    @DisplayName("as caller")
    class AsCaller {
        @Test
        @DisplayName("asks for an interval and leaves open who refreshes (§7.1)")
        void asks() {
            UsageBench leg = UsageBench.calling(SETTINGS, Optional.of(OFFER));
            assertThat(leg.request(SipMethod.INVITE).headers().first("Session-Expires"))
                    .contains("1800");
            assertThat(leg.request(SipMethod.INVITE).headers().lists("Supported", "timer"))
                    .isTrue();
        }

        @Test
        @DisplayName("refreshes by UPDATE at half the interval, again and again (§10)")
        void refreshes() {
            UsageBench leg = calling("Session-Expires: 100;refresher=uac", "Allow: INVITE, UPDATE");
            leg.advance(Duration.ofSeconds(50));
            assertThat(leg.methods()).containsExactly("UPDATE");
            assertThat(leg.request(SipMethod.UPDATE).body()).isEmpty();
            assertThat(leg.request(SipMethod.UPDATE).headers().first("Session-Expires"))
                    .contains("100;refresher=uac");

            leg.hear(SipMethod.UPDATE, 200, "Session-Expires: 100;refresher=uac");
            leg.advance(Duration.ofSeconds(50));
            assertThat(leg.bench().millisOf(UsageEffect.SendRequest.class))
                    .containsExactly(50_000L, 100_000L);
            assertThat(leg.notices()).isEmpty();
        }

        @Test
        @DisplayName("refreshes by re-INVITE with the last SDP when UPDATE is not allowed (§7.4)")
        void refreshesByInvite() {
            UsageBench leg = calling("Session-Expires: 100;refresher=uac", "Allow: INVITE");
            leg.advance(Duration.ofSeconds(50));
            assertThat(leg.methods()).containsExactly("INVITE");
            assertThat(Sdp.of(leg.request(SipMethod.INVITE))).contains(OFFER);
            leg.hear(200, ANSWER, "Session-Expires: 100;refresher=uac");
            assertThat(leg.acks()).hasSize(1);
            assertThat(leg.notices()).as("nothing new was said").isEmpty();
        }

        @Test
        @DisplayName("falls back to re-INVITE when the UPDATE is refused with 405")
        void updateRefused() {
            UsageBench leg = calling("Session-Expires: 100;refresher=uac", "Allow: INVITE, UPDATE");
            leg.advance(Duration.ofSeconds(50));
            leg.hear(SipMethod.UPDATE, 405);
            assertThat(leg.methods()).containsExactly("UPDATE", "INVITE");
        }

        @Test
        @DisplayName("tries a refused refresh again, and says BYE before the session expires (§10)")
        void refreshFails() {
            UsageBench leg = calling("Session-Expires: 120;refresher=uac", "Allow: INVITE");
            leg.advance(Duration.ofSeconds(60));
            leg.hear(503, "");
            leg.advance(Duration.ofSeconds(10));
            leg.hear(503, "");
            leg.advance(Duration.ofSeconds(30));
            assertThat(leg.bench().millisOf(UsageEffect.SendRequest.class))
                    .containsExactly(60_000L, 70_000L, 80_000L, 88_000L);
            assertThat(leg.methods()).containsExactly("INVITE", "INVITE", "INVITE", "BYE");
        }

        @Test
        @DisplayName("keeps to its plan when another change is refused on the way")
        void planStays() {
            UsageBench leg = calling("Session-Expires: 120;refresher=uac", "Allow: INVITE");
            leg.on(new UsageEvent.Offer("another"));
            leg.hear(488, "");
            leg.advance(Duration.ofSeconds(60));
            assertThat(leg.bench().millisOf(UsageEffect.SendRequest.class))
                    .containsExactly(0L, 60_000L);
        }

        @Test
        @DisplayName("says BYE min(32 s, a third) before the end when the peer does not refresh")
        void peerDoesNotRefresh() {
            UsageBench leg = calling("Session-Expires: 90;refresher=uas");
            leg.advance(Duration.ofSeconds(70));
            assertThat(leg.bench().millisOf(UsageEffect.SendRequest.class))
                    .containsExactly(60_000L);
            leg.hear(SipMethod.BYE, 200);
            assertThat(leg.end()).isEqualTo(EndCause.of(Side.NETWORK, Kind.SESSION_EXPIRED));
        }

        @Test
        @DisplayName("has no timer when the 2xx has none (§7.2)")
        void switchedOff() {
            assertThat(calling().usage().deadlineNanos()).isEmpty();
        }

        @Test
        @DisplayName("starts anew when the peer refreshes, by UPDATE or re-INVITE")
        void peerRefreshes() {
            UsageBench leg = calling("Session-Expires: 90;refresher=uas");
            leg.advance(Duration.ofSeconds(45));
            leg.receive("UPDATE", "", "Session-Expires: 90;refresher=uac", "Supported: timer");
            assertThat(leg.response().headers().first("Session-Expires"))
                    .contains("90;refresher=uac");
            leg.advance(Duration.ofSeconds(45));
            leg.receive("INVITE", ANSWER, "Session-Expires: 90;refresher=uac", "Supported: timer");
            leg.on(new UsageEvent.AnswerOffer(OFFER));
            leg.ack(leg.peerCseq(), "");
            leg.advance(Duration.ofSeconds(59));
            assertThat(leg.requests()).isEmpty();
            leg.advance(Duration.ofSeconds(1));
            assertThat(leg.methods()).containsExactly("BYE");
        }
    }

    @Nested
    @DisplayName("as called party (§9)")
    class AsCalled {
        private SipResponse answer(LegSettings settings, String... lines) {
            UsageBench leg = UsageBench.called(settings, Messages.invite(OFFER, lines));
            leg.on(new UsageEvent.Accept(ANSWER));
            return leg.response();
        }

        @ParameterizedTest
        @CsvSource({
            "90;refresher=uac, timer, 90;refresher=uac, timer",
            "90;refresher=uas, timer, 90;refresher=uas, none",
            "90, timer, 90;refresher=uas, none",
            "3600;refresher=uac, timer, 1800;refresher=uac, timer",
            "90;refresher=uac, other, 90;refresher=uas, none"
        })
        @DisplayName("answers by table 2")
        void table(String asked, String supported, String told, String required) {
            SipResponse response =
                    answer(SETTINGS, "Session-Expires: " + asked, "Supported: " + supported);
            assertThat(response.headers().first("Session-Expires")).contains(told);
            assertThat(response.headers().first("Require").orElse("none")).isEqualTo(required);
        }

        @Test
        @DisplayName("does not go below the Min-SE of the request")
        void minSe() {
            SipResponse response =
                    answer(SETTINGS, "Session-Expires: 7200", "Min-SE: 3600", "Supported: timer");
            assertThat(response.headers().first("Session-Expires")).contains("3600;refresher=uas");
        }

        @Test
        @DisplayName("begins a timer of its own when the caller has none, and refreshes it")
        void ourOwn() {
            assertThat(answer(SETTINGS).headers().first("Session-Expires"))
                    .contains("1800;refresher=uas");
        }

        @Test
        @DisplayName("says nothing of it when it is switched off")
        void off() {
            SipResponse response =
                    answer(Messages.settings(), "Session-Expires: 90", "Supported: timer");
            assertThat(response.headers().first("Session-Expires")).isEmpty();
        }

        @Test
        @DisplayName("refreshes at half the interval when that is its part")
        void refreshes() {
            UsageBench leg =
                    UsageBench.called(
                            SETTINGS,
                            Messages.invite(
                                    OFFER, "Session-Expires: 90;refresher=uas", ABLE[0], ABLE[1]));
            leg.on(new UsageEvent.Accept(ANSWER));
            leg.ack(1, "");
            leg.advance(Duration.ofSeconds(45));
            assertThat(leg.request(SipMethod.UPDATE).headers().first("Session-Expires"))
                    .contains("90;refresher=uac");
        }
    }
}
