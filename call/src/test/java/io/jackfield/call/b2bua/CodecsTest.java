package io.jackfield.call.b2bua;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.call.cdr.Cdr;
import io.jackfield.call.edge.Transport;
import io.jackfield.call.routing.Agent;
import io.jackfield.call.routing.CodecPolicy;
import io.jackfield.call.routing.Credential;
import io.jackfield.call.routing.Destination;
import io.jackfield.call.routing.Trunk;
import io.jackfield.call.testing.FakeFlow;
import io.jackfield.call.testing.SipText;
import io.jackfield.media.MediaEvent;
import io.jackfield.protocol.sdp.Codec;
import io.jackfield.protocol.sip.SipMethod;
import io.jackfield.protocol.sip.SipRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("Which codec a leg has")
class CodecsTest {
    private static final String OPUS_AND_PCMA = Descriptions.browserOffer("sendrecv", "ufragA");
    private static final String OPUS_ALONE = OPUS_AND_PCMA.replace("SAVPF 111 8", "SAVPF 111");
    private static final String PCMA_ALONE = OPUS_AND_PCMA.replace("SAVPF 111 8", "SAVPF 8");

    private final CallBench bench = new CallBench();
    private final Peer anna = bench.peer(FakeFlow.browser("ws-anna"));

    private static SipRequest invite(String sdp) {
        return SipText.request(
                        """
                        INVITE sip:5551234@pbx.example SIP/2.0
                        Via: SIP/2.0/WSS a.invalid;branch=z9hG4bKanna1
                        From: <sip:anna@pbx.example>;tag=from-anna
                        To: <sip:5551234@pbx.example>
                        Call-ID: call-of-anna
                        CSeq: 1 INVITE
                        Contact: <sip:anna@a.invalid;transport=ws>
                        Max-Forwards: 70

                        """)
                .withBody("application/sdp", sdp.getBytes(StandardCharsets.UTF_8));
    }

    private static Trunk trunk(CodecPolicy policy) {
        return new Trunk(
                "carrier",
                Transport.UDP,
                "carrier.example",
                5060,
                List.of("PCMA", "PCMU"),
                Optional.empty(),
                false,
                Duration.ofMinutes(5),
                Optional.empty(),
                Duration.ZERO,
                List.of(),
                false,
                policy);
    }

    private static Agent boris(CodecPolicy policy) {
        return new Agent("boris", Optional.empty(), Credential.of("boris", "r", "p"), policy);
    }

    private static Party annasPhone(CodecPolicy policy) {
        return new Party.Phone(
                "anna", Optional.of("Anna"), Optional.of(CallBench.instance("ws-anna")), policy);
    }

    /** What the media of that leg was last told to speak. */
    private Codec spoken(String legId) {
        return bench.effects(CallEffect.ApplyMedia.class).stream()
                .filter(applied -> applied.legId().equals(legId))
                .reduce((_, later) -> later)
                .orElseThrow()
                .parameters()
                .codecs()
                .chosen()
                .codec();
    }

    /** The payload types of an offer or answer, in order. */
    private static List<String> types(String sdp) {
        String line = sdp.lines().filter(l -> l.startsWith("m=audio")).findFirst().orElseThrow();
        return List.of(line.split(" ")).subList(3, line.split(" ").length);
    }

    @Nested
    @DisplayName("from a browser to a trunk of G.711")
    class ToTrunk {
        private Peer carrier = bench.peer(FakeFlow.browser("nobody"));

        private void calls(String offer, CodecPolicy ofAgent, CodecPolicy ofTrunk) {
            Trunk trunk = trunk(ofTrunk);
            carrier = bench.carrier(trunk, "192.0.2.1");
            bench.start(
                    anna,
                    invite(offer),
                    annasPhone(ofAgent),
                    CallBench.over(trunk),
                    Cdr.Direction.OUTBOUND);
            carrier.answers(200, Descriptions.plainAnswer(carrier.offer(), "sendrecv"));
            anna.acknowledges("");
        }

        @Test
        @DisplayName("passes where the browser speaks it as well")
        void passes() {
            calls(OPUS_AND_PCMA, CodecPolicy.PASSTHROUGH, CodecPolicy.PASSTHROUGH);
            assertThat(spoken("c-1")).isEqualTo(Codec.PCMA);
            assertThat(spoken("c-2")).isEqualTo(Codec.PCMA);
        }

