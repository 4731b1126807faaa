package io.jackfield.protocol.sip.transaction;

import static io.jackfield.protocol.sip.transaction.Messages.inDialog;
import static io.jackfield.protocol.sip.transaction.Messages.invite;
import static io.jackfield.protocol.sip.transaction.Messages.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jackfield.protocol.sip.CSeq;
import io.jackfield.protocol.sip.SipMethod;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import io.jackfield.protocol.sip.transaction.TransactionOutput.AckArrived;
import io.jackfield.protocol.sip.transaction.TransactionOutput.Refused;
import io.jackfield.protocol.sip.transaction.TransactionOutput.RequestArrived;
import io.jackfield.protocol.sip.transaction.TransactionOutput.RequestNotSent;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The bounds of the table")
class TransactionsBoundsTest {
    private static final TestFlow FLOOD = TestFlow.udp("udp-flood");
    private static final TestFlow GOOD = TestFlow.webSocket("ws-good");

    private final TableBench bench = new TableBench();

    private static TableBench small(int total, int newcomers) {
        return new TableBench(
                new TransactionSettings(
                        TimerSettings.DEFAULT,
                        Duration.ofMillis(200),
                        total,
                        newcomers,
                        Duration.ofSeconds(7)));
    }

    private static void flood(TableBench bench, int requests) {
        for (int i = 0; i < requests; i++) {
            bench.receive(request(SipMethod.REGISTER, "z9hG4bK-flood" + i), FLOOD);
        }
    }

    @Test
    @DisplayName("answers a source 503 with Retry-After above 200 transactions, and others as ever")
    void oneSource() {
        flood(bench, 1_000);

        assertThat(bench.all(RequestArrived.class)).hasSize(200);
        assertThat(bench.statusesSent()).hasSize(800).containsOnly(503);
        assertThat(bench.table().size()).isEqualTo(200);
        Refused<?> refused = bench.all(Refused.class).getFirst();
        assertThat(refused.why()).isEqualTo(Refusal.TOO_MANY_OF_SOURCE);
        SipResponse answer = (SipResponse) bench.sent().getFirst();
        assertThat(answer.headers().first("Retry-After")).hasValue("5");
        assertThat(answer.headers().to().tag()).isPresent();

        bench.forget();
        bench.receive(invite("z9hG4bK-good"), GOOD);
        assertThat(bench.all(RequestArrived.class)).hasSize(1);
    }

    @Test
    @DisplayName("lets a trunk hold as many as it was configured for")
    void trunk() {
        TestFlow trunk = new TestFlow("udp-trunk", false, 1_000);
        for (int i = 0; i < 1_001; i++) {
            bench.receive(invite("z9hG4bK-trunk" + i), trunk);
        }

        assertThat(bench.all(RequestArrived.class)).hasSize(1_000);
        assertThat(bench.statusesSent()).containsExactly(503);
    }

    @Test
    @DisplayName("takes the source's requests again once its transactions have ended")
    void recovers() {
        flood(bench, 300);
        for (int i = 0; i < 200; i++) {
            bench.respond(request(SipMethod.REGISTER, "z9hG4bK-flood" + i), 401);
        }
        bench.advance(Duration.ofSeconds(32));
        assertThat(bench.table().size()).isZero();
        bench.forget();

        flood(bench, 10);

        assertThat(bench.all(RequestArrived.class)).hasSize(10);
    }

    @Test
    @DisplayName("sheds newcomers before calls in progress, and those before its total")
    void shedsNewcomersFirst() {
        TableBench full = small(20, 10);
        flood(full, 30);
        assertThat(full.all(RequestArrived.class)).hasSize(10);
        assertThat(full.all(Refused.class).getFirst().why()).isEqualTo(Refusal.TOO_MANY_IN_TOTAL);
        full.forget();

        for (int i = 0; i < 30; i++) {
            full.receive(inDialog(request(SipMethod.BYE, "z9hG4bK-bye" + i)), GOOD);
        }

        assertThat(full.all(RequestArrived.class)).hasSize(10);
        assertThat(full.statusesSent()).hasSize(20).containsOnly(503);
        SipResponse answer = (SipResponse) full.sent().getFirst();
        assertThat(answer.headers().first("Retry-After")).hasValue("7");
    }

