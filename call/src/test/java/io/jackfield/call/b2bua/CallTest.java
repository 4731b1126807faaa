package io.jackfield.call.b2bua;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.call.cdr.Cdr;
import io.jackfield.call.cdr.Cdr.HangupSide;
import io.jackfield.call.edge.Transport;
import io.jackfield.call.event.PbxEvent;
import io.jackfield.call.routing.Destination;
import io.jackfield.call.routing.Trunk;
import io.jackfield.call.testing.FakeFlow;
import io.jackfield.media.MediaEvent;
import io.jackfield.media.QualityReport;
import io.jackfield.protocol.sdp.Direction;
import io.jackfield.protocol.sip.SipMethod;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.dialog.FailureKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("A call")
class CallTest {
    private static final Trunk FIRST = CallBench.trunk("first");
    private static final Trunk SECOND = CallBench.trunk("second");
    private static final String OFFER = Descriptions.browserOffer("sendrecv");

    private final CallBench bench = new CallBench();
    private final Peer anna = bench.peer(FakeFlow.browser("ws-anna"));

    private void annaCalls(Destination to) {
        annaCalls(to, OFFER);
    }

    private void annaCalls(Destination to, String sdp) {
        bench.annaCalls(anna, to, sdp);
    }

    private static Destination boris() {
        return new Destination.Agents(List.of(CallBench.agent("boris")));
    }

    /** Anna talks with the phone of Boris. */
    private Peer talking() {
        Peer phone = bench.phone("boris", "ws-boris");
        annaCalls(boris());
        phone.answers(180);
        phone.answers(200, Descriptions.browserAnswer(phone.offer(), "sendrecv"));
        anna.acknowledges("");
        return phone;
    }

    private boolean published(Class<? extends PbxEvent> kind) {
        return bench.effects(CallEffect.Publish.class).stream()
                .anyMatch(p -> kind.isInstance(p.event()));
    }

    @Nested
    @DisplayName("to the echo")
    class Echo {
        @Test
        @DisplayName("is answered at once, hears itself, and ends with the caller's BYE")
        void echo() {
            annaCalls(new Destination.Echo());
            assertThat(anna.statuses(SipMethod.INVITE)).containsExactly(200);
            assertThat(bench.effects(CallEffect.Echo.class)).hasSize(1);
            anna.acknowledges("");
            bench.pass(Duration.ofSeconds(10));
            anna.hangsUp();
            Cdr cdr = bench.record();
            assertThat(cdr.answeredBy()).contains("echo");
            assertThat(cdr.talkMillis()).isEqualTo(10_000);
            assertThat(cdr.hangupSide()).isEqualTo(HangupSide.CALLER);
            assertThat(cdr.cause()).isEqualTo("normal");
            assertThat(cdr.sipStatus()).isEqualTo(200);
            assertThat(cdr.agentHeard().packets()).contains(495L);
            assertThat(cdr.customerHeard()).isEqualTo(Cdr.Heard.NOTHING);
        }

        @Test
        @DisplayName("that measures hears itself later, and what was measured is told")
        void qualityEcho() {
            annaCalls(new Destination.QualityEcho());
            assertThat(anna.statuses(SipMethod.INVITE)).containsExactly(200);
            assertThat(bench.effects(CallEffect.QualityEcho.class))
                    .containsExactly(new CallEffect.QualityEcho("c-1"));
            anna.acknowledges("");
            QualityReport report =
                    new QualityReport(
                            Duration.ofSeconds(8),
                            -20,
                            -6,
                            0,
                            -60,
                            Optional.empty(),
                            new QualityReport.Path(0.01, OptionalDouble.of(3)),
                            Optional.empty(),
                            OptionalDouble.empty());
            bench.tell(new CallEvent.Media(new MediaEvent.QualityMeasured("c-1", report)));
            assertThat(bench.effects(CallEffect.Publish.class))
                    .contains(
                            new CallEffect.Publish(
                                    new PbxEvent.QualityMeasured(CallBench.CALL, "anna", report)));
            anna.hangsUp();
            assertThat(bench.record().answeredBy()).contains("quality echo");
        }

        @Test
        @DisplayName("without an offer gets ours in the 200 (RFC 3261 §13.2.1)")
        void lateOffer() {
            annaCalls(new Destination.Echo(), "");
            String offer = Peer.body(anna.response(200));
            assertThat(offer).contains("UDP/TLS/RTP/SAVPF");
            anna.acknowledges(Descriptions.browserAnswer(offer, "sendrecv"));
            assertThat(bench.effects(CallEffect.ApplyMedia.class)).hasSize(1);
            anna.hangsUp();
            bench.assertOver();
        }

