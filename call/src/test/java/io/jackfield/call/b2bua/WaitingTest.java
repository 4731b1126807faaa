package io.jackfield.call.b2bua;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.call.cdr.Cdr;
import io.jackfield.call.event.PbxEvent;
import io.jackfield.call.event.PbxEvent.OfferMiss;
import io.jackfield.call.routing.Destination;
import io.jackfield.call.testing.FakeFlow;
import io.jackfield.media.prompt.Prompt;
import io.jackfield.protocol.sip.SipMethod;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A caller in a queue")
class WaitingTest {
    private static final Prompt SECOND = new Prompt(new short[Prompt.RATE]);

    private final CallBench bench = new CallBench();
    private final Peer anna = bench.peer(FakeFlow.browser("ws-anna"));
    private Peer boris = anna;
    private Peer clara = anna;

    @BeforeEach
    void annaCallsTheQueue() {
        boris = bench.phone("boris", "ws-boris");
        clara = bench.phone("clara", "ws-clara");
        bench.annaCalls(
                anna, new Destination.Waiting("700"), Descriptions.browserOffer("sendrecv"));
    }

    private void parked() {
        bench.tell(new CallEvent.Park(BenchContext.MUSIC));
        anna.acknowledges("");
    }

    private void offered(long id, String agent) {
        bench.tell(new CallEvent.Offer(id, CallBench.agent(agent)));
    }

    private static void answers(Peer phone) {
        phone.answers(180);
        phone.answers(200, Descriptions.browserAnswer(phone.offer(), "sendrecv"));
    }

