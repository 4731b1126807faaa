package io.jackfield.call.b2bua;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.call.cdr.Cdr;
import io.jackfield.call.cdr.Cdr.HangupSide;
import io.jackfield.call.edge.Transport;
import io.jackfield.call.event.PbxEvent;
import io.jackfield.call.routing.Trunk;
import io.jackfield.protocol.sip.SipMethod;
import io.jackfield.protocol.sip.dialog.EndCause;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("All calls of a node")
class CallsTest {
    private final CallsBench bench = new CallsBench();
    private final Station anna = bench.phone("anna", "anna");
    private final Station boris = bench.phone("boris", "boris");

    private void talk() {
        anna.dials("boris");
        boris.answers();
        assertThat(anna.isTalking() && boris.isTalking()).isTrue();
    }

    @Test
    @DisplayName("a call from phone to phone, with every message on its way, leaves one record")
    void talks() {
        anna.dials("boris");
        boris.rings();
        bench.pass(Duration.ofSeconds(5));
        boris.answers();
        bench.pass(Duration.ofMinutes(3));
        boris.hangsUp();
        bench.pass(Duration.ofSeconds(1));
        assertThat(bench.record().hangupSide()).isEqualTo(HangupSide.CALLEE);
        assertThat(bench.record().ringMillis()).isEqualTo(5_000);
        assertThat(bench.record().talkMillis()).isEqualTo(180_000);
        bench.assertAllOver();
    }

    @Nested
    @DisplayName("told to stop")
    class Stop {
        private void stop() {
            bench.calls().stopAll("the server stops");
            bench.settle();
        }

        @Test
        @DisplayName("say BYE to all who talk and refuse whom they ring for, with a record of each")
        void everybody() {
            Station vera = bench.phone("vera", "vera");
            Station gleb = bench.phone("gleb", "gleb");
            talk();
            vera.dials("gleb");
            gleb.rings();
            bench.pass(Duration.ofSeconds(7));
            stop();
            assertThat(anna.end().kind()).isEqualTo(EndCause.Kind.BYE);
            assertThat(boris.end().kind()).isEqualTo(EndCause.Kind.BYE);
            assertThat(vera.refusal()).contains(503);
            assertThat(gleb.requests(SipMethod.CANCEL)).hasSize(1);
            bench.assertAllOver();
            assertThat(bench.records()).extracting(Cdr::cause).containsOnly("the server stops");
            assertThat(bench.records()).extracting(Cdr::talkMillis).contains(7_000L, 0L);
        }

        @Test
        @DisplayName("write the record within 2.5 s, though a phone does not answer the BYE")
        void silentPhone() {
            talk();
            boris.fallsSilent();
            stop();
            bench.pass(Duration.ofMillis(1_499));
            assertThat(bench.records()).isEmpty();
            bench.pass(Duration.ofMillis(1_001));
            assertThat(bench.record().cause()).isEqualTo("the server stops");
            bench.assertAllOver();
        }

        @Test
        @DisplayName("write the record within 2.5 s, though a phone's connection is gone")
        void lostPhone() {
            talk();
            bench.drops(boris);
            stop();
            bench.pass(Duration.ofMillis(2_500));
            assertThat(bench.record().cause()).isEqualTo("the server stops");
            bench.assertAllOver();
        }

        @Test
        @DisplayName(
                "write the record within 2.5 s of a call that ends already, with its own cause")
        void endingAlready() {
            talk();
            boris.fallsSilent();
            anna.hangsUp();
            bench.pass(Duration.ofSeconds(3));
            assertThat(bench.records()).isEmpty();
            stop();
            bench.pass(Duration.ofMillis(2_500));
            assertThat(bench.record().cause()).isEqualTo("normal");
            bench.assertAllOver();
        }

        @Test
        @DisplayName("cancel an INVITE of which nothing was heard, as soon as something is")
        void unheardInvite() {
            Station carrier = bench.carrier(CallBench.trunk("carrier"), "192.0.2.1");
            carrier.fallsSilent();
            anna.dials("carrier");
            stop();
            bench.pass(Duration.ofMillis(2_500));
            bench.assertAllOver();
            carrier.comesBack();
            bench.pass(Duration.ofSeconds(40));
            assertThat(carrier.requests(SipMethod.INVITE)).hasSize(1);
            assertThat(carrier.requests(SipMethod.CANCEL)).hasSize(1);
            assertThat(carrier.isBusy()).isFalse();
            bench.pass(Duration.ofMinutes(1));
            assertThat(bench.remembered()).isZero();
        }