        @Test
        @DisplayName("whose 200 nobody acknowledges is ended after 32 s (§13.3.1.4)")
        void noAck() {
            annaCalls(new Destination.Echo());
            bench.pass(Duration.ofSeconds(33));
            anna.respond(anna.last(SipMethod.BYE), 200, "");
            assertThat(bench.record().cause()).isEqualTo("answer was not acknowledged");
        }

        @Test
        @DisplayName("with no codec of ours is refused with 488")
        void noCodec() {
            annaCalls(
                    new Destination.Echo(),
                    OFFER.replace("SAVPF 111 8", "SAVPF 3")
                            .replace("rtpmap:111 opus/48000/2", "x"));
            assertThat(anna.statuses(SipMethod.INVITE)).containsExactly(488);
            assertThat(bench.record().sipStatus()).isEqualTo(488);
        }

        @Test
        @DisplayName("with a description that cannot be read is refused, and no media is opened")
        void garbage() {
            annaCalls(new Destination.Echo(), "hello");
            assertThat(anna.statuses(SipMethod.INVITE)).hasSize(1);
            assertThat(bench.record().sipStatus()).isBetween(400, 499);
        }
    }

    @Nested
    @DisplayName("to an agent")
    class ToAgent {
        @Test
        @DisplayName("shows who calls as proved, with the call's id and reference (threat T7)")
        void invitation() {
            Peer phone = bench.phone("boris", "ws-boris");
            annaCalls(boris());
            assertThat(phone.invited().headers().from().text())
                    .contains("Anna")
                    .contains("sip:anna@pbx.example");
            assertThat(phone.invited().headers().first("X-Call-Id")).contains(CallBench.CALL);
            assertThat(phone.invited().headers().first("X-Call-Ref")).contains("crm-7");
            assertThat(phone.invited().headers().maxForwards()).hasValue(69);
        }

        @Test
        @DisplayName("rings, is answered, is bridged, and ends with the called one's BYE")
        void talks() {
            Peer phone = bench.phone("boris", "ws-boris");
            annaCalls(boris());
            bench.pass(Duration.ofSeconds(2));
            phone.answers(180);
            bench.pass(Duration.ofSeconds(3));
            phone.answers(200, Descriptions.browserAnswer(phone.offer(), "sendrecv"));
            assertThat(anna.statuses(SipMethod.INVITE)).containsExactly(180, 200);
            assertThat(phone.requests(SipMethod.ACK)).hasSize(1);
            assertThat(bench.effects(CallEffect.Bridge.class)).hasSize(1);
            anna.acknowledges("");
            bench.pass(Duration.ofSeconds(60));
            phone.hangsUp();
            assertThat(anna.last(SipMethod.BYE).headers().first("Reason").orElse(""))
                    .contains("cause=16");
            anna.respond(anna.last(SipMethod.BYE), 200, "");
            Cdr cdr = bench.record();
            assertThat(cdr.answeredBy()).contains("boris");
            assertThat(cdr.hangupSide()).isEqualTo(HangupSide.CALLEE);
            assertThat(cdr.ringMillis()).isEqualTo(5_000);
            assertThat(cdr.talkMillis()).isEqualTo(60_000);
            assertThat(cdr.legs()).isEqualTo(2);
            assertThat(cdr.reference()).contains("crm-7");
            assertThat(cdr.agentHeard().lost()).contains(5L);
            assertThat(cdr.customerHeard().lost()).contains(7L);
        }

        @Test
        @DisplayName("the first phone to answer wins, the other one's CANCEL says so (RFC 3326)")
        void twoPhones() {
            Peer desk = bench.phone("boris", "ws-desk");
            Peer laptop = bench.phone("boris", "ws-laptop");
            annaCalls(boris());
            desk.answers(180);
            laptop.answers(180);
            laptop.answers(200, Descriptions.browserAnswer(laptop.offer(), "sendrecv"));
            assertThat(desk.cancelReasons()).singleElement().asString().contains("SIP;cause=200");
            desk.answers(487);
            anna.acknowledges("");
            laptop.hangsUp();
            anna.respond(anna.last(SipMethod.BYE), 200, "");
            assertThat(bench.record().legs()).isEqualTo(3);
        }

        @Test
        @DisplayName("a second phone that answered at the same moment gets ACK and BYE, not a call")
        void bothAnswer() {
            Peer desk = bench.phone("boris", "ws-desk");
            Peer laptop = bench.phone("boris", "ws-laptop");
            annaCalls(boris());
            desk.answers(180);
            laptop.answers(180);
            desk.answers(200, Descriptions.browserAnswer(desk.offer(), "sendrecv"));
            laptop.answers(200, Descriptions.browserAnswer(laptop.offer(), "sendrecv"));
            assertThat(laptop.requests(SipMethod.ACK)).hasSize(1);
            laptop.respond(laptop.last(SipMethod.BYE), 200, "");
            assertThat(desk.requests(SipMethod.BYE)).isEmpty();
            anna.acknowledges("");
            anna.hangsUp();
            desk.respond(desk.last(SipMethod.BYE), 200, "");
            assertThat(bench.record().hangupSide()).isEqualTo(HangupSide.CALLER);
        }

