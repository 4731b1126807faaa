package io.jackfield.protocol.sip.transaction;

import static io.jackfield.protocol.sip.transaction.Messages.invite;
import static io.jackfield.protocol.sip.transaction.Messages.response;
import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.protocol.sip.CSeq;
import io.jackfield.protocol.sip.Header;
import io.jackfield.protocol.sip.NameAddress;
import io.jackfield.protocol.sip.SipHeaders;
import io.jackfield.protocol.sip.SipMethod;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import io.jackfield.protocol.sip.SipUri;
import io.jackfield.protocol.sip.transaction.ClientTransaction.Effect;
import io.jackfield.protocol.sip.transaction.ClientTransaction.Effect.BeginCancel;
import io.jackfield.protocol.sip.transaction.ClientTransaction.Effect.Send;
import io.jackfield.protocol.sip.transaction.ClientTransaction.Effect.TellNotSent;
import io.jackfield.protocol.sip.transaction.ClientTransaction.Effect.TellResponse;
import io.jackfield.protocol.sip.transaction.ClientTransaction.Effect.TellTimeout;
import io.jackfield.protocol.sip.transaction.ClientTransaction.Terminated;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("INVITE client transaction (RFC 3261 §17.1.1, RFC 6026)")
class InviteClientTest {
    private static final Timing UNRELIABLE =
            new Timing(TimerSettings.DEFAULT, Duration.ofMillis(200), false);
    private static final Timing RELIABLE =
            new Timing(TimerSettings.DEFAULT, Duration.ofMillis(200), true);

    private static final SipRequest INVITE = invite("z9hG4bK1");
    private static final SipResponse TRYING = response(INVITE, 100);
    private static final SipResponse RINGING = response(INVITE, 180);
    private static final SipResponse OK = response(INVITE, 200);
    private static final SipResponse BUSY = response(INVITE, 486);

    private static ClientBench start(Timing timing) {
        return new ClientBench(InviteClient.start(INVITE, timing), timing);
    }

    @Nested
    @DisplayName("over an unreliable transport")
    class Unreliable {
        private final ClientBench bench = start(UNRELIABLE);

        @Test
        @DisplayName(
                "resends at 0.5, 1.5, 3.5 … s, then reports a timeout after 32 s (timers A, B)")
        void resendsWithDoublingIntervalsUntilTimerB() {
            bench.advance(Duration.ofSeconds(120));

            assertThat(bench.millisOf(Send.class))
                    .containsExactly(0L, 500L, 1_500L, 3_500L, 7_500L, 15_500L, 31_500L);
            assertThat(bench.all(Send.class)).containsOnly(new Send(INVITE));
            assertThat(bench.millisOf(TellTimeout.class)).containsExactly(32_000L);
            assertThat(bench.state()).isEqualTo(new Terminated());
        }

        @Test
        @DisplayName("stops resending and waits for ever once a provisional response has come")
        void provisionalStopsTheTimers() {
            bench.advanceMillis(600);
            bench.hear(TRYING);
            bench.advance(Duration.ofHours(1));

            assertThat(bench.millisOf(Send.class)).containsExactly(0L, 500L);
            assertThat(bench.all(TellTimeout.class)).isEmpty();
            assertThat(bench.state()).isEqualTo(new InviteClient.Proceeding(INVITE, false));
        }

        @Test
        @DisplayName("passes every provisional response to the user")
        void passesProvisionalResponses() {
            bench.hear(TRYING);
            bench.hear(RINGING);
            bench.hear(RINGING);

            assertThat(bench.all(TellResponse.class))
                    .containsExactly(
                            new TellResponse(TRYING),
                            new TellResponse(RINGING),
                            new TellResponse(RINGING));
        }

        @Test
        @DisplayName("acknowledges a 3xx to 6xx, and again each repetition, which is not passed on")
        void acknowledgesFailure() {
            bench.hear(BUSY);
            bench.advanceMillis(500);
            bench.hear(BUSY);

            assertThat(bench.all(TellResponse.class)).containsExactly(new TellResponse(BUSY));
            assertThat(acksOf(bench)).hasSize(2).containsOnly(HopByHop.ack(INVITE, BUSY));
        }

        @Test
        @DisplayName("absorbs repetitions of a 3xx to 6xx for 32 s, and then ends (timer D)")
        void timerD() {
            bench.hear(BUSY);
            bench.advanceMillis(31_999);
            assertThat(bench.hear(BUSY)).hasSize(1);

            bench.advanceMillis(1);

            assertThat(bench.state()).isEqualTo(new Terminated());
            assertThat(bench.all(TellTimeout.class)).isEmpty();
        }

