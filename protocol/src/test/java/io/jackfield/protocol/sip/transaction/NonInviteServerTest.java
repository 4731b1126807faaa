package io.jackfield.protocol.sip.transaction;

import static io.jackfield.protocol.sip.transaction.Messages.request;
import static io.jackfield.protocol.sip.transaction.Messages.response;
import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.protocol.sip.SipMethod;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import io.jackfield.protocol.sip.transaction.ServerTransaction.Effect.Send;
import io.jackfield.protocol.sip.transaction.ServerTransaction.Effect.TellNotSent;
import io.jackfield.protocol.sip.transaction.ServerTransaction.Terminated;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("Non-INVITE server transaction (RFC 3261 §17.2.2)")
class NonInviteServerTest {
    private static final Timing UNRELIABLE =
            new Timing(TimerSettings.DEFAULT, Duration.ofMillis(200), false);
    private static final Timing RELIABLE =
            new Timing(TimerSettings.DEFAULT, Duration.ofMillis(200), true);

    private static final SipRequest OPTIONS = request(SipMethod.OPTIONS, "z9hG4bK1");
    private static final SipResponse TRYING = response(OPTIONS, 100);
    private static final SipResponse OK = response(OPTIONS, 200);

    private static ServerBench start(Timing timing) {
        return new ServerBench(NonInviteServer.start(), timing);
    }

    @Nested
    @DisplayName("over an unreliable transport")
    class Unreliable {
        private final ServerBench bench = start(UNRELIABLE);

        @Test
        @DisplayName("discards repetitions while trying, and never answers by itself")
        void silentWhileTrying() {
            assertThat(bench.receive(OPTIONS)).isEmpty();
            bench.advance(Duration.ofHours(1));

            assertThat(bench.all(Send.class)).isEmpty();
            assertThat(bench.state()).isEqualTo(new NonInviteServer.Trying());
        }

        @Test
        @DisplayName(
                "answers repetitions with the most recent provisional response while proceeding")
        void repeatsProvisional() {
            bench.respond(TRYING);

            assertThat(bench.receive(OPTIONS)).containsExactly(new Send(TRYING));
            assertThat(bench.state()).isEqualTo(new NonInviteServer.Proceeding(TRYING));
        }

        @Test
        @DisplayName("answers repetitions with the final response for 64*T1, then ends (timer J)")
        void timerJ() {
            bench.respond(TRYING);
            bench.respond(OK);
            bench.advanceMillis(31_999);
            assertThat(bench.receive(OPTIONS)).containsExactly(new Send(OK));

            bench.advanceMillis(1);

            assertThat(bench.state()).isEqualTo(new Terminated());
            assertThat(bench.millisOf(Send.class)).containsExactly(0L, 0L, 31_999L);
        }

        @Test
        @DisplayName("discards any further response of the user")
        void discardsFurtherResponses() {
            bench.respond(OK);

            assertThat(bench.respond(response(OPTIONS, 500))).isEmpty();
            assertThat(bench.respond(TRYING)).isEmpty();
            assertThat(bench.receive(OPTIONS)).containsExactly(new Send(OK));
        }
    }

    @Test
    @DisplayName("ends with the final response over a reliable transport (timer J is zero)")
    void timerJIsZero() {
        ServerBench bench = start(RELIABLE);

        assertThat(bench.respond(OK)).containsExactly(new Send(OK));
        assertThat(bench.state()).isEqualTo(new Terminated());
    }

    @Test
    @DisplayName("tells of a transport failure before the final response and stays (RFC 6026 §8.8)")
    void transportFails() {
        ServerBench bench = start(RELIABLE);

        assertThat(bench.breakTransport()).containsExactly(new TellNotSent());
        bench.respond(TRYING);
        assertThat(bench.breakTransport()).containsExactly(new TellNotSent());
        assertThat(bench.state()).isEqualTo(new NonInviteServer.Proceeding(TRYING));
    }

    @Test
    @DisplayName("leaves a transport failure after the final response to timer J")
    void transportFailsLate() {
        ServerBench bench = start(UNRELIABLE);
        bench.respond(OK);

        assertThat(bench.breakTransport()).isEmpty();
        assertThat(bench.state()).isEqualTo(new NonInviteServer.Completed(OK));
    }
}