        @Test
        @DisplayName("one busy phone does not end it while another rings; the best refusal counts")
        void refused() {
            Peer desk = bench.phone("boris", "ws-desk");
            Peer laptop = bench.phone("boris", "ws-laptop");
            annaCalls(boris());
            desk.answers(486);
            assertThat(bench.call().ended()).isFalse();
            laptop.answers(480);
            assertThat(anna.statuses(SipMethod.INVITE)).contains(486).doesNotContain(480);
            assertThat(bench.record().cause()).isEqualTo("busy");
        }

        @Test
        @DisplayName("without a phone is refused with 480 at once")
        void notRegistered() {
            annaCalls(boris());
            assertThat(anna.statuses(SipMethod.INVITE)).containsExactly(480);
            assertThat(bench.record().cause()).isEqualTo("not registered");
        }

        @Test
        @DisplayName(
                "that nobody answers ends after a minute with 480, and the phone stops ringing")
        void noAnswer() {
            Peer phone = bench.phone("boris", "ws-boris");
            annaCalls(boris());
            phone.answers(180);
            bench.pass(Duration.ofSeconds(59));
            assertThat(phone.cancelReasons()).isEmpty();
            bench.pass(Duration.ofSeconds(1));
            assertThat(phone.cancelReasons()).hasSize(1);
            assertThat(anna.statuses(SipMethod.INVITE)).containsExactly(180, 480);
            phone.answers(487);
            assertThat(bench.record().cause()).isEqualTo("no answer");
            assertThat(bench.record().ringMillis()).isEqualTo(60_000);
        }

        @Test
        @DisplayName("that the caller cancels ends with 487, and the phone is cancelled")
        void cancelled() {
            Peer phone = bench.phone("boris", "ws-boris");
            annaCalls(boris());
            phone.answers(180);
            anna.cancels();
            assertThat(anna.statuses(SipMethod.INVITE)).containsExactly(180, 487);
            assertThat(phone.cancelReasons()).hasSize(1);
            phone.answers(487);
            assertThat(bench.record().cause()).isEqualTo("cancelled");
            assertThat(bench.record().talkMillis()).isZero();
        }

        @Test
        @DisplayName("an answer that crosses the CANCEL gets ACK and BYE (§9.1)")
        void cancelCrosses() {
            Peer phone = bench.phone("boris", "ws-boris");
            annaCalls(boris());
            phone.answers(180);
            anna.cancels();
            phone.answers(200, Descriptions.browserAnswer(phone.offer(), "sendrecv"));
            assertThat(phone.requests(SipMethod.ACK)).hasSize(1);
            phone.respond(phone.last(SipMethod.BYE), 200, "");
            assertThat(anna.statuses(SipMethod.INVITE)).doesNotContain(200);
            assertThat(bench.record().cause()).isEqualTo("cancelled");
        }

        @Test
        @DisplayName("a phone that asks for a password gets none (threat T6)")
        void challenge() {
            bench.haveCredentials();
            Peer phone = bench.phone("boris", "ws-boris");
            annaCalls(boris());
            phone.answers(401);
            assertThat(phone.requests(SipMethod.INVITE))
                    .singleElement()
                    .satisfies(r -> assertThat(r.headers().first("Authorization")).isEmpty());
            assertThat(bench.record().sipStatus()).isEqualTo(500);
        }

        @Test
        @DisplayName("an answer that does not fit our offer is acknowledged and ended, not bridged")
        void wrongAnswer() {
            Peer phone = bench.phone("boris", "ws-boris");
            annaCalls(boris());
            phone.answers(180);
            phone.answers(200, Descriptions.plain("sendrecv", 8));
            assertThat(phone.requests(SipMethod.ACK)).hasSize(1);
            assertThat(bench.effects(CallEffect.Bridge.class)).isEmpty();
            assertThat(anna.statuses(SipMethod.INVITE)).doesNotContain(200);
            phone.respond(phone.last(SipMethod.BYE), 200, "");
            assertThat(bench.record().talkMillis()).isZero();
        }

        @Test
        @DisplayName("both hang up at once: the BYEs cross and each has its 200 (§15.1.2)")
        void crossing() {
            Peer phone = talking();
            anna.hangsUp();
            phone.hangsUp();
            assertThat(phone.statuses(SipMethod.BYE)).containsExactly(200);
            assertThat(anna.statuses(SipMethod.BYE)).containsExactly(200);
            assertThat(bench.record().hangupSide()).isEqualTo(HangupSide.CALLER);
        }