        @Test
        @DisplayName("is transcoded where the browser speaks Opus alone")
        void opusAlone() {
            calls(OPUS_ALONE, CodecPolicy.PASSTHROUGH, CodecPolicy.PASSTHROUGH);
            assertThat(anna.statuses(SipMethod.INVITE)).contains(200);
            assertThat(spoken("c-1")).isEqualTo(Codec.OPUS);
            assertThat(spoken("c-2")).isEqualTo(Codec.PCMA);
        }

        @Test
        @DisplayName("the browser has Opus where its agent's policy prefers it")
        void agentPrefersOpus() {
            calls(OPUS_AND_PCMA, CodecPolicy.PREFER_OPUS, CodecPolicy.PASSTHROUGH);
            assertThat(spoken("c-1")).isEqualTo(Codec.OPUS);
            assertThat(spoken("c-2")).isEqualTo(Codec.PCMA);
        }

        @Test
        @DisplayName("the browser has Opus where the trunk's policy prefers it")
        void trunkPrefersOpus() {
            calls(OPUS_AND_PCMA, CodecPolicy.PASSTHROUGH, CodecPolicy.PREFER_OPUS);
            assertThat(spoken("c-1")).isEqualTo(Codec.OPUS);
            assertThat(spoken("c-2")).isEqualTo(Codec.PCMA);
        }

        @Test
        @DisplayName("passes where Opus is preferred but not offered")
        void notOffered() {
            calls(PCMA_ALONE, CodecPolicy.PREFER_OPUS, CodecPolicy.PASSTHROUGH);
            assertThat(spoken("c-1")).isEqualTo(Codec.PCMA);
        }
    }

    @Nested
    @DisplayName("from a trunk of G.711 to a browser")
    class FromTrunk {
        private final Peer phone = bench.phone("boris", "ws-boris");

        private void calls(CodecPolicy ofAgent, CodecPolicy ofTrunk) {
            Trunk trunk = trunk(ofTrunk);
            Peer carrier = bench.carrier(trunk, "192.0.2.1");
            bench.start(
                    carrier,
                    invite(Descriptions.plain("sendrecv", 8)),
                    new Party.Customer(trunk, "74951234567", Optional.empty()),
                    new Destination.Agents(List.of(boris(ofAgent))),
                    Cdr.Direction.INBOUND);
        }

        @Test
        @DisplayName(
                "what passes is offered first, Opus behind it for one that speaks nothing else")
        void offered() {
            calls(CodecPolicy.PASSTHROUGH, CodecPolicy.PASSTHROUGH);
            assertThat(types(phone.offer()).getFirst()).isEqualTo("8");
            assertThat(phone.offer()).contains("opus/48000/2");
            phone.answers(200, Descriptions.browserAnswer(phone.offer(), "sendrecv"));
            assertThat(spoken("c-2")).isEqualTo(Codec.OPUS);
            assertThat(spoken("c-1")).isEqualTo(Codec.PCMA);
        }

        @Test
        @DisplayName("Opus is offered first where it is preferred")
        void preferred() {
            calls(CodecPolicy.PREFER_OPUS, CodecPolicy.PASSTHROUGH);
            String first = types(phone.offer()).getFirst();
            assertThat(phone.offer()).contains("a=rtpmap:" + first + " opus/48000/2");
        }

        @Test
        @DisplayName("Opus is offered first where the trunk prefers it")
        void trunkPrefers() {
            calls(CodecPolicy.PASSTHROUGH, CodecPolicy.PREFER_OPUS);
            String first = types(phone.offer()).getFirst();
            assertThat(phone.offer()).contains("a=rtpmap:" + first + " opus/48000/2");
        }
    }