        @Test
        @DisplayName("hear it before all that waits, though a mailbox is full")
        void fullMailbox() {
            talk();
            for (int i = 0; i < 10_000; i++) {
                bench.calls().phoneReturned(bench.context().phones("anna").getFirst());
            }
            stop();
            assertThat(anna.isBusy() || boris.isBusy()).isFalse();
            bench.assertAllOver();
        }
    }

    @Nested
    @DisplayName("of a carrier that sends from several addresses")
    class Cluster {
        private final Station carrier =
                bench.carrier(CallBench.trunk("carrier", "192.0.2.0/24"), "192.0.2.1");
        private final Wire other =
                bench.anotherWire(carrier, "other", Transport.UDP, "192.0.2.9", 5070);

        @Test
        @DisplayName("take the ACK of the 200 from any of them")
        void ack() {
            carrier.dials("boris");
            carrier.speaksOver(other);
            boris.answers();
            bench.pass(Duration.ofMinutes(1));
            assertThat(carrier.isTalking() && boris.isTalking()).isTrue();
        }

        @Test
        @DisplayName("take hold and BYE from any of them, and answer there")
        void holdAndBye() {
            carrier.dials("boris");
            boris.answers();
            carrier.speaksOver(other);
            carrier.offers("sendonly");
            assertThat(boris.requests(SipMethod.INVITE)).hasSize(2);
            carrier.hangsUp();
            bench.pass(Duration.ofSeconds(1));
            assertThat(carrier.end().kind()).isEqualTo(EndCause.Kind.BYE);
            assertThat(bench.record().cause()).isEqualTo("normal");
            bench.assertAllOver();
        }
    }

    @Nested
    @DisplayName("of a carrier over TCP")
    class OverTcp {
        private final Trunk trunk = CallBench.trunk("carrier", Transport.TCP, "192.0.2.0/24");
        private final Station carrier = bench.carrier(trunk, "192.0.2.1");

        private void talkAndDrop() {
            anna.dials("carrier");
            carrier.answers();
            bench.drops(carrier);
        }

        private Wire reconnect() {
            return bench.anotherWire(carrier, "again", Transport.TCP, "192.0.2.1", 5060);
        }

        @Test
        @DisplayName("go on when it closes the connection, and end over a new one of ours")
        void ours() {
            talkAndDrop();
            Wire again = reconnect();
            bench.context().leadsTo(trunk, again);
            carrier.speaksOver(again);
            bench.pass(Duration.ofMinutes(5));
            assertThat(anna.isTalking() && carrier.isTalking()).isTrue();
            anna.hangsUp();
            bench.pass(Duration.ofSeconds(1));
            assertThat(carrier.end().kind()).isEqualTo(EndCause.Kind.BYE);
            assertThat(bench.record().cause()).isEqualTo("normal");
            bench.assertAllOver();
        }

        @Test
        @DisplayName("go on when it closes the connection, and end over a new one of its own")
        void theirs() {
            talkAndDrop();
            carrier.speaksOver(reconnect());
            bench.pass(Duration.ofMinutes(5));
            carrier.hangsUp();
            bench.pass(Duration.ofSeconds(1));
            assertThat(anna.end().kind()).isEqualTo(EndCause.Kind.BYE);
            assertThat(bench.record().cause()).isEqualTo("normal");
            bench.assertAllOver();
        }

        @Test
        @DisplayName("do not hang for ever when it cannot be reached for the BYE")
        void unreachable() {
            talkAndDrop();
            bench.context().isDown(trunk);
            anna.hangsUp();
            bench.pass(Duration.ofSeconds(70));
            assertThat(bench.record().cause()).isEqualTo("normal");
            bench.assertAllOver();
        }
    }

    @Nested
    @DisplayName("with no room for media")
    class NoRoom {
        @Test
        @DisplayName("refuse the caller with 503 and go on with the others")
        void caller() {
            talk();
            Station vera = bench.phone("vera", "vera");
            bench.media().legsMax(2);
            vera.dials("boris");
            assertThat(vera.refusal()).contains(503);
            assertThat(bench.record().cause()).isEqualTo("no media port is free");
            assertThat(bench.failures()).isEmpty();
            assertThat(anna.isTalking()).isTrue();
        }

        @Test
        @DisplayName("ring those phones for which there is room")
        void onePhone() {
            Station desk = bench.phone("boris", "desk");
            bench.media().legsMax(2);
            anna.dials("boris");
            boris.rings();
            assertThat(desk.wasCalled()).isFalse();
            boris.answers();
            assertThat(anna.isTalking()).isTrue();
            anna.hangsUp();
            bench.pass(Duration.ofSeconds(1));
            assertThat(bench.record().cause()).isEqualTo("normal");
            bench.assertAllOver();
        }
    }