        @Test
        @DisplayName("a BYE that nobody answers does not keep the call for ever")
        void silentBye() {
            Peer phone = talking();
            anna.hangsUp();
            bench.pass(Duration.ofSeconds(65));
            assertThat(phone.requests(SipMethod.BYE)).hasSize(1);
            bench.assertOver();
        }
    }

    @Nested
    @DisplayName("to the telephone network")
    class ToTrunk {
        private final Peer first = bench.carrier(FIRST, "192.0.2.1");
        private final Peer second = bench.carrier(SECOND, "192.0.2.2");

        @Test
        @DisplayName("early media reaches the caller in a 183, and the 200 follows (RFC 3960)")
        void earlyMedia() {
            annaCalls(CallBench.over(FIRST));
            assertThat(first.offer()).contains("RTP/AVP").contains("PCMA").doesNotContain("opus");
            assertThat(first.invited().headers().first("X-Call-Ref")).isEmpty();
            first.answers(183, Descriptions.plainAnswer(first.offer(), "sendrecv"));
            assertThat(anna.statuses(SipMethod.INVITE)).containsExactly(183);
            assertThat(Peer.body(anna.response(183))).contains("PCMA");
            assertThat(bench.effects(CallEffect.Bridge.class)).hasSize(1);
            first.answers(200, Descriptions.plainAnswer(first.offer(), "sendrecv"));
            anna.acknowledges("");
            anna.hangsUp();
            first.respond(first.last(SipMethod.BYE), 200, "");
            assertThat(bench.record().answeredBy()).contains("first");
            assertThat(bench.record().direction()).isEqualTo(Cdr.Direction.OUTBOUND);
        }

        @Test
        @DisplayName("busy and unknown numbers are told as such, and no other trunk is tried")
        void refused() {
            annaCalls(CallBench.over(FIRST, SECOND));
            first.answers(486);
            assertThat(second.isInvited()).isFalse();
            assertThat(anna.statuses(SipMethod.INVITE)).containsExactly(486);
            assertThat(bench.record().cause()).isEqualTo("busy");
        }

        @Test
        @DisplayName("503 leads to the second trunk; its answer counts alone")
        void failover() {
            annaCalls(CallBench.over(FIRST, SECOND));
            first.answers(503);
            second.answers(404);
            assertThat(anna.statuses(SipMethod.INVITE)).containsExactly(404);
            assertThat(bench.effects(CallEffect.ReportTrunk.class))
                    .extracting(CallEffect.ReportTrunk::failed)
                    .containsExactly(true, false);
            assertThat(bench.record().cause()).isEqualTo("number not found");
        }

        @Test
        @DisplayName("a trunk that says nothing for 4 s is left at once for the next one")
        void silent() {
            annaCalls(CallBench.over(FIRST, SECOND));
            bench.pass(Duration.ofSeconds(4));
            assertThat(second.isInvited()).isTrue();
            assertThat(bench.effects(CallEffect.ReportTrunk.class))
                    .extracting(r -> r.trunk().name() + r.failed())
                    .containsExactly("firsttrue");
            second.answers(183, Descriptions.plainAnswer(second.offer(), "sendrecv"));
            assertThat(anna.statuses(SipMethod.INVITE)).containsExactly(183);
            second.answers(200, Descriptions.plainAnswer(second.offer(), "sendrecv"));
            anna.acknowledges("");
            assertThat(bench.effects(CallEffect.Bridge.class))
                    .last()
                    .isEqualTo(new CallEffect.Bridge("c-1", "c-3"));
            first.fails(first.invited(), FailureKind.TIMEOUT);
            assertThat(bench.call().ended()).isFalse();
            second.hangsUp();
            anna.respond(anna.last(SipMethod.BYE), 200, "");
            bench.assertOver();
        }

        @Test
        @DisplayName("one that answers too late, when the next is tried, gets ACK and BYE")
        void tooLate() {
            annaCalls(CallBench.over(FIRST, SECOND));
            bench.pass(Duration.ofSeconds(4));
            first.answers(200, Descriptions.plainAnswer(first.offer(), "sendrecv"));
            first.respond(first.last(SipMethod.BYE), 200, "");
            assertThat(anna.statuses(SipMethod.INVITE)).isEmpty();
            second.answers(486);
            assertThat(bench.record().cause()).isEqualTo("busy");
        }