    private <T extends PbxEvent> List<T> events(Class<T> kind) {
        return bench.effects(CallEffect.Publish.class).stream()
                .map(CallEffect.Publish::event)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    @Test
    @DisplayName("is announced, and answered once it may wait: with music")
    void parks() {
        assertThat(events(PbxEvent.CallerWaits.class))
                .containsExactly(new PbxEvent.CallerWaits("c", "700", "anna"));
        assertThat(anna.statuses(SipMethod.INVITE)).isEmpty();
        parked();
        assertThat(anna.statuses(SipMethod.INVITE)).containsExactly(200);
        assertThat(bench.effects(CallEffect.Play.class))
                .containsExactly(new CallEffect.Play("c-1", BenchContext.MUSIC, true));
    }

    @Test
    @DisplayName("hears what is announced, and the music again when it is over")
    void announcement() {
        bench.tell(new CallEvent.Announce(SECOND));
        parked();
        bench.tell(new CallEvent.Announce(SECOND));
        bench.pass(Duration.ofMillis(999));
        assertThat(bench.effects(CallEffect.Play.class))
                .containsExactly(
                        new CallEffect.Play("c-1", BenchContext.MUSIC, true),
                        new CallEffect.Play("c-1", SECOND, false));
        bench.pass(Duration.ofMillis(1));
        assertThat(bench.effects(CallEffect.Play.class))
                .hasSize(3)
                .endsWith(new CallEffect.Play("c-1", BenchContext.MUSIC, true));
    }

    @Test
    @DisplayName("who talks when an announcement would be over hears no music")
    void announcementCutShort() {
        parked();
        offered(7, "boris");
        answers(boris);
        bench.tell(new CallEvent.Announce(SECOND));
        bench.tell(new CallEvent.Connect(7));
        bench.pass(Duration.ofSeconds(2));
        assertThat(bench.effects(CallEffect.Play.class)).hasSize(2);
    }

    @Test
    @DisplayName("hears last words, answered or not, and then the call ends")
    void lastWords() {
        bench.tell(new CallEvent.LastWords(SECOND, "queue: closed"));
        anna.acknowledges("");
        assertThat(anna.statuses(SipMethod.INVITE)).containsExactly(200);
        bench.tell(new CallEvent.Announce(SECOND));
        bench.pass(Duration.ofSeconds(1));
        assertThat(bench.effects(CallEffect.Play.class))
                .containsExactly(new CallEffect.Play("c-1", SECOND, false));
        anna.respond(anna.last(SipMethod.BYE), 200, "");
        assertThat(bench.record().cause()).isEqualTo("queue: closed");
    }

    @Test
    @DisplayName("to whom last words are said is offered to nobody any more")
    void lastWordsEndOffers() {
        parked();
        offered(7, "boris");
        boris.answers(180);
        bench.tell(new CallEvent.LastWords(SECOND, "to be called back"));
        assertThat(bench.effects(CallEffect.Cancel.class)).hasSize(1);
        boris.answers(487);
        bench.tell(new CallEvent.RouteOn(new Destination.Echo()));
        bench.pass(Duration.ofSeconds(1));
        anna.respond(anna.last(SipMethod.BYE), 200, "");
        assertThat(bench.record().cause()).isEqualTo("to be called back");
    }

    @Test
    @DisplayName("for whom nobody decides is told after a minute that nobody answers")
    void undecided() {
        bench.pass(Duration.ofSeconds(61));
        assertThat(anna.statuses(SipMethod.INVITE)).containsExactly(480);
    }

    @Test
    @DisplayName("who went on from a menu to a queue that says nothing is not kept for ever")
    void undecidedAfterMenu() {
        parked();
        bench.tell(new CallEvent.RouteOn(new Destination.Waiting("701")));
        assertThat(events(PbxEvent.CallerWaits.class)).hasSize(2);
        bench.pass(Duration.ofSeconds(61));
        anna.respond(anna.last(SipMethod.BYE), 200, "");
        assertThat(bench.record().cause()).isEqualTo("no answer");
    }

    @Test
    @DisplayName("who may not come in is refused, not answered")
    void refused() {
        bench.tell(new CallEvent.HangUp("queue: join_empty"));
        assertThat(anna.statuses(SipMethod.INVITE)).containsExactly(480);
        anna.acknowledgesIfAnswered("");
        assertThat(bench.record().cause()).isEqualTo("queue: join_empty");
    }

    @Test
    @DisplayName("talks with the agent who answered and was given the call, and not before")
    void connected() {
        parked();
        offered(7, "boris");
        boris.answers(180);
        boris.answers(180);
        assertThat(events(PbxEvent.OfferRang.class))
                .containsExactly(new PbxEvent.OfferRang("c", 7));
        boris.answers(200, Descriptions.browserAnswer(boris.offer(), "sendrecv"));
        assertThat(events(PbxEvent.OfferAnswered.class)).hasSize(1);
        assertThat(bench.effects(CallEffect.Bridge.class)).isEmpty();
        bench.pass(Duration.ofSeconds(3));
        bench.tell(new CallEvent.Connect(7));
        assertThat(bench.effects(CallEffect.Bridge.class))
                .containsExactly(new CallEffect.Bridge("c-1", "c-2"));
        bench.pass(Duration.ofSeconds(10));
        boris.hangsUp();
        anna.respond(anna.last(SipMethod.BYE), 200, "");
        Cdr cdr = bench.record();
        assertThat(cdr.answeredBy()).contains("boris");
        assertThat(cdr.ringMillis()).isEqualTo(3_000);
        assertThat(cdr.talkMillis()).isEqualTo(10_000);
        assertThat(events(PbxEvent.AgentLeft.class)).hasSize(2);
    }

    @Test
    @DisplayName("goes to the next agent when one says no, is busy or has no phone")
    void missed() {
        parked();
        offered(1, "boris");
        boris.answers(603);
        offered(2, "clara");
        clara.answers(486);
        offered(3, "dora");
        assertThat(events(PbxEvent.OfferMissed.class))
                .containsExactly(
                        new PbxEvent.OfferMissed("c", 1, OfferMiss.REFUSED),
                        new PbxEvent.OfferMissed("c", 2, OfferMiss.BUSY),
                        new PbxEvent.OfferMissed("c", 3, OfferMiss.UNREACHABLE));
        assertThat(bench.call().ended()).isFalse();
    }

    @Test
    @DisplayName("rings several at once; who was slower is told, also when both have answered")
    void slower() {
        parked();
        offered(1, "boris");
        offered(2, "clara");
        answers(boris);
        answers(clara);
        bench.tell(new CallEvent.CancelOffer(2));
        bench.tell(new CallEvent.Connect(1));
        assertThat(clara.requests(SipMethod.BYE)).hasSize(1);
        assertThat(bench.effects(CallEffect.Bridge.class))
                .containsExactly(new CallEffect.Bridge("c-1", "c-2"));
    }

    @Test
    @DisplayName("for whom a hundred agents are rung in turn remembers the latest alone")
    void remembersTheLatest() {
        parked();
        for (int i = 1; i <= 100; i++) {
            Peer agent = bench.phone("agent" + i, "ws-" + i);
            offered(i, "agent" + i);
            agent.answers(486);
        }
        assertThat(bench.effects(CallEffect.Unlisten.class))
                .hasSize(100 - CalledLegs.REMEMBERED_MAX);
        assertThat(bench.call().snapshot().legs()).isEqualTo(101);
        offered(101, "boris");
        answers(boris);
        bench.tell(new CallEvent.Connect(101));
        boris.hangsUp();
        anna.respond(anna.last(SipMethod.BYE), 200, "");
        assertThat(bench.record().legs()).isEqualTo(102);
    }

    @Test
    @DisplayName("whose offer is taken back rings no more")
    void withdrawn() {
        parked();
        offered(1, "boris");
        boris.answers(180);
        bench.tell(new CallEvent.CancelOffer(1));
        assertThat(bench.effects(CallEffect.Cancel.class)).hasSize(1);
        boris.answers(487);
        assertThat(events(PbxEvent.OfferMissed.class)).isEmpty();
        offered(2, "clara");
        answers(clara);
        assertThat(events(PbxEvent.OfferAnswered.class)).hasSize(1);
    }

    @Test
    @DisplayName("who hangs up has abandoned it: whoever rings is told, the record says so")
    void abandons() {
        parked();
        offered(1, "boris");
        boris.answers(180);
        anna.hangsUp();
        // At once: until the phone that rings has been told, nobody may be offered the call.
        assertThat(events(PbxEvent.CallEnding.class)).hasSize(1);
        assertThat(bench.call().ended()).isFalse();
        boris.answers(487);
        Cdr cdr = bench.record();
        assertThat(cdr.cause()).isEqualTo("abandoned");
        assertThat(cdr.sipStatus()).isEqualTo(487);
        assertThat(cdr.answeredBy()).isEmpty();
    }

    @Test
    @DisplayName("who hangs up while an agent answers was answered: record and queue agree")
    void missesByMilliseconds() {
        parked();
        offered(1, "boris");
        answers(boris);
        assertThat(events(PbxEvent.OfferAnswered.class)).hasSize(1);
        anna.hangsUp();
        bench.tell(new CallEvent.Connect(1));
        boris.respond(boris.last(SipMethod.BYE), 200, "");
        Cdr cdr = bench.record();
        assertThat(cdr.answeredBy()).contains("boris");
        assertThat(cdr.cause()).isNotEqualTo("abandoned");
        assertThat(cdr.sipStatus()).isEqualTo(200);
    }

    @Test
    @DisplayName("whose agent hangs up before the two were brought together waits on")
    void agentGone() {
        parked();
        offered(1, "boris");
        answers(boris);
        boris.hangsUp();
        bench.tell(new CallEvent.Connect(1));
        assertThat(bench.effects(CallEffect.Bridge.class)).isEmpty();
        assertThat(bench.call().ended()).isFalse();
        assertThat(events(PbxEvent.AgentLeft.class)).hasSize(1);
    }

    @Test
    @DisplayName("who waited too long goes on to another number, and talks there")
    void overflows() {
        parked();
        offered(1, "boris");
        boris.answers(180);
        bench.tell(
                new CallEvent.RouteOn(new Destination.Agents(List.of(CallBench.agent("clara")))));
        assertThat(bench.effects(CallEffect.Cancel.class)).hasSize(1);
        answers(clara);
        assertThat(bench.effects(CallEffect.Bridge.class))
                .containsExactly(new CallEffect.Bridge("c-1", "c-3"));
    }

    @Test
    @DisplayName("who goes on to a number that nobody answers hears the end")
    void overflowsToNobody() {
        parked();
        bench.tell(new CallEvent.RouteOn(new Destination.Unknown()));
        anna.respond(anna.last(SipMethod.BYE), 200, "");
        assertThat(bench.record().cause()).isEqualTo("number not found");
    }
}