        @Test
        @DisplayName("keeps timer D at 32 s at least, though T1 be short")
        void timerDIsNeverShorter() {
            Timing lan =
                    new Timing(
                            new TimerSettings(
                                    Duration.ofMillis(10),
                                    Duration.ofMillis(80),
                                    Duration.ofMillis(100)),
                            Duration.ZERO,
                            false);
            ClientBench quick = start(lan);
            quick.hear(BUSY);

            quick.advanceMillis(31_999);
            assertThat(quick.state()).isInstanceOf(InviteClient.Completed.class);
            quick.advanceMillis(1);
            assertThat(quick.state()).isEqualTo(new Terminated());
        }

        @Test
        @DisplayName("says nothing more to its user when the transport breaks under the ACK")
        void brokenInCompleted() {
            bench.hear(BUSY);

            assertThat(bench.breakTransport()).isEmpty();
            assertThat(bench.state()).isEqualTo(new Terminated());
        }
    }

    @Nested
    @DisplayName("over a reliable transport")
    class Reliable {
        private final ClientBench bench = start(RELIABLE);

        @Test
        @DisplayName("sends once, and reports a timeout after 32 s all the same (timer B)")
        void sendsOnce() {
            bench.advance(Duration.ofSeconds(120));

            assertThat(bench.millisOf(Send.class)).containsExactly(0L);
            assertThat(bench.millisOf(TellTimeout.class)).containsExactly(32_000L);
        }

        @Test
        @DisplayName("acknowledges a 3xx to 6xx and ends at once (timer D is zero)")
        void timerDIsZero() {
            List<Effect> effects = bench.hear(BUSY);

            assertThat(effects)
                    .containsExactly(new Send(HopByHop.ack(INVITE, BUSY)), new TellResponse(BUSY));
            assertThat(bench.state()).isEqualTo(new Terminated());
        }
    }

    @Nested
    @DisplayName("after a 2xx (RFC 6026 §8.4)")
    class AfterSuccess {
        private final ClientBench bench = start(RELIABLE);

        @Test
        @DisplayName("passes every 2xx to the user, from each fork, and never acknowledges itself")
        void passesEachSuccess() {
            SipResponse otherFork =
                    OK.withHeaders(
                            OK.headers()
                                    .withTo(NameAddress.of(Messages.BOB).withTag("other-fork")));
            bench.hear(RINGING);
            bench.hear(OK);
            bench.hear(OK);
            bench.hear(otherFork);

            assertThat(bench.all(TellResponse.class))
                    .containsExactly(
                            new TellResponse(RINGING),
                            new TellResponse(OK),
                            new TellResponse(OK),
                            new TellResponse(otherFork));
            assertThat(acksOf(bench)).isEmpty();
        }

        @Test
        @DisplayName("absorbs everything but a 2xx")
        void absorbsTheRest() {
            bench.hear(OK);

            assertThat(bench.hear(RINGING)).isEmpty();
            assertThat(bench.hear(BUSY)).isEmpty();
            assertThat(bench.cancel()).isEmpty();
            assertThat(bench.breakTransport()).isEmpty();
            assertThat(bench.state()).isEqualTo(new InviteClient.Accepted());
        }

        @Test
        @DisplayName("ends 64*T1 later, over every transport (timer M)")
        void timerM() {
            bench.advanceMillis(3_000);
            bench.hear(OK);

            bench.advanceMillis(31_999);
            assertThat(bench.state()).isEqualTo(new InviteClient.Accepted());
            bench.advanceMillis(1);
            assertThat(bench.state()).isEqualTo(new Terminated());
            assertThat(bench.all(TellTimeout.class)).isEmpty();
        }
    }

    @Nested
    @DisplayName("when the user cancels (§9.1)")
    class Cancelling {
        private final ClientBench bench = start(UNRELIABLE);

        @Test
        @DisplayName("sends no CANCEL before a provisional response has come, then at once")
        void waitsForAProvisionalResponse() {
            assertThat(bench.cancel()).isEmpty();
            bench.advanceMillis(600);
            assertThat(bench.all(BeginCancel.class)).isEmpty();

            bench.hear(TRYING);

            assertThat(bench.millisOf(BeginCancel.class)).containsExactly(600L);
        }

        @Test
        @DisplayName("sends the CANCEL at once while proceeding, and only one")
        void cancelsOnce() {
            bench.hear(RINGING);
            bench.cancel();
            bench.cancel();
            bench.hear(RINGING);

            assertThat(bench.all(BeginCancel.class)).hasSize(1);
        }

        @Test
        @DisplayName("sends none when a final response overtakes it")
        void finalResponseOvertakes() {
            bench.cancel();
            bench.hear(OK);

            assertThat(bench.all(BeginCancel.class)).isEmpty();
            assertThat(bench.all(TellResponse.class)).containsExactly(new TellResponse(OK));
        }

        @Test
        @DisplayName("hears the 487 as any other final response")
        void requestTerminated() {
            SipResponse terminated = response(INVITE, 487);
            bench.hear(RINGING);
            bench.cancel();
            bench.hear(terminated);

            assertThat(bench.all(TellResponse.class)).contains(new TellResponse(terminated));
            assertThat(acksOf(bench)).containsExactly(HopByHop.ack(INVITE, terminated));
        }

