package io.jackfield.protocol.sip.transaction;

import static io.jackfield.protocol.sip.transaction.Messages.request;
import static io.jackfield.protocol.sip.transaction.Messages.response;
import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.protocol.sip.SipMethod;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import io.jackfield.protocol.sip.transaction.ClientTransaction.Effect.Send;
import io.jackfield.protocol.sip.transaction.ClientTransaction.Effect.TellNotSent;
import io.jackfield.protocol.sip.transaction.ClientTransaction.Effect.TellResponse;
import io.jackfield.protocol.sip.transaction.ClientTransaction.Effect.TellTimeout;
import io.jackfield.protocol.sip.transaction.ClientTransaction.Terminated;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("Non-INVITE client transaction (RFC 3261 §17.1.2)")
class NonInviteClientTest {
    private static final Timing UNRELIABLE =
            new Timing(TimerSettings.DEFAULT, Duration.ofMillis(200), false);
    private static final Timing RELIABLE =
            new Timing(TimerSettings.DEFAULT, Duration.ofMillis(200), true);

    private static final SipRequest BYE = request(SipMethod.BYE, "z9hG4bK1");
    private static final SipResponse TRYING = response(BYE, 100);
    private static final SipResponse OK = response(BYE, 200);
    private static final SipResponse GONE = response(BYE, 481);

    private static ClientBench start(Timing timing) {
        return new ClientBench(NonInviteClient.start(BYE, timing), timing);
    }

    @Nested
    @DisplayName("over an unreliable transport")
    class Unreliable {
        private final ClientBench bench = start(UNRELIABLE);

        @Test
        @DisplayName(
                "resends at intervals that double up to T2, then reports a timeout (timers E, F)")
        void resendsUpToT2() {
            bench.advance(Duration.ofSeconds(120));

            assertThat(bench.millisOf(Send.class))
                    .containsExactly(
                            0L, 500L, 1_500L, 3_500L, 7_500L, 11_500L, 15_500L, 19_500L, 23_500L,
                            27_500L, 31_500L);
            assertThat(bench.millisOf(TellTimeout.class)).containsExactly(32_000L);
            assertThat(bench.state()).isEqualTo(new Terminated());
        }

        @Test
        @DisplayName("resends every T2 once a provisional response has come, still until timer F")
        void resendsEveryT2WhileProceeding() {
            bench.advanceMillis(100);
            bench.hear(TRYING);
            bench.advance(Duration.ofSeconds(120));

            assertThat(bench.millisOf(Send.class))
                    .containsExactly(
                            0L, 500L, 4_500L, 8_500L, 12_500L, 16_500L, 20_500L, 24_500L, 28_500L);
            assertThat(bench.all(TellResponse.class)).containsExactly(new TellResponse(TRYING));
            assertThat(bench.millisOf(TellTimeout.class)).containsExactly(32_000L);
        }

        @Test
        @DisplayName(
                "passes the first final response to the user, and absorbs others for T4 (timer K)")
        void timerK() {
            bench.advanceMillis(700);
            bench.hear(OK);
            assertThat(bench.hear(OK)).isEmpty();
            assertThat(bench.hear(TRYING)).isEmpty();

            bench.advanceMillis(4_999);
            assertThat(bench.state()).isEqualTo(new NonInviteClient.Completed());
            bench.advanceMillis(1);

            assertThat(bench.state()).isEqualTo(new Terminated());
            assertThat(bench.all(TellResponse.class)).containsExactly(new TellResponse(OK));
            assertThat(bench.millisOf(Send.class)).containsExactly(0L, 500L);
        }

        @Test
        @DisplayName("takes a final response after provisional ones")
        void finalAfterProvisional() {
            bench.hear(TRYING);
            bench.hear(TRYING);
            bench.hear(GONE);
            bench.advance(Duration.ofSeconds(120));

            assertThat(bench.all(TellResponse.class))
                    .containsExactly(
                            new TellResponse(TRYING),
                            new TellResponse(TRYING),
                            new TellResponse(GONE));
            assertThat(bench.all(TellTimeout.class)).isEmpty();
        }

        @Test
        @DisplayName("ends without a word when the transport breaks after the final response")
        void brokenInCompleted() {
            bench.hear(OK);

            assertThat(bench.breakTransport()).isEmpty();
            assertThat(bench.state()).isEqualTo(new Terminated());
        }
    }

    @Nested
    @DisplayName("over a reliable transport")
    class Reliable {
        private final ClientBench bench = start(RELIABLE);

        @Test
        @DisplayName("sends once, and reports a timeout after 32 s (timer F)")
        void sendsOnce() {
            bench.advanceMillis(10_000);
            bench.hear(TRYING);
            bench.advance(Duration.ofSeconds(120));

            assertThat(bench.millisOf(Send.class)).containsExactly(0L);
            assertThat(bench.millisOf(TellTimeout.class)).containsExactly(32_000L);
        }

        @Test
        @DisplayName("ends with the final response (timer K is zero)")
        void timerKIsZero() {
            assertThat(bench.hear(OK)).containsExactly(new TellResponse(OK));
            assertThat(bench.state()).isEqualTo(new Terminated());
        }

        @Test
        @DisplayName("tells the user when the transport fails before the final response (§17.1.4)")
        void transportFails() {
            bench.hear(TRYING);

            assertThat(bench.breakTransport()).containsExactly(new TellNotSent());
            assertThat(bench.state()).isEqualTo(new Terminated());
            assertThat(start(RELIABLE).breakTransport()).containsExactly(new TellNotSent());
        }
    }

    @Test
    @DisplayName("cannot be cancelled: only an INVITE can (§9.1)")
    void cannotBeCancelled() {
        ClientBench bench = start(UNRELIABLE);

        assertThat(bench.cancel()).isEmpty();
        bench.hear(TRYING);
        assertThat(bench.cancel()).isEmpty();
        bench.hear(OK);
        assertThat(bench.cancel()).isEmpty();
    }
}
