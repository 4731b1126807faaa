package io.jackfield.protocol.sip.transaction;

import static io.jackfield.protocol.sip.transaction.Messages.ack;
import static io.jackfield.protocol.sip.transaction.Messages.cancel;
import static io.jackfield.protocol.sip.transaction.Messages.invite;
import static io.jackfield.protocol.sip.transaction.Messages.request;
import static io.jackfield.protocol.sip.transaction.Messages.response;
import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.protocol.sip.SipMessage;
import io.jackfield.protocol.sip.SipMethod;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import io.jackfield.protocol.sip.transaction.TransactionOutput.CancelArrived;
import io.jackfield.protocol.sip.transaction.TransactionOutput.Refused;
import io.jackfield.protocol.sip.transaction.TransactionOutput.RequestTimedOut;
import io.jackfield.protocol.sip.transaction.TransactionOutput.ResponseArrived;
import io.jackfield.protocol.sip.transaction.TransactionOutput.Send;
import io.jackfield.protocol.sip.transaction.TransactionOutput.Stray;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("CANCEL (RFC 3261 §9)")
class TransactionsCancelTest {
    private static final TestFlow UDP = TestFlow.udp("udp-1");
    private static final TestFlow STRANGER = TestFlow.udp("udp-stranger");
    private static final TestFlow WS = TestFlow.webSocket("ws-1");
    private static final SipRequest INVITE = invite("z9hG4bK1");
    private static final SipRequest CANCEL = cancel(INVITE);

    private final TableBench bench = new TableBench();

    @Nested
    @DisplayName("of ours")
    class Ours {
        @Test
        @DisplayName(
                "goes the way of the INVITE after the first provisional response, repeated as BYE is")
        void isATransactionOfItsOwn() {
            bench.send(INVITE, UDP);
            bench.cancel(INVITE);
            assertThat(bench.all(Send.class)).hasSize(1);

            bench.receive(response(INVITE, 180), UDP);
            bench.advanceMillis(500);

            assertThat(bench.all(Send.class))
                    .containsExactly(
                            new Send<>(INVITE, UDP),
                            new Send<>(CANCEL, UDP),
                            new Send<>(CANCEL, UDP));
        }

        @Test
        @DisplayName("is not spoken of: neither its answer nor its timeout reaches the user")
        void isNotSpokenOf() {
            bench.send(INVITE, UDP);
            bench.receive(response(INVITE, 180), UDP);
            bench.cancel(INVITE);
            assertThat(bench.receive(response(CANCEL, 200), UDP)).isEmpty();

            bench.receive(response(INVITE, 487), UDP);
            bench.advance(Duration.ofSeconds(40));

            assertThat(bench.all(ResponseArrived.class)).hasSize(2);
            assertThat(bench.all(RequestTimedOut.class)).isEmpty();
            assertThat(bench.all(Stray.class)).isEmpty();
            assertThat(bench.table().size()).isZero();
        }

        @Test
        @DisplayName("ends the INVITE in a timeout when the peer answers nothing any more")
        void peerIsGone() {
            bench.send(INVITE, UDP);
            bench.receive(response(INVITE, 180), UDP);
            bench.cancel(INVITE);
            bench.advance(Duration.ofSeconds(40));

            assertThat(bench.all(RequestTimedOut.class))
                    .containsExactly(new RequestTimedOut<>(ClientTransactionId.of(INVITE)));
            assertThat(bench.millisOf(RequestTimedOut.class)).containsExactly(32_000L);
            assertThat(bench.table().size()).isZero();
        }

        @Test
        @DisplayName("loses to a 2xx that was on its way, which the user hears of")
        void losesToSuccess() {
            bench.send(INVITE, UDP);
            bench.receive(response(INVITE, 180), UDP);
            bench.cancel(INVITE);
            SipResponse ok = response(INVITE, 200);

            assertThat(bench.receive(ok, UDP))
                    .containsExactly(
                            new ResponseArrived<>(ClientTransactionId.of(INVITE), ok, UDP));
        }

