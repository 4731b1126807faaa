package io.jackfield.protocol.sip.transaction;

import static io.jackfield.protocol.sip.transaction.Messages.ack;
import static io.jackfield.protocol.sip.transaction.Messages.inDialog;
import static io.jackfield.protocol.sip.transaction.Messages.invite;
import static io.jackfield.protocol.sip.transaction.Messages.request;
import static io.jackfield.protocol.sip.transaction.Messages.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jackfield.protocol.sip.Parameters;
import io.jackfield.protocol.sip.SipMethod;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import io.jackfield.protocol.sip.Via;
import io.jackfield.protocol.sip.transaction.TransactionOutput.AckArrived;
import io.jackfield.protocol.sip.transaction.TransactionOutput.AckTimedOut;
import io.jackfield.protocol.sip.transaction.TransactionOutput.Refused;
import io.jackfield.protocol.sip.transaction.TransactionOutput.RequestArrived;
import io.jackfield.protocol.sip.transaction.TransactionOutput.RequestNotSent;
import io.jackfield.protocol.sip.transaction.TransactionOutput.RequestTimedOut;
import io.jackfield.protocol.sip.transaction.TransactionOutput.ResponseArrived;
import io.jackfield.protocol.sip.transaction.TransactionOutput.ResponseNotSent;
import io.jackfield.protocol.sip.transaction.TransactionOutput.Send;
import io.jackfield.protocol.sip.transaction.TransactionOutput.Stray;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("The table of transactions (RFC 3261 §17)")
class TransactionsTest {
    private static final TestFlow UDP = TestFlow.udp("udp-1");
    private static final TestFlow OTHER_UDP = TestFlow.udp("udp-2");
    private static final TestFlow WS = TestFlow.webSocket("ws-1");

    private static final SipRequest INVITE = invite("z9hG4bK1");
    private static final SipRequest OPTIONS = request(SipMethod.OPTIONS, "z9hG4bK2");

    private final TableBench bench = new TableBench();

    @Nested
    @DisplayName("as a client")
    class AsClient {
        private final ClientTransactionId id = ClientTransactionId.of(INVITE);

        @Test
        @DisplayName("matches a response by branch and CSeq method, over whatever flow (§17.1.3)")
        void matches() {
            bench.send(INVITE, UDP);
            SipResponse ringing = response(INVITE, 180);

            assertThat(bench.receive(ringing, OTHER_UDP))
                    .containsExactly(new ResponseArrived<>(id, ringing, UDP));
        }

        @Test
        @DisplayName("drops and counts a response of another branch or method (RFC 6026 §7.2)")
        void countsStrays() {
            bench.send(INVITE, UDP);
            SipResponse otherBranch = response(invite("z9hG4bK9"), 200);
            SipResponse otherMethod = response(request(SipMethod.BYE, "z9hG4bK1"), 200);

            assertThat(bench.receive(otherBranch, UDP))
                    .containsExactly(new Stray<>(otherBranch, UDP));
            assertThat(bench.receive(otherMethod, UDP))
                    .containsExactly(new Stray<>(otherMethod, UDP));
        }

        @Test
        @DisplayName("discards a response with more than one Via (§8.1.3.3)")
        void discardsSeveralVias() {
            bench.send(INVITE, UDP);
            SipResponse ok = response(INVITE, 200);
            Via via = ok.headers().via();
            SipResponse two = ok.withHeaders(ok.headers().withVias(List.of(via, via)));

            assertThat(bench.receive(two, UDP)).containsExactly(new Stray<>(two, UDP));
        }

        @Test
        @DisplayName("sends the ACK for a 3xx to 6xx where the INVITE went (§17.1.1.3)")
        void acknowledges() {
            bench.send(INVITE, UDP);
            SipResponse busy = response(INVITE, 486);

            assertThat(bench.receive(busy, OTHER_UDP))
                    .containsExactly(
                            new Send<>(ack(INVITE), UDP), new ResponseArrived<>(id, busy, UDP));
        }