        @Test
        @DisplayName("the last trunk's silence ends the call: no answer")
        void allSilent() {
            annaCalls(CallBench.over(FIRST, SECOND));
            bench.pass(Duration.ofSeconds(8));
            assertThat(anna.statuses(SipMethod.INVITE)).containsExactly(408);
            first.fails(first.invited(), FailureKind.TIMEOUT);
            second.fails(second.invited(), FailureKind.TIMEOUT);
            assertThat(bench.record().ringMillis()).isEqualTo(8_000);
        }

        @Test
        @DisplayName(
                "100 Trying shows that the trunk is there, however long it looks for the number")
        void trying() {
            annaCalls(CallBench.over(FIRST, SECOND));
            first.answers(100);
            bench.pass(Duration.ofSeconds(20));
            assertThat(second.isInvited()).isFalse();
            first.answers(180);
            first.answers(200, Descriptions.plainAnswer(first.offer(), "sendrecv"));
            anna.acknowledges("");
            assertThat(bench.effects(CallEffect.Bridge.class)).hasSize(1);
        }

        @Test
        @DisplayName("a challenge of the trunk is answered once, an unmet one tries the next trunk")
        void challenge() {
            bench.haveCredentials();
            annaCalls(CallBench.over(FIRST));
            first.answers(401);
            assertThat(first.last(SipMethod.INVITE).headers().first("Authorization")).isPresent();
        }

        @Test
        @DisplayName("without a trunk that is up is refused with 503")
        void down() {
            annaCalls(CallBench.over(CallBench.trunk("third")));
            assertThat(anna.statuses(SipMethod.INVITE)).containsExactly(503);
            bench.assertOver();
        }
    }

    @Nested
    @DisplayName("from the telephone network")
    class FromTrunk {
        private final Peer carrier = bench.carrier(FIRST, "192.0.2.1");
        private final Peer phone = bench.phone("boris", "ws-boris");

        private void calls(String sdp) {
            bench.start(
                    carrier,
                    CallBench.invite(sdp),
                    new Party.Customer(FIRST, "74951234567", Optional.empty()),
                    boris(),
                    Cdr.Direction.INBOUND);
        }

        @Test
        @DisplayName("rings the agent, and the figures change sides")
        void inbound() {
            calls(Descriptions.plain("sendrecv", 8));
            assertThat(phone.invited().headers().from().text()).contains("sip:74951234567@");
            phone.answers(180);
            phone.answers(200, Descriptions.browserAnswer(phone.offer(), "sendrecv"));
            carrier.acknowledges("");
            carrier.hangsUp();
            phone.respond(phone.last(SipMethod.BYE), 200, "");
            Cdr cdr = bench.record();
            assertThat(cdr.direction()).isEqualTo(Cdr.Direction.INBOUND);
            assertThat(cdr.caller()).isEqualTo("74951234567");
            assertThat(cdr.agentHeard().lost()).contains(7L);
            assertThat(cdr.customerHeard().lost()).contains(5L);
        }

        @Test
        @DisplayName(
                "without an offer gets ours in the 200, its answer in the ACK settles the media")
        void lateOffer() {
            calls("");
            phone.answers(180);
            phone.answers(200, Descriptions.browserAnswer(phone.offer(), "sendrecv"));
            String offer = Peer.body(carrier.response(200));
            carrier.acknowledges(Descriptions.plainAnswer(offer, "sendrecv"));
            assertThat(bench.effects(CallEffect.ApplyMedia.class))
                    .extracting(CallEffect.ApplyMedia::legId)
                    .containsExactly("c-2", "c-1");
            carrier.hangsUp();
            phone.respond(phone.last(SipMethod.BYE), 200, "");
            bench.assertOver();
        }

        @Test
        @DisplayName("whose answer in the ACK fits nothing is ended with BYE on both sides")
        void badLateAnswer() {
            calls("");
            phone.answers(200, Descriptions.browserAnswer(phone.offer(), "sendrecv"));
            carrier.acknowledges("hello");
            carrier.respond(carrier.last(SipMethod.BYE), 200, "");
            phone.respond(phone.last(SipMethod.BYE), 200, "");
            assertThat(bench.record().cause()).isEqualTo("no common codec");
        }
    }

    @Nested
    @DisplayName("in progress")
    class InProgress {
        private String lastOfferTo(Peer peer) {
            return Peer.body(peer.last(SipMethod.INVITE));
        }

        /** Answers the latest re-INVITE that we sent to that phone. */
        private void answersReinvite(Peer peer, String direction) {
            peer.respond(
                    peer.last(SipMethod.INVITE),
                    200,
                    Descriptions.browserAnswer(lastOfferTo(peer), direction));
        }

