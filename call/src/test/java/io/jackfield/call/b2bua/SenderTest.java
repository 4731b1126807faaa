package io.jackfield.call.b2bua;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.call.edge.Transport;
import io.jackfield.call.routing.CodecPolicy;
import io.jackfield.call.routing.SourceMatch;
import io.jackfield.call.routing.Trunk;
import io.jackfield.call.testing.FakeFlow;
import io.jackfield.call.testing.SipText;
import io.jackfield.protocol.sip.SipMethod;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Who may speak in a call (threat T9)")
class SenderTest {
    /** Two trunks to the same cluster, as with two accounts at one carrier. */
    private static final Trunk TWIN = trunk("twin", "192.0.2.0/24");

    private static final Trunk CARRIER = trunk("carrier", "192.0.2.0/24");
    private static final Trunk OTHER = trunk("other", "203.0.113.0/24");

    private final RunningNode node = new RunningNode(new PlantedBug(), CARRIER, TWIN, OTHER);
    private final FakeFlow carrier = FakeFlow.of("sbc-1", Transport.UDP, "192.0.2.1", 5060);
    private final FakeFlow cluster = FakeFlow.of("sbc-2", Transport.UDP, "192.0.2.77", 6060);
    private final FakeFlow boris = FakeFlow.browser("boris");

    private static Trunk trunk(String name, String sources) {
        return new Trunk(
                name,
                Transport.UDP,
                "sip." + name + ".example",
                5060,
                List.of("PCMA"),
                Optional.empty(),
                false,
                Duration.ofMinutes(5),
                Optional.empty(),
                Duration.ZERO,
                List.of(SourceMatch.parse(sources)),
                false,
                CodecPolicy.PASSTHROUGH);
    }

    @AfterEach
    void stop() {
        node.close();
    }

    /** The carrier calls boris; returns the INVITE that rings him. */
    private SipRequest carrierCalls() {
        node.registers(boris, "boris");
        node.calls(carrier, "74951234567", "5551", Descriptions.plain("sendrecv", 8));
        return RunningNode.request(boris);
    }

    private SipResponse borisAnswers(SipRequest invite) {
        String sdp = Descriptions.browserAnswer(Peer.body(invite), "sendrecv");
        node.answers(boris, invite, 200, sdp);
        SipResponse answer = RunningNode.finalResponse(carrier);
        assertThat(answer.status()).isEqualTo(200);
        return answer;
    }

    private int statusOf(FakeFlow over, String method, int number, SipResponse answer) {
        node.says(over, method, number, answer);
        return RunningNode.finalResponse(over).status();
    }

    @Nested
    @DisplayName("of a trunk")
    class OfTrunk {
        private SipResponse talk() {
            SipResponse answer = borisAnswers(carrierCalls());
            node.says(carrier, "ACK", 1, answer);
            return answer;
        }

        @ParameterizedTest
        @ValueSource(strings = {"BYE", "OPTIONS", "INFO", "INVITE", "UPDATE"})
        @DisplayName("any of its addresses: a cluster of session border controllers is one peer")
        void anyAddress(String method) {
            assertThat(statusOf(cluster, method, 2, talk())).isEqualTo(200);
        }

        @Test
        @DisplayName("no other trunk's address, and the call goes on")
        void otherTrunk() {
            SipResponse answer = talk();
            FakeFlow other = FakeFlow.of("other", Transport.UDP, "203.0.113.1", 5060);
            assertThat(statusOf(other, "BYE", 2, answer)).isEqualTo(481);
            assertThat(statusOf(carrier, "OPTIONS", 3, answer)).isEqualTo(200);
        }

        @Test
        @DisplayName("no stranger's address, no other transport, no browser")
        void strangers() {
            SipResponse answer = talk();
            for (FakeFlow stranger :
                    List.of(
                            FakeFlow.of("stranger", Transport.UDP, "198.51.100.1", 5060),
                            FakeFlow.of("tcp", Transport.TCP, "192.0.2.1", 5060),
                            FakeFlow.browser("ws-stranger"))) {
                assertThat(statusOf(stranger, "BYE", 2, answer)).isEqualTo(481);
            }
            assertThat(statusOf(carrier, "OPTIONS", 3, answer)).isEqualTo(200);
        }