        @Test
        @DisplayName("of what is unknown or answered does nothing")
        void ofNothing() {
            assertThat(bench.cancel(INVITE)).isEmpty();
            bench.send(INVITE, UDP);
            bench.receive(response(INVITE, 200), UDP);
            assertThat(bench.cancel(INVITE)).isEmpty();
        }
    }

    @Nested
    @DisplayName("of theirs")
    class Theirs {
        @Test
        @DisplayName("is answered 200 at once, with the To tag of the INVITE's answers")
        void isAnswered() {
            bench.receive(INVITE, UDP);
            bench.respond(INVITE, 180);

            assertThat(bench.receive(CANCEL, UDP))
                    .containsExactly(
                            new Send<>(response(CANCEL, 200), UDP),
                            new CancelArrived<>(ServerTransactionId.of(INVITE), CANCEL, UDP));
        }

        @Test
        @DisplayName("is answered the same to each repetition, and told once")
        void isToldOnce() {
            bench.receive(INVITE, UDP);
            bench.receive(CANCEL, UDP);
            bench.receive(CANCEL, UDP);

            List<SipMessage> answers = bench.sent();
            assertThat(answers).hasSize(2);
            assertThat(answers.getFirst()).isEqualTo(answers.getLast());
            assertThat(bench.all(CancelArrived.class)).hasSize(1);
        }

        @Test
        @DisplayName("has no effect on an INVITE that has its final response, but is answered 200")
        void comesTooLate() {
            bench.receive(INVITE, UDP);
            bench.respond(INVITE, 200);
            bench.receive(CANCEL, UDP);

            assertThat(bench.statusesSent()).containsExactly(200, 200);
            assertThat(bench.all(CancelArrived.class)).isEmpty();
        }

        @Test
        @DisplayName("of a non-INVITE is answered 200 and has no effect")
        void ofNonInvite() {
            SipRequest options = request(SipMethod.OPTIONS, "z9hG4bK2");
            bench.receive(options, UDP);
            bench.receive(cancel(options), UDP);

            assertThat(bench.statusesSent()).containsExactly(200);
            assertThat(bench.all(CancelArrived.class)).isEmpty();
        }

        @Test
        @DisplayName("of nothing is answered 481, every time alike, and leaves nothing behind")
        void ofNothing() {
            bench.receive(CANCEL, UDP);
            bench.receive(CANCEL, UDP);

            List<SipMessage> answers = bench.sent();
            assertThat(bench.statusesSent()).containsExactly(481, 481);
            assertThat(answers.getFirst()).isEqualTo(answers.getLast());
            assertThat(bench.all(Refused.class))
                    .contains(new Refused<>(CANCEL, UDP, Refusal.CANCEL_OF_NOTHING));
            assertThat(bench.table().size()).isZero();
        }

        @Test
        @DisplayName("over another flow than its INVITE's cancels nothing: 481 (§22.1)")
        void ofAStranger() {
            bench.receive(INVITE, UDP);
            bench.receive(CANCEL, STRANGER);

            assertThat(bench.statusesSent()).containsExactly(481);
            assertThat(bench.all(CancelArrived.class)).isEmpty();
        }

        @Test
        @DisplayName("ends with the 487 of the user, and nothing remains")
        void endsEmpty() {
            for (TestFlow flow : List.of(UDP, WS)) {
                SipRequest call = invite("z9hG4bK-" + flow.name());
                bench.receive(call, flow);
                bench.receive(cancel(call), flow);
                bench.respond(call, 487);
                bench.receive(ack(call), flow);
            }
            bench.advance(Duration.ofSeconds(33));

            assertThat(bench.statusesSent()).containsExactly(200, 487, 200, 487);
            assertThat(bench.table().size()).isZero();
            assertThat(bench.table().remembered()).isZero();
        }
    }
}
