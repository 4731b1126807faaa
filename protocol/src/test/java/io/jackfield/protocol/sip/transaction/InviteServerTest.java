package io.jackfield.protocol.sip.transaction;

import static io.jackfield.protocol.sip.transaction.Messages.ack;
import static io.jackfield.protocol.sip.transaction.Messages.invite;
import static io.jackfield.protocol.sip.transaction.Messages.response;
import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import io.jackfield.protocol.sip.transaction.ServerTransaction.Effect.Send;
import io.jackfield.protocol.sip.transaction.ServerTransaction.Effect.Start;
import io.jackfield.protocol.sip.transaction.ServerTransaction.Effect.TellAck;
import io.jackfield.protocol.sip.transaction.ServerTransaction.Effect.TellAckTimeout;
import io.jackfield.protocol.sip.transaction.ServerTransaction.Effect.TellNotSent;
import io.jackfield.protocol.sip.transaction.ServerTransaction.Terminated;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("INVITE server transaction (RFC 3261 §17.2.1, RFC 6026)")
class InviteServerTest {
    private static final Timing UNRELIABLE =
            new Timing(TimerSettings.DEFAULT, Duration.ofMillis(200), false);
    private static final Timing RELIABLE =
            new Timing(TimerSettings.DEFAULT, Duration.ofMillis(200), true);

    private static final SipRequest INVITE = invite("z9hG4bK1");
    private static final SipRequest ACK = ack(INVITE);
    private static final SipResponse RINGING = response(INVITE, 180);
    private static final SipResponse PROGRESS = response(INVITE, 183);
    private static final SipResponse OK = response(INVITE, 200);
    private static final SipResponse BUSY = response(INVITE, 486);

    private static ServerBench start(Timing timing) {
        return new ServerBench(InviteServer.start(INVITE, timing), timing);
    }

    @Nested
    @DisplayName("while proceeding")
    class WhileProceeding {
        private final ServerBench bench = start(UNRELIABLE);

        @Test
        @DisplayName("says 100 without a tag when the user is silent for 200 ms")
        void saysTrying() {
            bench.advance(Duration.ofHours(1));

            assertThat(bench.millisOf(Send.class)).containsExactly(200L);
            SipResponse trying = bench.all(Send.class).getFirst().response();
            assertThat(trying.status()).isEqualTo(100);
            assertThat(trying.headers().to().tag()).isEmpty();
            assertThat(trying.headers().vias()).isEqualTo(INVITE.headers().vias());
        }

        @Test
        @DisplayName("says 100 at once when told to")
        void saysTryingAtOnce() {
            ServerBench eager = start(new Timing(TimerSettings.DEFAULT, Duration.ZERO, true));

            assertThat(eager.millisOf(Send.class)).containsExactly(0L);
            eager.advance(Duration.ofSeconds(1));
            assertThat(eager.all(Send.class)).hasSize(1);
        }

        @Test
        @DisplayName("says no 100 when the user answered within 200 ms")
        void userWasQuick() {
            bench.advanceMillis(199);
            bench.respond(RINGING);
            bench.advance(Duration.ofSeconds(9));

            assertThat(bench.all(Send.class)).containsExactly(new Send(RINGING));
        }

        @Test
        @DisplayName("is silent to a repeated INVITE as long as nothing was answered")
        void repeatedBeforeAnyAnswer() {
            assertThat(bench.receive(INVITE)).isEmpty();
        }

        @Test
        @DisplayName("answers a repeated INVITE with the most recent provisional response")
        void repeatsProvisional() {
            bench.respond(RINGING);
            bench.respond(PROGRESS);

            assertThat(bench.receive(INVITE)).containsExactly(new Send(PROGRESS));
            assertThat(bench.receive(INVITE)).containsExactly(new Send(PROGRESS));
        }

        @Test
        @DisplayName("ignores an ACK for what was not answered")
        void earlyAck() {
            assertThat(bench.receive(ACK)).isEmpty();
            assertThat(bench.state()).isInstanceOf(InviteServer.Proceeding.class);
        }

        @Test
        @DisplayName("tells of a transport failure and stays (RFC 6026 §8.8)")
        void transportFails() {
            assertThat(bench.breakTransport()).containsExactly(new TellNotSent());
            assertThat(bench.state()).isInstanceOf(InviteServer.Proceeding.class);
        }
    }

    @Nested
    @DisplayName("after a 3xx to 6xx over an unreliable transport")
    class CompletedUnreliable {
        private final ServerBench bench = start(UNRELIABLE);

