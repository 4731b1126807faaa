package io.jackfield.call.b2bua;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.call.cdr.Cdr;
import io.jackfield.call.routing.Trunk;
import io.jackfield.protocol.sip.SipMethod;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A call that a CRM begins")
class OriginatingTest {
    private static final Trunk NORTH = CallBench.trunk("north");

    private final CallBench bench = new CallBench();
    private final Peer anna = bench.phone("anna", "ws-anna");
    private final Peer carrier = bench.carrier(NORTH, "192.0.2.1");

    private void begins() {
        bench.originates("anna", CallBench.over(NORTH));
    }

    private static void answers(Peer phone) {
        phone.answers(180);
        phone.answers(200, Descriptions.browserAnswer(phone.offer(), "sendrecv"));
    }

    @Test
    @DisplayName("rings the agent, dials once answered, and connects the two")
    void connects() {
        begins();
        assertThat(anna.isInvited()).isTrue();
        assertThat(anna.invited().headers().from().user()).contains("5551234");
        assertThat(anna.invited().headers().first("X-Call-Ref")).contains("crm-7");
        assertThat(carrier.isInvited()).isFalse();
        answers(anna);
        assertThat(bench.effects(CallEffect.Play.class)).hasSize(1);
        carrier.answers(180);
        bench.pass(Duration.ofSeconds(3));
        carrier.answers(200, Descriptions.plainAnswer(carrier.offer(), "sendrecv"));
        assertThat(bench.effects(CallEffect.Bridge.class))
                .containsExactly(new CallEffect.Bridge("c-1", "c-2"));
        bench.pass(Duration.ofSeconds(10));
        anna.hangsUp();
        carrier.respond(carrier.last(SipMethod.BYE), 200, "");
        Cdr cdr = bench.record();
        assertThat(cdr.direction()).isEqualTo(Cdr.Direction.OUTBOUND);
        assertThat(cdr.caller()).isEqualTo("anna");
        assertThat(cdr.answeredBy()).contains("north");
        assertThat(cdr.talkMillis()).isEqualTo(10_000);
        assertThat(cdr.reference()).contains("crm-7");
        assertThat(cdr.hangupSide()).isEqualTo(Cdr.HangupSide.CALLER);
    }

    @Test
    @DisplayName("is over when the agent does not want it, and nobody is dialled")
    void refused() {
        begins();
        anna.answers(603);
        assertThat(bench.record().cause()).isEqualTo("rejected");
        assertThat(carrier.isInvited()).isFalse();
    }

    @Test
    @DisplayName("rings all phones of the agent; one that refuses keeps the other from nothing")
    void twoPhones() {
        Peer desk = bench.phone("anna", "ws-desk");
        begins();
        anna.answers(486);
        assertThat(bench.call().ended()).isFalse();
        answers(desk);
        carrier.answers(200, Descriptions.plainAnswer(carrier.offer(), "sendrecv"));
        assertThat(bench.effects(CallEffect.Bridge.class))
                .containsExactly(new CallEffect.Bridge("c-2", "c-3"));
    }

    @Test
    @DisplayName("of an agent without a phone is over at once")
    void noPhone() {
        bench.originates("dora", CallBench.over(NORTH));
        assertThat(bench.record().cause()).isEqualTo("not registered");
    }

    @Test
    @DisplayName("ends with a BYE to the agent when the number is busy")
    void busy() {
        begins();
        answers(anna);
        carrier.answers(486);
        anna.respond(anna.last(SipMethod.BYE), 200, "");
        Cdr cdr = bench.record();
        assertThat(cdr.cause()).isEqualTo("busy");
        assertThat(cdr.sipStatus()).isEqualTo(486);
    }

    @Test
    @DisplayName("lets the agent hear what the carrier says before the answer")
    void earlyMedia() {
        begins();
        answers(anna);
        carrier.answers(183, Descriptions.plainAnswer(carrier.offer(), "sendrecv"));
        assertThat(bench.effects(CallEffect.Bridge.class))
                .containsExactly(new CallEffect.Bridge("c-1", "c-2"));
    }

    @Test
    @DisplayName("whose agent hangs up while it rings is over, and the number rings no more")
    void agentGivesUp() {
        begins();
        answers(anna);
        carrier.answers(180);
        anna.hangsUp();
        assertThat(bench.effects(CallEffect.Cancel.class)).hasSize(1);
        carrier.answers(487);
        assertThat(bench.record().cause()).isEqualTo("abandoned");
    }

    @Test
    @DisplayName("whose agent's connection drops while the phone rings is over")
    void connectionDrops() {
        begins();
        anna.answers(180);
        bench.tell(new CallEvent.FlowClosed(anna.flow()));
        bench.pass(Duration.ofSeconds(100));
        assertThat(bench.call().ended()).isTrue();
    }
}