        @Test
        @DisplayName("gives up when no final response comes in 64*T1 after the CANCEL")
        void givesUp() {
            bench.hear(RINGING);
            bench.advance(Duration.ofMinutes(1));
            bench.cancel();
            bench.advance(Duration.ofMinutes(5));

            assertThat(bench.millisOf(TellTimeout.class)).containsExactly(60_000L + 32_000L);
            assertThat(bench.state()).isEqualTo(new Terminated());
        }

        @Test
        @DisplayName("keeps to timer B when nothing is ever heard")
        void neverHeard() {
            bench.cancel();
            bench.advance(Duration.ofMinutes(5));

            assertThat(bench.millisOf(TellTimeout.class)).containsExactly(32_000L);
            assertThat(bench.all(BeginCancel.class)).isEmpty();
        }

        @Test
        @DisplayName("makes a CANCEL with the same URI, Via, Call-ID, To, From, Route and number")
        void looksAsItMust() {
            NameAddress route = NameAddress.of(SipUri.of("proxy.example"));
            SipRequest asked =
                    INVITE.withHeaders(
                            INVITE.headers()
                                    .withRoutes(List.of(route))
                                    .with("Require", "100rel")
                                    .with("Proxy-Require", "sec-agree"));
            ClientBench routed = new ClientBench(InviteClient.start(asked, RELIABLE), RELIABLE);
            routed.hear(TRYING);
            routed.cancel();

            SipRequest cancel = routed.all(BeginCancel.class).getFirst().cancel();
            SipHeaders headers = cancel.headers();
            assertThat(cancel.uri()).isEqualTo(asked.uri());
            assertThat(headers.vias()).containsExactly(asked.headers().via());
            assertThat(headers.cseq()).isEqualTo(new CSeq(1, SipMethod.CANCEL));
            assertThat(headers.callId()).isEqualTo(asked.headers().callId());
            assertThat(headers.from()).isEqualTo(asked.headers().from());
            assertThat(headers.to()).isEqualTo(asked.headers().to());
            assertThat(headers.routes()).containsExactly(route);
            assertThat(headers.others()).containsExactly(new Header("Reason", "SIP;cause=200"));
            assertThat(cancel.body()).isEmpty();
        }
    }

    @Nested
    @DisplayName("when the transport fails (§17.1.4)")
    class TransportFailure {
        private final ClientBench bench = start(RELIABLE);

        @Test
        @DisplayName("tells the user and ends, while calling")
        void whileCalling() {
            assertThat(bench.breakTransport()).containsExactly(new TellNotSent());
            assertThat(bench.state()).isEqualTo(new Terminated());
        }

        @Test
        @DisplayName("tells the user and ends, while proceeding: no response can come")
        void whileProceeding() {
            bench.hear(RINGING);

            assertThat(bench.breakTransport()).containsExactly(new TellNotSent());
            assertThat(bench.state()).isEqualTo(new Terminated());
        }
    }

    @Test
    @DisplayName(
            "its ACK has the INVITE's URI, Via, Route and credentials, the response's To (§17.1.1.3)")
    void ackLooksAsItMust() {
        NameAddress route = NameAddress.of(SipUri.of("proxy.example"));
        SipRequest asked =
                INVITE.withBody("application/sdp", "v=0".getBytes(StandardCharsets.UTF_8))
                        .withHeaders(
                                INVITE.headers()
                                        .withRoutes(List.of(route))
                                        .withCseq(new CSeq(4711, SipMethod.INVITE))
                                        .with("Proxy-Authorization", "Digest x")
                                        .with("Subject", "lunch"));

        SipRequest ack = HopByHop.ack(asked, BUSY);

        SipHeaders headers = ack.headers();
        assertThat(ack.uri()).isEqualTo(asked.uri());
        assertThat(headers.vias()).containsExactly(asked.headers().via());
        assertThat(headers.cseq()).isEqualTo(new CSeq(4711, SipMethod.ACK));
        assertThat(headers.callId()).isEqualTo(asked.headers().callId());
        assertThat(headers.from()).isEqualTo(asked.headers().from());
        assertThat(headers.to()).isEqualTo(BUSY.headers().to());
        assertThat(headers.to().tag()).hasValue("to-bob");
        assertThat(headers.routes()).containsExactly(route);
        assertThat(headers.maxForwards()).isEqualTo(OptionalInt.of(70));
        assertThat(headers.others()).containsExactly(new Header("Proxy-Authorization", "Digest x"));
        assertThat(ack.body()).isEmpty();
    }

    private static List<SipRequest> acksOf(ClientBench bench) {
        return bench.all(Send.class).stream()
                .map(Send::request)
                .filter(request -> request.method().equals(SipMethod.ACK))
                .toList();
    }
}