        @Test
        @DisplayName("where two trunks share their addresses, those count for both")
        void twins() {
            node.leadsTo(TWIN, carrier);
            node.registers(boris, "boris");
            node.calls(boris, "boris", "twin", Descriptions.browserOffer("sendrecv"));
            SipRequest invite = RunningNode.request(carrier);
            node.answers(
                    carrier, invite, 200, Descriptions.plainAnswer(Peer.body(invite), "sendrecv"));
            assertThat(RunningNode.finalResponse(boris).status()).isEqualTo(200);
            node.calledSays(cluster, "BYE", 1, invite);
            assertThat(RunningNode.finalResponse(cluster).status()).isEqualTo(200);
        }
    }

    @Nested
    @DisplayName("of a phone")
    class OfPhone {
        private final FakeFlow anna = FakeFlow.browser("anna");
        private final FakeFlow later = FakeFlow.browser("anna-later");

        /** Anna hears herself. */
        private SipResponse talk() {
            node.registers(anna, "anna");
            node.calls(anna, "anna", "600", Descriptions.browserOffer("sendrecv"));
            SipResponse answer = RunningNode.finalResponse(anna);
            assertThat(answer.status()).isEqualTo(200);
            node.says(anna, "ACK", 1, answer);
            return answer;
        }

        @Test
        @DisplayName("a new connection over which the same agent has registered")
        void returned() {
            SipResponse answer = talk();
            node.registers(later, "anna");
            assertThat(statusOf(later, "BYE", 2, answer)).isEqualTo(200);
            assertThat(node.record().cause()).isEqualTo("normal");
        }

        @Test
        @DisplayName("no connection over which nobody has registered")
        void nobody() {
            SipResponse answer = talk();
            assertThat(statusOf(later, "BYE", 2, answer)).isEqualTo(481);
            assertThat(statusOf(anna, "BYE", 3, answer)).isEqualTo(200);
        }

        @Test
        @DisplayName("no other agent's connection")
        void otherAgent() {
            SipResponse answer = talk();
            node.registers(later, "boris");
            assertThat(statusOf(later, "BYE", 2, answer)).isEqualTo(481);
            assertThat(statusOf(anna, "BYE", 3, answer)).isEqualTo(200);
        }
    }

    @Nested
    @DisplayName("by CANCEL (RFC 3261 §9.2, §22.1)")
    class Cancel {
        private void cancel(FakeFlow over, String branch) {
            node.receives(
                    over,
                    SipText.request(
                            """
                            CANCEL sip:5551@pbx.example SIP/2.0
                            Via: SIP/2.0/UDP sbc-1.invalid;branch=%s
                            From: <sip:74951234567@pbx.example>;tag=caller
                            To: <sip:5551@pbx.example>
                            Call-ID: call-sbc-1
                            CSeq: 1 CANCEL
                            Max-Forwards: 70

                            """
                                    .formatted(branch)));
        }

        /** The carrier's own CANCEL ends it; nothing has been said to the phone before. */
        private void assertStillRings() {
            assertThat(boris.isQuiet()).isTrue();
            cancel(carrier, RunningNode.branch(carrier));
            assertThat(RunningNode.finalResponse(carrier).status()).isEqualTo(200);
            assertThat(RunningNode.finalResponse(carrier).status()).isEqualTo(487);
            assertThat(RunningNode.request(boris).method()).isEqualTo(SipMethod.CANCEL);
        }

        @Test
        @DisplayName("no other flow, though it knows every identifier: 481, and the call rings on")
        void stranger() {
            node.answers(boris, carrierCalls(), 180, "");
            for (FakeFlow stranger :
                    List.of(
                            FakeFlow.of("stranger", Transport.UDP, "198.51.100.1", 5060),
                            FakeFlow.of("same-host", Transport.UDP, "192.0.2.1", 5061),
                            FakeFlow.of("same-trunk", Transport.UDP, "192.0.2.77", 5060),
                            FakeFlow.browser("ws-stranger"))) {
                cancel(stranger, RunningNode.branch(carrier));
                assertThat(RunningNode.finalResponse(stranger).status()).isEqualTo(481);
            }
            assertStillRings();
        }

        @Test
        @DisplayName("no other transaction: 481, and the call rings on")
        void otherTransaction() {
            node.answers(boris, carrierCalls(), 180, "");
            cancel(carrier, "z9hG4bKguessed");
            assertThat(RunningNode.finalResponse(carrier).status()).isEqualTo(481);
            assertStillRings();
        }
    }
}