        private boolean lastHeld() {
            return bench.effects(CallEffect.Publish.class).stream()
                    .map(CallEffect.Publish::event)
                    .filter(PbxEvent.CallHeld.class::isInstance)
                    .map(e -> ((PbxEvent.CallHeld) e).held())
                    .reduce((_, later) -> later)
                    .orElse(false);
        }

        @Test
        @DisplayName("the caller holds and resumes; the other phone is told both (RFC 3264 §8.4)")
        void hold() {
            Peer phone = talking();
            int before = phone.requests(SipMethod.INVITE).size();
            anna.reinvites(Descriptions.browserOffer("sendonly"));
            anna.acknowledges("");
            assertThat(Peer.body(anna.response(200))).contains("a=recvonly");
            assertThat(phone.requests(SipMethod.INVITE)).hasSize(before + 1);
            assertThat(lastOfferTo(phone)).contains("a=sendonly");
            assertThat(lastHeld()).isTrue();
            answersReinvite(phone, "recvonly");
            anna.reinvites(Descriptions.browserOffer("sendrecv"));
            anna.acknowledges("");
            assertThat(Peer.body(anna.response(200))).contains("a=sendrecv");
            assertThat(lastOfferTo(phone)).contains("a=sendrecv");
            assertThat(lastHeld()).isFalse();
            answersReinvite(phone, "sendrecv");
        }

        @Test
        @DisplayName("the called one holds and resumes")
        void calleeHolds() {
            Peer phone = talking();
            phone.reinvites(Descriptions.browserOffer("sendonly", "ufragB"));
            phone.acknowledges("");
            assertThat(lastOfferTo(anna)).contains("a=sendonly");
            answersReinvite(anna, "recvonly");
            phone.reinvites(Descriptions.browserOffer("sendrecv", "ufragB"));
            assertThat(Peer.body(phone.response(200))).contains("a=sendrecv");
            assertThat(lastOfferTo(anna)).contains("a=sendrecv");
        }

        @Test
        @DisplayName("a refresh by the one who holds is no resume")
        void refreshWhileHolding() {
            Peer phone = talking();
            anna.reinvites(Descriptions.browserOffer("sendonly"));
            anna.acknowledges("");
            answersReinvite(phone, "recvonly");
            int told = phone.requests(SipMethod.INVITE).size();
            anna.reinvites(Descriptions.browserOffer("sendonly"));
            anna.acknowledges("");
            assertThat(phone.requests(SipMethod.INVITE)).hasSize(told);
            assertThat(lastHeld()).isTrue();
        }

        @Test
        @DisplayName("a refresh by the one who is held tells nobody anything")
        void refreshWhileHeld() {
            Peer phone = talking();
            anna.reinvites(Descriptions.browserOffer("sendonly"));
            anna.acknowledges("");
            answersReinvite(phone, "recvonly");
            int told = anna.requests(SipMethod.INVITE).size();
            phone.reinvites(Descriptions.browserOffer("recvonly", "ufragB"));
            phone.acknowledges("");
            assertThat(anna.requests(SipMethod.INVITE)).hasSize(told);
        }

        @Test
        @DisplayName("both hold: one who resumes hears nothing until the other resumes too")
        void doubleHold() {
            Peer phone = talking();
            anna.reinvites(Descriptions.browserOffer("sendonly"));
            anna.acknowledges("");
            answersReinvite(phone, "recvonly");
            phone.reinvites(Descriptions.browserOffer("inactive", "ufragB"));
            phone.acknowledges("");
            answersReinvite(anna, "inactive");
            anna.reinvites(Descriptions.browserOffer("recvonly"));
            anna.acknowledges("");
            assertThat(Peer.body(anna.response(200))).contains("a=sendonly");
            assertThat(lastOfferTo(phone)).contains("a=sendrecv");
            answersReinvite(phone, "sendonly");
            phone.reinvites(Descriptions.browserOffer("sendrecv", "ufragB"));
            phone.acknowledges("");
            assertThat(Peer.body(phone.response(200))).contains("a=sendrecv");
            assertThat(lastOfferTo(anna)).contains("a=sendrecv");
        }

        @Test
        @DisplayName(
                "new ICE credentials in a re-INVITE are answered with new ones (RFC 8839 §4.4)")
        void iceRestart() {
            talking();
            String before = Peer.body(anna.response(200));
            anna.reinvites(Descriptions.browserOffer("sendrecv", "ufragNew"));
            assertThat(bench.effects(CallEffect.RestartIce.class)).hasSize(1);
            String after = Peer.body(anna.response(200));
            assertThat(after.lines().filter(l -> l.startsWith("a=ice-ufrag")))
                    .isNotEmpty()
                    .noneMatch(before::contains);
        }