        @Test
        @DisplayName("hands every 2xx to the user until timer M, and calls later ones stray")
        void everySuccess() {
            bench.send(INVITE, UDP);
            SipResponse ok = response(INVITE, 200);
            bench.receive(ok, UDP);
            bench.advanceMillis(31_999);
            bench.receive(ok, UDP);
            assertThat(bench.all(ResponseArrived.class)).hasSize(2);

            bench.advanceMillis(1);

            assertThat(bench.receive(ok, UDP)).containsExactly(new Stray<>(ok, UDP));
            assertThat(bench.table().size()).isZero();
        }

        @Test
        @DisplayName("reports the timeout of what nobody answered, then holds nothing")
        void timesOut() {
            bench.send(INVITE, UDP);
            bench.send(OPTIONS, UDP);
            assertThat(bench.table().size()).isEqualTo(2);

            bench.advance(Duration.ofSeconds(33));

            assertThat(bench.all(RequestTimedOut.class))
                    .containsExactly(
                            new RequestTimedOut<>(id),
                            new RequestTimedOut<>(ClientTransactionId.of(OPTIONS)));
            assertThat(bench.table().size()).isZero();
            assertThat(bench.table().remembered()).isZero();
        }

        @Test
        @DisplayName("takes neither ACK nor CANCEL nor a branch twice nor one of RFC 2543")
        void refusesOurMistakes() {
            bench.send(INVITE, UDP);

            assertThatThrownBy(() -> bench.send(INVITE, UDP))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> bench.send(ack(INVITE), UDP))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> bench.send(Messages.cancel(INVITE), UDP))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> bench.send(invite("1"), UDP))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Nested
    @DisplayName("as a server")
    class AsServer {
        @Test
        @DisplayName("hands a new request to the user once, and answers its repetitions itself")
        void handsOverOnce() {
            assertThat(bench.receive(OPTIONS, UDP))
                    .containsExactly(
                            new RequestArrived<>(ServerTransactionId.of(OPTIONS), OPTIONS, UDP));
            assertThat(bench.receive(OPTIONS, UDP)).isEmpty();

            bench.respond(OPTIONS, 200);

            assertThat(bench.receive(OPTIONS, UDP))
                    .containsExactly(new Send<>(response(OPTIONS, 200), UDP));
        }

        @Test
        @DisplayName("answers a repetition where the request came from first")
        void answersTheFirstFlow() {
            bench.receive(OPTIONS, UDP);
            bench.respond(OPTIONS, 200);

            assertThat(bench.receive(OPTIONS, OTHER_UDP))
                    .containsExactly(new Send<>(response(OPTIONS, 200), UDP));
        }

        @Test
        @DisplayName("tells requests apart by branch, sent-by and method (§17.2.3)")
        void tellsApart() {
            SipRequest sameBranch = request(SipMethod.INFO, "z9hG4bK2", "other-call", 1);
            Via via = OPTIONS.headers().via();
            Via otherPort =
                    new Via(via.transport(), via.host(), OptionalInt.of(5070), via.parameters());
            SipRequest sameMethod =
                    request(SipMethod.OPTIONS, "z9hG4bK2", "third-call", 1)
                            .withHeaders(
                                    request(SipMethod.OPTIONS, "z9hG4bK2", "third-call", 1)
                                            .headers()
                                            .withVias(List.of(otherPort)));

            bench.receive(OPTIONS, UDP);
            bench.receive(sameBranch, UDP);
            bench.receive(sameMethod, UDP);

            assertThat(bench.all(RequestArrived.class)).hasSize(3);
        }

        @Test
        @DisplayName("compares the sent-by without case")
        void sentByWithoutCase() {
            Via via = OPTIONS.headers().via();
            Via shouted =
                    new Via(via.transport(), "PC33.ATLANTA.EXAMPLE", via.port(), via.parameters());
            bench.receive(OPTIONS, UDP);

            assertThat(
                            bench.receive(
                                    OPTIONS.withHeaders(
                                            OPTIONS.headers().withVias(List.of(shouted))),
                                    UDP))
                    .isEmpty();
        }

        @Test
        @DisplayName("absorbs the ACK for a 3xx to 6xx, and hands that for a 2xx to the user")
        void acknowledgements() {
            bench.receive(INVITE, UDP);
            bench.respond(INVITE, 486);
            assertThat(bench.receive(ack(INVITE), UDP)).isEmpty();

            SipRequest ackForSuccess = inDialog(request(SipMethod.ACK, "z9hG4bK77"));
            assertThat(bench.receive(ackForSuccess, UDP))
                    .containsExactly(new AckArrived<>(ackForSuccess, UDP));
            assertThat(bench.receive(ackForSuccess, UDP)).hasSize(1);
            assertThat(bench.statusesSent()).containsExactly(486);
        }

        @Test
        @DisplayName("sends every 2xx that the user repeats until timer L, and none afterwards")
        void userRepeatsSuccess() {
            bench.receive(INVITE, UDP);
            bench.respond(INVITE, 200);
            bench.advanceMillis(500);
            bench.respond(INVITE, 200);
            bench.advance(Duration.ofSeconds(32));
            bench.respond(INVITE, 200);

            assertThat(bench.statusesSent()).containsExactly(200, 200);
            assertThat(bench.table().size()).isZero();
        }

        @Test
        @DisplayName("reports an ACK that never came")
        void ackNeverCame() {
            bench.receive(INVITE, WS);
            bench.respond(INVITE, 603);
            bench.advance(Duration.ofSeconds(32));

            assertThat(bench.millisOf(AckTimedOut.class)).containsExactly(32_000L);
            assertThat(bench.table().size()).isZero();
        }

        @Test
        @DisplayName("ignores an answer to what it does not know")
        void unknownAnswer() {
            assertThat(bench.respond(INVITE, 200)).isEmpty();
        }

        @Test
        @DisplayName("is empty once the timers of everything it answered have ended")
        void isEmptyAfterwards() {
            for (TestFlow flow : List.of(UDP, WS)) {
                for (int status : List.of(200, 302, 486, 503, 603)) {
                    SipRequest call = invite("z9hG4bK-" + flow.name() + status);
                    SipRequest ping = request(SipMethod.OPTIONS, "z9hG4bKo" + flow.name() + status);
                    bench.receive(call, flow);
                    bench.receive(ping, flow);
                    bench.respond(call, status);
                    bench.respond(ping, status);
                }
            }
            bench.advance(Duration.ofSeconds(37));

            assertThat(bench.table().size()).isZero();
            assertThat(bench.table().remembered()).isZero();
        }
    }

    @Nested
    @DisplayName("with elements of RFC 2543, whose branch is not unique (§17.2.3)")
    class OlderElements {
        private final SipRequest older = withoutBranch(INVITE);

        private static SipRequest withoutBranch(SipRequest request) {
            Via via = request.headers().via();
            Via bare = new Via(via.transport(), via.host(), via.port(), Parameters.NONE);
            return request.withHeaders(request.headers().withVias(List.of(bare)));
        }

        @Test
        @DisplayName("knows a repetition and the ACK by URI, From tag, Call-ID, CSeq and Via")
        void matches() {
            bench.receive(older, UDP);
            assertThat(bench.receive(older, UDP)).isEmpty();
            bench.respond(older, 404);

            assertThat(bench.receive(withoutBranch(ack(older)), UDP)).isEmpty();
            bench.advance(Duration.ofSeconds(40));

            assertThat(bench.all(AckTimedOut.class)).isEmpty();
            assertThat(bench.all(RequestArrived.class)).hasSize(1);
        }

        @Test
        @DisplayName("takes another CSeq for another transaction")
        void otherCseq() {
            bench.receive(older, UDP);
            bench.receive(
                    withoutBranch(inDialog(request(SipMethod.INVITE, "-", "call-z9hG4bK1", 2))),
                    UDP);

            assertThat(bench.all(RequestArrived.class)).hasSize(2);
        }

        @Test
        @DisplayName("hands the ACK for a 2xx to the user though it matches the INVITE")
        void acknowledgesSuccess() {
            bench.receive(older, UDP);
            bench.respond(older, 200);
            SipRequest ack = withoutBranch(ack(older));

            assertThat(bench.receive(ack, UDP)).containsExactly(new AckArrived<>(ack, UDP));
        }

        @Test
        @DisplayName("finds the INVITE that their CANCEL speaks of")
        void cancels() {
            bench.receive(older, UDP);
            bench.receive(withoutBranch(Messages.cancel(older)), UDP);

            assertThat(bench.all(TransactionOutput.CancelArrived.class)).hasSize(1);
            assertThat(bench.statusesSent()).containsExactly(200);
        }
    }

    @Nested
    @DisplayName("when the same request came on two ways (§8.2.2.2)")
    class Merged {
        private final SipRequest twin =
                request(SipMethod.INVITE, "z9hG4bK-fork", "call-z9hG4bK1", 1);

        @Test
        @DisplayName("answers the later one 482 and hands it to nobody")
        void answersLoopDetected() {
            bench.receive(INVITE, UDP);
            bench.receive(twin, OTHER_UDP);

            assertThat(bench.statusesSent()).containsExactly(482);
            assertThat(bench.all(RequestArrived.class)).hasSize(1);
            assertThat(bench.all(Refused.class))
                    .containsExactly(new Refused<>(twin, OTHER_UDP, Refusal.MERGED));
            assertThat(bench.receive(ack(twin), OTHER_UDP)).isEmpty();
        }

        @Test
        @DisplayName("does not mind requests in a dialog, another CSeq or another method")
        void mindsNothingElse() {
            bench.receive(INVITE, UDP);
            bench.receive(inDialog(twin), UDP);
            bench.receive(request(SipMethod.INVITE, "z9hG4bK-a", "call-z9hG4bK1", 2), UDP);
            bench.receive(request(SipMethod.OPTIONS, "z9hG4bK-b", "call-z9hG4bK1", 1), UDP);

            assertThat(bench.all(RequestArrived.class)).hasSize(4);
        }

        @Test
        @DisplayName("forgets the first one with its transaction")
        void forgets() {
            bench.receive(INVITE, WS);
            bench.respond(INVITE, 404);
            bench.receive(ack(INVITE), WS);
            bench.receive(twin, WS);

            assertThat(bench.all(RequestArrived.class)).hasSize(2);
        }
    }

    @Nested
    @DisplayName("when a flow breaks")
    class BrokenFlow {
        @Test
        @DisplayName("fails our requests on it, and no others (§17.1.4)")
        void failsOurRequests() {
            SipRequest elsewhere = invite("z9hG4bK8");
            bench.send(INVITE, WS);
            bench.send(OPTIONS, WS);
            bench.send(elsewhere, UDP);

            bench.breakTransport(WS);

            assertThat(bench.all(RequestNotSent.class))
                    .containsExactly(
                            new RequestNotSent<>(ClientTransactionId.of(INVITE)),
                            new RequestNotSent<>(ClientTransactionId.of(OPTIONS)));
            assertThat(bench.table().size()).isEqualTo(1);
            assertThat(bench.breakTransport(WS)).isEmpty();
        }

        @Test
        @DisplayName("tells of requests that still wait for their answer, and keeps them (§17.2.4)")
        void tellsOfTheirRequests() {
            bench.receive(INVITE, WS);
            bench.receive(OPTIONS, WS);
            bench.respond(OPTIONS, 200);

            assertThat(bench.breakTransport(WS))
                    .containsExactly(new ResponseNotSent<>(ServerTransactionId.of(INVITE)));
            bench.respond(INVITE, 480);
            bench.advance(Duration.ofSeconds(33));

            assertThat(bench.table().size()).isZero();
        }
    }
}
