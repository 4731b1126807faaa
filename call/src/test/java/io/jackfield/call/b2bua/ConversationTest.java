package io.jackfield.call.b2bua;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.call.event.PbxEvent;
import io.jackfield.call.routing.Destination;
import io.jackfield.call.routing.Trunk;
import io.jackfield.call.testing.FakeFlow;
import io.jackfield.media.MediaEvent;
import io.jackfield.media.audio.Supervision;
import io.jackfield.protocol.sip.SipMethod;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Anna talks with Boris, as legs c-1 and c-2; what comes after is c-3. */
@DisplayName("Those who talk")
class ConversationTest {
    private final CallBench bench = new CallBench();
    private final Peer anna = bench.peer(FakeFlow.browser("ws-anna"));
    private Peer boris = anna;
    private Peer clara = anna;

    @BeforeEach
    void annaTalksWithBoris() {
        boris = bench.phone("boris", "ws-boris");
        clara = bench.phone("clara", "ws-clara");
        bench.annaCalls(anna, agent("boris"), Descriptions.browserOffer("sendrecv"));
        answers(boris);
        anna.acknowledges("");
        bench.log.clear();
    }

    private static Destination agent(String name) {
        return new Destination.Agents(List.of(CallBench.agent(name)));
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

    private List<CallEffect.Bridge> bridges() {
        return bench.effects(CallEffect.Bridge.class);
    }

    private CallEffect.Meet meeting() {
        return bench.effects(CallEffect.Meet.class).getLast();
    }

    @Nested
    @DisplayName("when one is transferred")
    class Transferred {
        @Test
        @DisplayName("to somebody who answers: music, then the two talk, and the third is free")
        void answered() {
            bench.tell(new CallEvent.Transfer(Optional.of("boris"), agent("clara")));
            assertThat(bench.effects(CallEffect.Play.class))
                    .containsExactly(new CallEffect.Play("c-1", BenchContext.MUSIC, true));
            assertThat(bench.effects(CallEffect.Park.class))
                    .containsExactly(new CallEffect.Park("c-2"));
            answers(clara);
            assertThat(bridges()).containsExactly(new CallEffect.Bridge("c-1", "c-3"));
            boris.respond(boris.last(SipMethod.BYE), 200, "");
            assertThat(bench.call().ended()).isFalse();
            clara.hangsUp();
            anna.respond(anna.last(SipMethod.BYE), 200, "");
            bench.assertOver();
            assertThat(events(PbxEvent.Transferred.class))
                    .containsExactly(new PbxEvent.Transferred("c", "c-2", "c-3", "clara"));
        }

        @Test
        @DisplayName("by the caller: the one who was called talks with the new one")
        void callerLeaves() {
            bench.tell(new CallEvent.Transfer(Optional.of("anna"), agent("clara")));
            answers(clara);
            assertThat(bridges()).containsExactly(new CallEffect.Bridge("c-3", "c-2"));
            anna.respond(anna.last(SipMethod.BYE), 200, "");
            boris.hangsUp();
            clara.respond(clara.last(SipMethod.BYE), 200, "");
            bench.assertOver();
        }

        @Test
        @DisplayName("to somebody who does not want it: they are together again")
        void refused() {
            bench.tell(new CallEvent.Transfer(Optional.of("boris"), agent("clara")));
            clara.answers(486);
            assertThat(bridges()).containsExactly(new CallEffect.Bridge("c-1", "c-2"));
            assertThat(events(PbxEvent.TransferFailed.class))
                    .containsExactly(new PbxEvent.TransferFailed("c", "c-2", "busy"));
            anna.hangsUp();
            boris.respond(boris.last(SipMethod.BYE), 200, "");
            bench.assertOver();
        }

        @Test
        @DisplayName("to somebody who does not answer: that phone rings no more")
        void unanswered() {
            bench.tell(new CallEvent.Transfer(Optional.of("boris"), agent("clara")));
            clara.answers(180);
            bench.pass(Duration.ofSeconds(61));
            assertThat(bridges()).containsExactly(new CallEffect.Bridge("c-1", "c-2"));
            assertThat(bench.effects(CallEffect.Cancel.class)).hasSize(1);
        }

        @Test
        @DisplayName("may hang up meanwhile; the other waits on")
        void leavesEarly() {
            bench.tell(new CallEvent.Transfer(Optional.of("boris"), agent("clara")));
            boris.hangsUp();
            assertThat(bench.call().ended()).isFalse();
            answers(clara);
            assertThat(bridges()).containsExactly(new CallEffect.Bridge("c-1", "c-3"));
        }

        @Test
        @DisplayName("and has gone when nobody answers: the call is over")
        void nobodyLeft() {
            bench.tell(new CallEvent.Transfer(Optional.of("boris"), agent("clara")));
            boris.hangsUp();
            clara.answers(486);
            anna.respond(anna.last(SipMethod.BYE), 200, "");
            assertThat(bench.record().cause()).isEqualTo("transfer: busy");
        }

        @Test
        @DisplayName("and the other hangs up: whoever rings is told")
        void otherHangsUp() {
            bench.tell(new CallEvent.Transfer(Optional.of("boris"), agent("clara")));
            clara.answers(180);
            anna.hangsUp();
            boris.respond(boris.last(SipMethod.BYE), 200, "");
            assertThat(bench.effects(CallEffect.Cancel.class)).hasSize(1);
            clara.answers(487);
            bench.assertOver();
        }

        @Test
        @DisplayName("once more while that goes on: the second is refused")
        void twice() {
            bench.tell(new CallEvent.Transfer(Optional.of("boris"), agent("clara")));
            bench.tell(new CallEvent.Transfer(Optional.of("anna"), agent("clara")));
            assertThat(events(PbxEvent.TransferBegan.class)).hasSize(1);
            assertThat(events(PbxEvent.TransferFailed.class)).hasSize(1);
        }

        @Test
        @DisplayName("without saying who of two agents: nobody is")
        void ambiguous() {
            bench.tell(new CallEvent.Transfer(Optional.empty(), agent("clara")));
            assertThat(events(PbxEvent.TransferFailed.class)).hasSize(1);
            assertThat(clara.isInvited()).isFalse();
        }
    }

    @Nested
    @DisplayName("when one refers the other to somebody (RFC 5589)")
    class Referred {
        private List<String> told(Peer peer) {
            return peer.requests(SipMethod.NOTIFY).stream()
                    .map(notify -> Peer.body(notify).strip())
                    .toList();
        }

        @BeforeEach
        void numbers() {
            bench.context().routes.put("clara", agent("clara"));
        }

        @Test
        @DisplayName("who answers: each step is told, and the one who referred is free")
        void answered() {
            boris.refers("<sip:clara@pbx.example>");
            assertThat(boris.statuses(SipMethod.REFER)).containsExactly(202);
            answers(clara);
            assertThat(told(boris))
                    .containsExactly("SIP/2.0 100 Trying", "SIP/2.0 180 Ringing", "SIP/2.0 200 OK");
            assertThat(boris.last(SipMethod.NOTIFY).headers().first("Subscription-State"))
                    .contains("terminated;reason=noresource");
            assertThat(boris.last(SipMethod.NOTIFY).headers().first("Event"))
                    .contains("refer;id=101");
            assertThat(boris.requests(SipMethod.BYE)).hasSize(1);
            assertThat(bridges()).containsExactly(new CallEffect.Bridge("c-1", "c-3"));
        }

        @Test
        @DisplayName("who is busy: that is told, and they are together again")
        void busy() {
            boris.refers("<sip:clara@pbx.example>");
            clara.answers(486);
            assertThat(told(boris)).last().isEqualTo("SIP/2.0 486 busy");
            assertThat(bridges()).containsExactly(new CallEffect.Bridge("c-1", "c-2"));
            assertThat(boris.requests(SipMethod.BYE)).isEmpty();
        }

        @Test
        @DisplayName("whom nobody knows, or who needs a call token: refused")
        void unknown() {
            boris.refers("<sip:nobody@pbx.example>");
            bench.context()
                    .routes
                    .put(
                            "900",
                            new Destination.WithToken(
                                    CallBench.over(CallBench.trunk("north")), Set.of()));
            boris.refers("<sip:900@pbx.example>");
            boris.refers("<mailto:x@y>");
            assertThat(boris.statuses(SipMethod.REFER)).containsExactly(404, 403);
            assertThat(told(boris)).isEmpty();
        }

        @Test
        @DisplayName("without saying to whom, or to two: refused")
        void malformed() {
            boris.refers("nonsense");
            boris.says("REFER", "", "");
            assertThat(boris.statuses(SipMethod.REFER)).containsExactly(400);
        }

        @Test
        @DisplayName("once more while that goes on: the second is refused")
        void twice() {
            boris.refers("<sip:clara@pbx.example>");
            anna.refers("<sip:clara@pbx.example>");
            assertThat(anna.statuses(SipMethod.REFER)).containsExactly(603);
        }

        @Test
        @DisplayName("of another call that is none: that is told")
        void noSuchDialog() {
            boris.refers("<sip:clara@pbx.example?Replaces=x%3Bto-tag%3Da%3Bfrom-tag%3Db>");
            assertThat(boris.statuses(SipMethod.REFER)).containsExactly(202);
            bench.tell(new CallEvent.NoPartner("c-2"));
            assertThat(told(boris)).last().isEqualTo("SIP/2.0 481 no such call");
        }

        @Test
        @DisplayName("of a call that says nothing: given up after two seconds; the next goes well")
        void silentCall() {
            boris.refers("<sip:clara@pbx.example?Replaces=x%3Bto-tag%3Da%3Bfrom-tag%3Db>");
            bench.pass(Duration.ofSeconds(1));
            assertThat(told(boris)).containsExactly("SIP/2.0 100 Trying");
            bench.pass(Duration.ofSeconds(1));
            assertThat(told(boris)).last().isEqualTo("SIP/2.0 481 no such call");
            bench.tell(new CallEvent.Transfer(Optional.of("boris"), agent("clara")));
            answers(clara);
            assertThat(bridges()).last().isEqualTo(new CallEffect.Bridge("c-1", "c-3"));
        }

        @Test
        @DisplayName("after a hold: whoever was held is held no more")
        void heldBefore() {
            boris.reinvites(Descriptions.browserOffer("sendonly"));
            anna.respond(
                    anna.last(SipMethod.INVITE),
                    200,
                    Descriptions.browserAnswer(Peer.body(anna.last(SipMethod.INVITE)), "recvonly"));
            boris.refers("<sip:clara@pbx.example>");
            answers(clara);
            assertThat(anna.requests(SipMethod.INVITE)).hasSize(2);
            assertThat(Peer.body(anna.last(SipMethod.INVITE))).contains("a=sendrecv");
        }
    }

    @Nested
    @DisplayName("and are joined by a third")
    class Joined {
        @BeforeEach
        void claraComes() {
            bench.tell(new CallEvent.Invite(agent("clara")));
            answers(clara);
        }

        @Test
        @DisplayName("are in a room, all three")
        void room() {
            assertThat(meeting().seats())
                    .containsExactly(
                            CallEffect.Seat.of("c-1"),
                            CallEffect.Seat.of("c-2"),
                            CallEffect.Seat.of("c-3"));
        }

        @Test
        @DisplayName("go on as two when the third leaves")
        void thirdLeaves() {
            clara.hangsUp();
            assertThat(bridges()).containsExactly(new CallEffect.Bridge("c-1", "c-2"));
        }

        @Test
        @DisplayName("go on as two when the caller leaves, and end with the next")
        void callerLeaves() {
            anna.hangsUp();
            assertThat(bridges()).containsExactly(new CallEffect.Bridge("c-3", "c-2"));
            boris.hangsUp();
            clara.respond(clara.last(SipMethod.BYE), 200, "");
            bench.assertOver();
        }

        @Test
        @DisplayName("go on without the one whose media fail")
        void mediaFails() {
            bench.tell(
                    new CallEvent.Media(
                            new MediaEvent.DtlsFailed("c-2", "no keys", Duration.ZERO)));
            assertThat(bridges()).containsExactly(new CallEffect.Bridge("c-1", "c-3"));
            boris.respond(boris.last(SipMethod.BYE), 200, "");
            assertThat(bench.call().ended()).isFalse();
        }
    }

    @Nested
    @DisplayName("and are supervised")
    class Supervised {
        private void supervises(Supervision mode) {
            bench.tell(new CallEvent.Supervise("clara", agent("clara"), "boris", mode));
        }

        private static CallEffect.Seat supervisor(Supervision mode) {
            return new CallEffect.Seat("c-3", Optional.of(new CallEffect.Supervises(mode, "c-2")));
        }

        @Test
        @DisplayName("are in a room with one who whispers to the agent that was named")
        void whisper() {
            supervises(Supervision.WHISPER);
            answers(clara);
            assertThat(meeting().seats())
                    .containsExactly(
                            CallEffect.Seat.of("c-1"),
                            CallEffect.Seat.of("c-2"),
                            supervisor(Supervision.WHISPER));
        }

        @Test
        @DisplayName("by somebody who barges in later, without being rung again")
        void changes() {
            supervises(Supervision.LISTEN);
            answers(clara);
            int legs = bench.call().snapshot().legs();
            supervises(Supervision.BARGE);
            assertThat(meeting().seats()).contains(supervisor(Supervision.BARGE));
            assertThat(bench.call().snapshot().legs()).isEqualTo(legs);
            assertThat(events(PbxEvent.PartyJoined.class))
                    .extracting(PbxEvent.PartyJoined::part)
                    .containsExactly("listen", "barge");
        }

        @Test
        @DisplayName("end though the supervisor would stay")
        void supervisorIsNoParty() {
            supervises(Supervision.LISTEN);
            answers(clara);
            anna.hangsUp();
            boris.respond(boris.last(SipMethod.BYE), 200, "");
            clara.respond(clara.last(SipMethod.BYE), 200, "");
            bench.assertOver();
        }

        @Test
        @DisplayName("not by one of the two who talk")
        void bySide() {
            bench.tell(
                    new CallEvent.Supervise("anna", agent("anna"), "boris", Supervision.WHISPER));
            assertThat(events(PbxEvent.JoinFailed.class)).hasSize(1);
            assertThat(bench.effects(CallEffect.Meet.class)).isEmpty();
        }

        @Test
        @DisplayName("not where the agent does not talk here: nobody is rung")
        void otherAgent() {
            bench.tell(
                    new CallEvent.Supervise("clara", agent("clara"), "dora", Supervision.LISTEN));
            assertThat(events(PbxEvent.JoinFailed.class)).hasSize(1);
            assertThat(bench.call().snapshot().legs()).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("can be joined by one in the telephone network")
    void customerJoins() {
        Trunk trunk = CallBench.trunk("north");
        Peer carrier = bench.carrier(trunk, "192.0.2.1");
        bench.tell(new CallEvent.Invite(CallBench.over(trunk)));
        carrier.answers(200, Descriptions.plainAnswer(carrier.offer(), "sendrecv"));
        assertThat(meeting().seats()).hasSize(3);
    }

    @Test
    @DisplayName("can be hung up from outside")
    void hungUp() {
        bench.tell(new CallEvent.HangUp("hung up by a supervisor"));
        anna.respond(anna.last(SipMethod.BYE), 200, "");
        boris.respond(boris.last(SipMethod.BYE), 200, "");
        assertThat(bench.record().cause()).isEqualTo("hung up by a supervisor");
    }
}