        @Test
        @DisplayName("a re-INVITE that meets ours gets 491, and the call goes on (§14.2)")
        void glare() {
            Peer phone = talking();
            anna.reinvites(Descriptions.browserOffer("sendonly"));
            anna.acknowledges("");
            SipRequest ours = phone.last(SipMethod.INVITE);
            phone.reinvites(Descriptions.browserOffer("sendonly", "ufragB"));
            assertThat(phone.statuses(SipMethod.INVITE)).containsExactly(491);
            phone.respond(ours, 491, "");
            bench.pass(Duration.ofSeconds(5));
            assertThat(phone.last(SipMethod.INVITE).headers().cseq().number())
                    .isGreaterThan(ours.headers().cseq().number());
            answersReinvite(phone, "recvonly");
            assertThat(bench.call().ended()).isFalse();
        }

        @Test
        @DisplayName("a re-INVITE without an offer gets the session as it stands")
        void asksForOffer() {
            talking();
            anna.reinvites("");
            assertThat(Peer.body(anna.response(200))).contains("a=sendrecv").contains("opus");
        }

        @Test
        @DisplayName("a re-INVITE that gives up all our codecs is refused with 488, no more")
        void noCodec() {
            talking();
            anna.reinvites(OFFER.replace("SAVPF 111 8", "SAVPF 3"));
            assertThat(anna.statuses(SipMethod.INVITE)).contains(488);
            assertThat(bench.call().ended()).isFalse();
        }

        @Test
        @DisplayName("a key press by INFO goes to the other side as RFC 4733")
        void dtmf() {
            talking();
            anna.says("INFO", "application/dtmf-relay", "Signal=5\r\nDuration=200\r\n");
            assertThat(anna.statuses(SipMethod.INFO)).containsExactly(200);
            assertThat(bench.effects(CallEffect.SendDtmf.class))
                    .containsExactly(new CallEffect.SendDtmf("c-2", '5', 200));
        }

        @Test
        @DisplayName("no media for 30 s ends it, with the cause stated to both")
        void silence() {
            Peer phone = talking();
            bench.tell(
                    new CallEvent.Media(
                            new MediaEvent.Silent(
                                    "c-2", Duration.ofSeconds(5), Direction.SENDRECV)));
            bench.pass(Duration.ofSeconds(25).minusMillis(1));
            assertThat(anna.requests(SipMethod.BYE)).isEmpty();
            bench.pass(Duration.ofMillis(1));
            anna.respond(anna.last(SipMethod.BYE), 200, "");
            phone.respond(phone.last(SipMethod.BYE), 200, "");
            assertThat(bench.record().cause()).isEqualTo("no media received");
            assertThat(bench.record().hangupSide()).isEqualTo(HangupSide.PBX);
        }

        @Test
        @DisplayName("media that comes again in time does not end it")
        void resumed() {
            talking();
            bench.tell(new CallEvent.Media(new MediaEvent.ConsentLost("c-1")));
            bench.pass(Duration.ofSeconds(29));
            bench.tell(new CallEvent.Media(new MediaEvent.Resumed("c-1")));
            bench.pass(Duration.ofSeconds(60));
            assertThat(bench.call().ended()).isFalse();
        }

        @Test
        @DisplayName("a leg without keys ends it (RFC 5763 §5)")
        void dtls() {
            Peer phone = talking();
            bench.tell(
                    new CallEvent.Media(
                            new MediaEvent.DtlsFailed("c-1", "fingerprint", Duration.ZERO)));
            anna.respond(anna.last(SipMethod.BYE), 200, "");
            phone.respond(phone.last(SipMethod.BYE), 200, "");
            assertThat(bench.record().cause()).isEqualTo("media failed: fingerprint");
        }

        @Test
        @DisplayName("Stop says BYE to both")
        void stop() {
            Peer phone = talking();
            bench.tell(new CallEvent.Stop("the server stops"));
            anna.respond(anna.last(SipMethod.BYE), 200, "");
            phone.respond(phone.last(SipMethod.BYE), 200, "");
            assertThat(bench.record().cause()).isEqualTo("the server stops");
        }

        @Test
        @DisplayName("a phone that challenges our BYE gets no credentials (threat T6)")
        void challengedBye() {
            bench.haveCredentials();
            Peer phone = talking();
            anna.hangsUp();
            phone.respond(phone.last(SipMethod.BYE), 401, "");
            assertThat(phone.requests(SipMethod.BYE))
                    .singleElement()
                    .satisfies(r -> assertThat(r.headers().first("Authorization")).isEmpty());
            bench.assertOver();
        }
    }