    @Test
    @DisplayName("does not send our request above its total, and says so")
    void refusesOurs() {
        TableBench full = small(10, 10);
        flood(full, 10);
        SipRequest ours = invite("z9hG4bK-ours");

        assertThat(full.send(ours, GOOD))
                .containsExactly(new RequestNotSent<>(ClientTransactionId.of(ours)));
    }

    @Test
    @DisplayName("knows the ACK of an INVITE that it refused without a trace, and absorbs it")
    void absorbsTheAckOfARefusal() {
        TableBench full = small(0, 0);
        SipRequest invite = invite("z9hG4bK-refused");
        full.receive(invite, GOOD);
        SipResponse refused = (SipResponse) full.sent().getFirst();
        full.receive(invite, GOOD);
        assertThat(full.sent().getLast()).isEqualTo(refused);
        full.forget();

        assertThat(full.receive(HopByHop.ack(invite, refused), GOOD)).isEmpty();
        SipRequest other = inDialog(request(SipMethod.ACK, "z9hG4bK-refused"));
        assertThat(full.receive(other, GOOD)).containsExactly(new AckArrived<>(other, GOOD));
    }

    @Test
    @DisplayName("never answers an ACK, however full it is")
    void neverAnswersAnAck() {
        TableBench full = small(0, 0);
        for (int i = 0; i < 100; i++) {
            full.receive(inDialog(request(SipMethod.ACK, "z9hG4bK-ack" + i)), FLOOD);
        }

        assertThat(full.sent()).isEmpty();
        assertThat(full.table().size()).isZero();
    }

    @Test
    @DisplayName("takes the CANCEL of a call in progress even when the source is at its bound")
    void takesACancel() {
        SipRequest call = invite("z9hG4bK-call");
        bench.receive(call, FLOOD);
        flood(bench, 300);
        bench.forget();

        bench.receive(Messages.cancel(call), FLOOD);

        assertThat(bench.statusesSent()).containsExactly(200);
        assertThat(bench.all(TransactionOutput.CancelArrived.class)).hasSize(1);
    }

    @Test
    @DisplayName("bears requests whose answer or timer would be out of range")
    void bearsExtremes() {
        SipRequest call = invite("z9hG4bK-extreme");
        SipRequest extreme =
                call.withHeaders(
                        call.headers().withCseq(new CSeq(CSeq.NUMBER_MAX, SipMethod.INVITE)));
        bench.receive(extreme, GOOD);
        bench.receive(Messages.cancel(extreme), GOOD);
        bench.respond(extreme, 699);

        assertThat(bench.statusesSent()).isEqualTo(List.of(200, 699));
    }

    @Test
    @DisplayName("refuses settings that contradict the RFC or themselves")
    void checksSettings() {
        Duration second = Duration.ofSeconds(1);
        assertThatThrownBy(() -> new TimerSettings(second, Duration.ofMillis(999), second))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("T2");
        assertThatThrownBy(() -> new TimerSettings(Duration.ZERO, second, second))
                .hasMessageContaining("T1");
        assertThatThrownBy(() -> small(10, 11)).hasMessageContaining("newcomersMax");
        assertThatThrownBy(() ->
                        new TransactionSettings(
                                TimerSettings.DEFAULT, Duration.ofMillis(201), 1, 1, second))
                .hasMessageContaining("200 ms");
        assertThat(TimerSettings.DEFAULT)
                .isEqualTo(
                        new TimerSettings(
                                Duration.ofMillis(500),
                                Duration.ofSeconds(4),
                                Duration.ofSeconds(5)));
    }
}
