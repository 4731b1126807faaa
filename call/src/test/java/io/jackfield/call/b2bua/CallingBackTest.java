package io.jackfield.call.b2bua;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.call.cdr.Cdr;
import io.jackfield.call.event.PbxEvent;
import io.jackfield.call.event.PbxEvent.OfferMiss;
import io.jackfield.call.routing.Trunk;
import io.jackfield.protocol.sip.SipMethod;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("A customer who is called back")
class CallingBackTest {
    private static final Trunk NORTH = CallBench.trunk("north");

    private final CallBench bench = new CallBench();
    private final Peer anna = bench.phone("anna", "ws-anna");
    private final Peer carrier = bench.carrier(NORTH, "192.0.2.1");

    private static void answers(Peer phone) {
        phone.answers(180);
        phone.answers(200, Descriptions.browserAnswer(phone.offer(), "sendrecv"));
    }

    private void customerAnswers() {
        carrier.answers(180);
        carrier.answers(200, Descriptions.plainAnswer(carrier.offer(), "sendrecv"));
    }

    private <T extends PbxEvent> List<T> events(Class<T> kind) {
        return bench.effects(CallEffect.Publish.class).stream()
                .map(CallEffect.Publish::event)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    @Nested
    @DisplayName("once an agent is there")
    class AgentFirst {
        @BeforeEach
        void offered() {
            bench.offersCallback(7, "anna", CallBench.over(NORTH));
        }

        private void dials() {
            bench.tell(new CallEvent.RouteOn(CallBench.over(NORTH)));
        }

        @Test
        @DisplayName("is shown to the agent, dialled once told to, and connected")
        void connects() {
            assertThat(anna.invited().headers().from().user()).contains("5551234");
            answers(anna);
            assertThat(events(PbxEvent.OfferRang.class))
                    .containsExactly(new PbxEvent.OfferRang("c", 7));
            assertThat(events(PbxEvent.OfferAnswered.class))
                    .containsExactly(new PbxEvent.OfferAnswered("c", 7));
            assertThat(carrier.isInvited()).isFalse();
            dials();
            assertThat(events(PbxEvent.CallAnswered.class)).isEmpty();
            customerAnswers();
            assertThat(events(PbxEvent.CallAnswered.class)).hasSize(1);
            assertThat(bench.effects(CallEffect.Bridge.class))
                    .containsExactly(new CallEffect.Bridge("c-1", "c-2"));
            carrier.hangsUp();
            anna.respond(anna.last(SipMethod.BYE), 200, "");
            Cdr cdr = bench.record();
            assertThat(cdr.direction()).isEqualTo(Cdr.Direction.OUTBOUND);
            assertThat(cdr.caller()).isEqualTo("anna");
            assertThat(cdr.callee()).isEqualTo("5551234");
            assertThat(cdr.answeredBy()).contains("north");
        }

        @Test
        @DisplayName("is not dialled when the agent does not want to: the offer was missed")
        void refused() {
            anna.answers(603);
            assertThat(events(PbxEvent.OfferMissed.class))
                    .containsExactly(new PbxEvent.OfferMissed("c", 7, OfferMiss.REFUSED));
            assertThat(bench.record().cause()).isEqualTo("rejected");
            assertThat(carrier.isInvited()).isFalse();
        }

        @Test
        @DisplayName("is not dialled when the offer is withdrawn while the phone rings")
        void withdrawn() {
            anna.answers(180);
            bench.tell(new CallEvent.CancelOffer(8));
            assertThat(bench.effects(CallEffect.Cancel.class)).isEmpty();
            bench.tell(new CallEvent.CancelOffer(7));
            assertThat(bench.effects(CallEffect.Cancel.class)).hasSize(1);
            anna.answers(487);
            assertThat(bench.record().cause()).isEqualTo("offer withdrawn");
        }

        @Test
        @DisplayName("is not dialled when the offer is withdrawn in the moment of the answer")
        void withdrawnTooLate() {
            answers(anna);
            bench.tell(new CallEvent.CancelOffer(7));
            anna.respond(anna.last(SipMethod.BYE), 200, "");
            assertThat(bench.record().cause()).isEqualTo("offer withdrawn");
        }

        @Test
        @DisplayName("keeps the agent on the line, whatever is withdrawn later")
        void withdrawnMuchTooLate() {
            answers(anna);
            dials();
            bench.tell(new CallEvent.CancelOffer(7));
            assertThat(bench.call().ended()).isFalse();
            customerAnswers();
            assertThat(events(PbxEvent.CallAnswered.class)).hasSize(1);
        }

        @Test
        @DisplayName("who does not answer ends the agent's call with the carrier's cause")
        void notReached() {
            answers(anna);
            dials();
            carrier.answers(486);
            anna.respond(anna.last(SipMethod.BYE), 200, "");
            assertThat(bench.record().cause()).isEqualTo("busy");
            assertThat(events(PbxEvent.CallAnswered.class)).isEmpty();
        }

        @Test
        @DisplayName("of whom nobody says that they are to be dialled keeps no agent for ever")
        void undecided() {
            answers(anna);
            bench.pass(Duration.ofSeconds(61));
            anna.respond(anna.last(SipMethod.BYE), 200, "");
            assertThat(bench.record().cause()).isEqualTo("no answer");
        }
    }

    @Nested
    @DisplayName("before the agent")
    class CustomerFirst {
        @BeforeEach
        void called() {
            bench.callsBack(
                    new Party.Customer(NORTH, "5551234", Optional.empty()), CallBench.over(NORTH));
        }

        @Test
        @DisplayName("sees the queue, hears its music, and talks with the agent who is rung then")
        void connects() {
            assertThat(carrier.invited().headers().from().user()).contains("700");
            customerAnswers();
            assertThat(events(PbxEvent.CustomerReached.class))
                    .containsExactly(new PbxEvent.CustomerReached("c", "c-1"));
            bench.tell(new CallEvent.Park(BenchContext.MUSIC));
            assertThat(bench.effects(CallEffect.Play.class))
                    .containsExactly(new CallEffect.Play("c-1", BenchContext.MUSIC, true));
            bench.tell(new CallEvent.Offer(9, CallBench.agent("anna")));
            assertThat(anna.invited().headers().from().user()).contains("5551234");
            answers(anna);
            bench.tell(new CallEvent.Connect(9));
            assertThat(bench.effects(CallEffect.Bridge.class))
                    .containsExactly(new CallEffect.Bridge("c-1", "c-2"));
            carrier.hangsUp();
            anna.respond(anna.last(SipMethod.BYE), 200, "");
            Cdr cdr = bench.record();
            assertThat(cdr.direction()).isEqualTo(Cdr.Direction.OUTBOUND);
            assertThat(cdr.caller()).isEqualTo("5551234");
            assertThat(cdr.callee()).isEqualTo("700");
            assertThat(cdr.answeredBy()).contains("anna");
        }

        @Test
        @DisplayName("is on the right of the recording, as every customer")
        void recorded() {
            bench.context().records(Optional.empty());
            customerAnswers();
            bench.tell(new CallEvent.Park(BenchContext.MUSIC));
            bench.tell(new CallEvent.Offer(9, CallBench.agent("anna")));
            answers(anna);
            bench.tell(new CallEvent.Connect(9));
            assertThat(bench.effects(CallEffect.StartRecording.class))
                    .singleElement()
                    .satisfies(r -> {
                        assertThat(r.customerLegId()).isEqualTo("c-1");
                        assertThat(r.agentLegId()).isEqualTo("c-2");
                    });
        }

        @Test
        @DisplayName("who is busy is in the record, and nobody was reached")
        void busy() {
            carrier.answers(486);
            assertThat(bench.record().cause()).isEqualTo("busy");
            assertThat(events(PbxEvent.CustomerReached.class)).isEmpty();
        }

        @Test
        @DisplayName("is rung as long as the queue says, and no longer")
        void givenUp() {
            carrier.answers(180);
            bench.pass(Duration.ofMinutes(2));
            assertThat(bench.effects(CallEffect.Cancel.class)).isEmpty();
            bench.tell(new CallEvent.HangUp("customer not reached"));
            assertThat(bench.effects(CallEffect.Cancel.class)).hasSize(1);
            carrier.answers(487);
            assertThat(bench.record().cause()).isEqualTo("customer not reached");
        }

        @Test
        @DisplayName("and is not told to wait is not kept for ever")
        void undecided() {
            customerAnswers();
            bench.pass(Duration.ofSeconds(61));
            carrier.respond(carrier.last(SipMethod.BYE), 200, "");
            assertThat(bench.record().cause()).isEqualTo("no answer");
        }
    }
}