    @Nested
    @DisplayName("whose connection drops")
    class Dropped {
        @Test
        @DisplayName("is kept for 30 s, then ended: network lost")
        void kept() {
            Peer phone = talking();
            bench.tell(new CallEvent.FlowClosed(anna.flow()));
            bench.pass(Duration.ofSeconds(30).minusMillis(1));
            assertThat(phone.requests(SipMethod.BYE)).isEmpty();
            bench.pass(Duration.ofMillis(1));
            phone.respond(phone.last(SipMethod.BYE), 200, "");
            assertThat(bench.record().cause()).isEqualTo("network lost");
            assertThat(bench.record().hangupSide()).isEqualTo(HangupSide.CALLER);
            assertThat(published(PbxEvent.LegLost.class)).isTrue();
        }

        @Test
        @DisplayName("goes on when the phone returns: requests take the new flow")
        void returns() {
            Peer phone = talking();
            bench.tell(new CallEvent.FlowClosed(anna.flow()));
            bench.pass(Duration.ofSeconds(20));
            Peer back = anna.movedTo(FakeFlow.browser("ws-anna-2"));
            bench.tell(
                    new CallEvent.PhoneReturned(
                            "anna", Optional.of(CallBench.instance("ws-anna")), back.flow()));
            bench.pass(Duration.ofMinutes(2));
            assertThat(bench.call().ended()).isFalse();
            phone.hangsUp();
            assertThat(anna.requests(SipMethod.BYE)).isEmpty();
            back.respond(back.last(SipMethod.BYE), 200, "");
            assertThat(bench.record().cause()).isEqualTo("normal");
        }

        @Test
        @DisplayName("and returns over another transport is told of it in Via (RFC 3261 §18.1.1)")
        void otherTransport() {
            Peer phone = talking();
            bench.tell(new CallEvent.FlowClosed(anna.flow()));
            Peer back = anna.movedTo(FakeFlow.of("ws-anna-2", Transport.WS, "198.51.100.7", 40001));
            bench.tell(
                    new CallEvent.PhoneReturned(
                            "anna", Optional.of(CallBench.instance("ws-anna")), back.flow()));
            phone.hangsUp();
            assertThat(back.last(SipMethod.BYE).headers().via().transport()).isEqualTo("WS");
        }

        @Test
        @DisplayName("a BYE that waited is delivered when the phone returns")
        void waiting() {
            Peer phone = talking();
            bench.tell(new CallEvent.FlowClosed(anna.flow()));
            phone.hangsUp();
            assertThat(bench.call().ended()).isFalse();
            Peer back = anna.movedTo(FakeFlow.browser("ws-anna-2"));
            bench.tell(
                    new CallEvent.PhoneReturned(
                            "anna", Optional.of(CallBench.instance("ws-anna")), back.flow()));
            back.respond(back.last(SipMethod.BYE), 200, "");
            assertThat(bench.record().hangupSide()).isEqualTo(HangupSide.CALLEE);
        }

        @Test
        @DisplayName("a phone that is back before its old connection is known to be gone goes on")
        void returnsFirst() {
            Peer phone = talking();
            Peer back = anna.movedTo(FakeFlow.browser("ws-anna-2"));
            bench.tell(
                    new CallEvent.PhoneReturned(
                            "anna", Optional.of(CallBench.instance("ws-anna")), back.flow()));
            bench.tell(new CallEvent.FlowClosed(anna.flow()));
            bench.pass(Duration.ofSeconds(60));
            assertThat(bench.call().ended()).isFalse();
            phone.hangsUp();
            back.respond(back.last(SipMethod.BYE), 200, "");
            bench.assertOver();
        }

        @Test
        @DisplayName("another phone of the same agent does not take it over")
        void otherPhone() {
            Peer phone = talking();
            bench.tell(new CallEvent.FlowClosed(anna.flow()));
            bench.tell(
                    new CallEvent.PhoneReturned(
                            "anna", Optional.of("<urn:uuid:other>"), FakeFlow.browser("ws-x")));
            bench.pass(Duration.ofSeconds(30));
            phone.respond(phone.last(SipMethod.BYE), 200, "");
            assertThat(bench.record().cause()).isEqualTo("network lost");
        }

        @Test
        @DisplayName("a phone that drops while it rings leaves the others ringing")
        void ringing() {
            Peer desk = bench.phone("boris", "ws-desk");
            Peer laptop = bench.phone("boris", "ws-laptop");
            annaCalls(boris());
            desk.answers(180);
            laptop.answers(180);
            bench.tell(new CallEvent.FlowClosed(desk.flow()));
            bench.pass(Duration.ofSeconds(31));
            laptop.answers(200, Descriptions.browserAnswer(laptop.offer(), "sendrecv"));
            anna.acknowledges("");
            anna.hangsUp();
            laptop.respond(laptop.last(SipMethod.BYE), 200, "");
            assertThat(bench.record().answeredBy()).contains("boris");
        }
    }
}