    @Test
    @DisplayName("tell the trunk of an answered call as of a failed one: it is no worse for it")
    void reports() {
        Trunk first = CallBench.trunk("first");
        Trunk second = CallBench.trunk("second");
        Station busy = bench.carrier(first, "192.0.2.1");
        Station good = bench.carrier(second, "192.0.2.2");
        bench.number("5551234", CallBench.over(first, second));
        anna.dials("5551234");
        busy.rejects(500);
        good.answers();
        assertThat(bench.reports()).containsExactly("first true", "second false");
    }

    @Nested
    @DisplayName("in an outage")
    class Outage {
        @Test
        @DisplayName("hear only of their own connections: those of a thousand others overflow none")
        void thousandPhones() {
            talk();
            for (int i = 0; i < 1_000; i++) {
                Wire other = bench.browserWire("other" + i);
                bench.calls().flowClosed(other);
                bench.calls()
                        .phoneReturned(
                                bench.context().registered("agent" + i, other, Optional.empty()));
            }
            bench.drops(anna);
            assertThat(bench.events(PbxEvent.LegLost.class)).hasSize(1);
            bench.returns(anna, "anna-2");
            assertThat(bench.events(PbxEvent.LegReturned.class)).hasSize(1);
            boris.hangsUp();
            bench.pass(Duration.ofSeconds(1));
            assertThat(anna.end().kind()).isEqualTo(EndCause.Kind.BYE);
            bench.assertAllOver();
        }

        @Test
        @DisplayName("keep a dropped phone's call for 30 s, then end it: network lost")
        void kept() {
            talk();
            bench.drops(anna);
            bench.pass(Duration.ofSeconds(30).minusMillis(1));
            assertThat(boris.isTalking()).isTrue();
            bench.pass(Duration.ofMillis(1));
            assertThat(boris.end().kind()).isEqualTo(EndCause.Kind.BYE);
            assertThat(bench.record().cause()).isEqualTo("network lost");
            bench.assertAllOver();
        }

        @Test
        @DisplayName("hear of the called phone's connection as well")
        void calledPhone() {
            talk();
            bench.drops(boris);
            assertThat(bench.events(PbxEvent.LegLost.class)).hasSize(1);
            bench.pass(Duration.ofSeconds(30));
            assertThat(bench.record().hangupSide()).isEqualTo(HangupSide.CALLEE);
        }

        @Test
        @DisplayName("hear of a new connection that drops before they have looked at it")
        void dropsAgain() {
            talk();
            bench.drops(anna);
            Wire brief = bench.browserWire("brief");
            Party.Phone phone = (Party.Phone) anna.party();
            bench.calls()
                    .phoneReturned(bench.context().registered("anna", brief, phone.instance()));
            bench.calls().flowClosed(brief);
            bench.settle();
            assertThat(bench.events(PbxEvent.LegLost.class)).hasSize(2);
            bench.pass(Duration.ofSeconds(30));
            assertThat(bench.record().cause()).isEqualTo("network lost");
        }

        @Test
        @DisplayName(
                "end at once for a caller whose phone drops before the answer, which it can"
                        + " never have")
        void callerBeforeAnswer() {
            anna.dials("boris");
            boris.rings();
            bench.drops(anna);
            assertThat(boris.requests(SipMethod.CANCEL)).hasSize(1);
            assertThat(bench.record().cause()).isEqualTo("network lost");
            assertThat(bench.record().hangupSide()).isEqualTo(HangupSide.CALLER);
            bench.assertAllOver();
        }

        @Test
        @DisplayName("tell a carrier 480, not 503, when the phone that rings drops")
        void ringingPhone() {
            Station carrier = bench.carrier(CallBench.trunk("carrier"), "192.0.2.1");
            carrier.dials("boris");
            boris.rings();
            bench.drops(boris);
            assertThat(carrier.refusal()).contains(480);
            bench.assertAllOver();
        }

        @Test
        @DisplayName("go on with a phone that has registered over a new connection in time")
        void resumed() {
            talk();
            bench.drops(anna);
            bench.pass(Duration.ofSeconds(29));
            bench.returns(anna, "anna-2");
            bench.pass(Duration.ofMinutes(3));
            assertThat(anna.isTalking() && boris.isTalking()).isTrue();
            anna.offers("sendonly");
            assertThat(boris.requests(SipMethod.INVITE)).hasSize(2);
            anna.hangsUp();
            bench.pass(Duration.ofSeconds(1));
            assertThat(bench.record().cause()).isEqualTo("normal");
            bench.assertAllOver();
        }
    }
}