    @Nested
    @DisplayName("between browsers")
    class Browsers {
        @Test
        @DisplayName("of which one has Opus alone and the other G.711 alone is transcoded")
        void apart() {
            Peer phone = bench.phone("boris", "ws-boris");
            bench.start(
                    anna,
                    invite(PCMA_ALONE),
                    annasPhone(CodecPolicy.PASSTHROUGH),
                    new Destination.Agents(List.of(boris(CodecPolicy.PASSTHROUGH))),
                    Cdr.Direction.INTERNAL);
            phone.answers(200, Descriptions.browserAnswer(phone.offer(), "sendrecv"));
            assertThat(spoken("c-1")).isEqualTo(Codec.PCMA);
            assertThat(spoken("c-2")).isEqualTo(Codec.OPUS);
        }

        @Test
        @DisplayName(
                "a re-INVITE that gives up the codec gets another, and the other leg keeps its")
        void otherCodec() {
            Peer phone = bench.phone("boris", "ws-boris");
            bench.start(
                    anna,
                    invite(OPUS_AND_PCMA),
                    annasPhone(CodecPolicy.PASSTHROUGH),
                    new Destination.Agents(List.of(boris(CodecPolicy.PASSTHROUGH))),
                    Cdr.Direction.INTERNAL);
            phone.answers(200, Descriptions.browserAnswer(phone.offer(), "sendrecv"));
            anna.acknowledges("");
            assertThat(spoken("c-1")).isEqualTo(Codec.OPUS);
            anna.reinvites(PCMA_ALONE);
            assertThat(anna.statuses(SipMethod.INVITE)).doesNotContain(488);
            assertThat(spoken("c-1")).isEqualTo(Codec.PCMA);
            assertThat(spoken("c-2")).isEqualTo(Codec.OPUS);
        }
    }

    @Nested
    @DisplayName("by the policy auto")
    class Auto {
        private Peer carrier = bench.peer(FakeFlow.browser("nobody"));

        private void talking(CodecPolicy policy) {
            Trunk trunk = trunk(CodecPolicy.PASSTHROUGH);
            carrier = bench.carrier(trunk, "192.0.2.1");
            bench.start(
                    anna,
                    invite(OPUS_AND_PCMA),
                    annasPhone(policy),
                    CallBench.over(trunk),
                    Cdr.Direction.OUTBOUND);
            carrier.answers(200, Descriptions.plainAnswer(carrier.offer(), "sendrecv"));
            anna.acknowledges("");
        }

        private void misses(double share) {
            bench.tell(
                    new CallEvent.Media(
                            new MediaEvent.LossReported("c-1", share, OptionalDouble.of(80))));
        }

        @Test
        @DisplayName(
                "G.711 passes until the browser misses packets twice in a row, then it has Opus")
        void turns() {
            talking(CodecPolicy.AUTO);
            assertThat(spoken("c-1")).isEqualTo(Codec.PCMA);
            misses(0.05);
            misses(0.01);
            misses(0.05);
            assertThat(anna.requests(SipMethod.INVITE)).isEmpty();
            misses(0.05);
            assertThat(anna.requests(SipMethod.INVITE)).hasSize(1);
            SipRequest again = anna.last(SipMethod.INVITE);
            anna.respond(again, 200, Descriptions.browserAnswer(Peer.body(again), "sendrecv"));
            assertThat(spoken("c-1")).isEqualTo(Codec.OPUS);
            assertThat(spoken("c-2")).isEqualTo(Codec.PCMA);
            misses(0.05);
            misses(0.05);
            assertThat(anna.requests(SipMethod.INVITE)).hasSize(1);
            assertThat(carrier.requests(SipMethod.INVITE)).hasSize(1);
        }

        @Test
        @DisplayName("a browser that declines keeps G.711 and is not asked again")
        void declines() {
            talking(CodecPolicy.AUTO);
            misses(0.1);
            misses(0.1);
            anna.respond(anna.last(SipMethod.INVITE), 488, "");
            misses(0.1);
            misses(0.1);
            assertThat(anna.requests(SipMethod.INVITE)).hasSize(1);
            assertThat(spoken("c-1")).isEqualTo(Codec.PCMA);
            assertThat(bench.call().ended()).isFalse();
        }

        @Test
        @DisplayName("any other policy leaves the codec alone")
        void others() {
            talking(CodecPolicy.PASSTHROUGH);
            misses(0.5);
            misses(0.5);
            assertThat(anna.requests(SipMethod.INVITE)).isEmpty();
        }
    }
}