        @Test
        @DisplayName(
                "resends at intervals that double up to T2, then reports the lost ACK (timers G, H)")
        void resendsUntilTimerH() {
            bench.respond(BUSY);
            bench.advance(Duration.ofSeconds(120));

            assertThat(bench.all(Send.class)).containsOnly(new Send(BUSY));
            assertThat(bench.millisOf(Send.class))
                    .containsExactly(
                            0L, 500L, 1_500L, 3_500L, 7_500L, 11_500L, 15_500L, 19_500L, 23_500L,
                            27_500L, 31_500L);
            assertThat(bench.millisOf(TellAckTimeout.class)).containsExactly(32_000L);
            assertThat(bench.state()).isEqualTo(new Terminated());
        }

        @Test
        @DisplayName("answers a repeated INVITE with the final response")
        void repeatsFinal() {
            bench.respond(BUSY);

            assertThat(bench.receive(INVITE)).containsExactly(new Send(BUSY));
        }

        @Test
        @DisplayName("falls silent with the ACK, absorbs further ACKs and INVITEs for T4 (timer I)")
        void timerI() {
            bench.respond(BUSY);
            bench.advanceMillis(600);
            bench.receive(ACK);
            assertThat(bench.receive(ACK)).isEmpty();
            assertThat(bench.receive(INVITE)).isEmpty();

            bench.advanceMillis(4_999);
            assertThat(bench.state()).isEqualTo(new InviteServer.Confirmed());
            bench.advanceMillis(1);

            assertThat(bench.state()).isEqualTo(new Terminated());
            assertThat(bench.millisOf(Send.class)).containsExactly(0L, 500L);
            assertThat(bench.all(TellAckTimeout.class)).isEmpty();
            assertThat(bench.all(TellAck.class)).isEmpty();
        }

        @Test
        @DisplayName("discards any further response of the user")
        void discardsFurtherResponses() {
            bench.respond(BUSY);

            assertThat(bench.respond(OK)).isEmpty();
            assertThat(bench.respond(RINGING)).isEmpty();
            bench.receive(ACK);
            assertThat(bench.respond(OK)).isEmpty();
        }
    }

    @Nested
    @DisplayName("after a 3xx to 6xx over a reliable transport")
    class CompletedReliable {
        private final ServerBench bench = start(RELIABLE);

        @Test
        @DisplayName("sends once, and reports the lost ACK after 32 s all the same (timer H)")
        void sendsOnce() {
            bench.respond(BUSY);
            bench.advance(Duration.ofSeconds(120));

            assertThat(bench.millisOf(Send.class)).containsExactly(0L);
            assertThat(bench.millisOf(TellAckTimeout.class)).containsExactly(32_000L);
        }

        @Test
        @DisplayName("ends with the ACK (timer I is zero)")
        void timerIIsZero() {
            bench.respond(BUSY);

            assertThat(bench.receive(ACK)).isEmpty();
            assertThat(bench.state()).isEqualTo(new Terminated());
        }

        @Test
        @DisplayName("leaves a transport failure to timer H")
        void transportFails() {
            bench.respond(BUSY);

            assertThat(bench.breakTransport()).isEmpty();
            assertThat(bench.state()).isInstanceOf(InviteServer.Completed.class);
        }
    }

    @Nested
    @DisplayName("after a 2xx (RFC 6026 §8.7)")
    class AfterSuccess {
        private final ServerBench bench = start(UNRELIABLE);

        @Test
        @DisplayName("repeats nothing by itself: that is the user's, whose every 2xx is sent")
        void leavesRepetitionToTheUser() {
            bench.respond(OK);
            bench.advanceMillis(500);
            bench.respond(OK);
            bench.advanceMillis(20_000);

            assertThat(bench.millisOf(Send.class)).containsExactly(0L, 500L);
        }

        @Test
        @DisplayName("absorbs a repeated INVITE, and any other response of the user")
        void absorbsTheRest() {
            bench.respond(OK);

            assertThat(bench.receive(INVITE)).isEmpty();
            assertThat(bench.respond(RINGING)).isEmpty();
            assertThat(bench.respond(BUSY)).isEmpty();
            assertThat(bench.breakTransport()).isEmpty();
            assertThat(bench.state()).isEqualTo(new InviteServer.Accepted());
        }

        @Test
        @DisplayName("passes an ACK of the same branch to the user")
        void passesTheAck() {
            bench.respond(OK);

            assertThat(bench.receive(ACK)).containsExactly(new TellAck(ACK));
        }

        @Test
        @DisplayName("ends 64*T1 later, over every transport (timer L)")
        void timerL() {
            for (Timing timing : new Timing[] {UNRELIABLE, RELIABLE}) {
                ServerBench accepted = start(timing);
                assertThat(accepted.respond(OK))
                        .containsExactly(new Send(OK), new Start(Timer.L, Duration.ofSeconds(32)));

                accepted.advanceMillis(31_999);
                assertThat(accepted.state()).isEqualTo(new InviteServer.Accepted());
                accepted.advanceMillis(1);
                assertThat(accepted.state()).isEqualTo(new Terminated());
                assertThat(accepted.all(TellAckTimeout.class)).isEmpty();
            }
        }
    }
}
