package io.jackfield.call.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.call.edge.Transport;
import io.jackfield.call.event.PbxEvent;
import io.jackfield.call.testing.FakeFlow;
import io.jackfield.call.testing.SipText;
import io.jackfield.protocol.sip.SipParser;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import io.jackfield.protocol.sip.SipResponses;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The SIP edge")
@Timeout(60)
class SipEdgeTest {
    private static final String GOOD =
            """
            OPTIONS sip:600@pbx.example SIP/2.0
            Via: SIP/2.0/UDP a.invalid:5070;branch=z9hG4bKgood
            From: <sip:anna@pbx.example>;tag=f
            To: <sip:600@pbx.example>
            Call-ID: good
            CSeq: 1 OPTIONS
            Max-Forwards: 70

            """;

    private final EdgeBench bench = new EdgeBench(4);
    private final FakeFlow peer = FakeFlow.of("udp-1", Transport.UDP, "192.0.2.1", 5070);
    private final RecordedHandler handler =
            new RecordedHandler((id, request) ->
                    bench.edge().respond(id, SipResponses.to(request, 200, "answer")));

    @BeforeEach
    void start() {
        bench.start(handler);
    }

    private List<String> sentLines() {
        return peer.takenBytes().stream()
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8).lines().findFirst())
                .map(line -> line.orElse(""))
                .toList();
    }

    private List<PbxEvent.SipRefused> refused() {
        return bench.told(PbxEvent.SipRefused.class);
    }

    @Nested
    @DisplayName("with bytes that are no message")
    class Malformed {
        @Test
        @DisplayName("answers a request with 400 and what is wrong with it (§21.4.1)")
        void explained() {
            bench.receive(peer, GOOD.replace("CSeq: 1 ", "CSeq: one "));
            assertThat(sentLines())
                    .singleElement()
                    .asString()
                    .startsWith("SIP/2.0 400 Bad Request - CSeq: expected sequence number");
            assertThat(handler.requests).isEmpty();
            assertThat(refused()).singleElement().matches(PbxEvent.SipRefused::answered);
        }

        @Test
        @DisplayName("sends that 400 back by the Via, which tells where it came from (§18.2.1)")
        void way() {
            bench.receive(peer, GOOD.replace("CSeq: 1 ", "CSeq: one "));
            String answer = new String(peer.takenBytes().getFirst(), StandardCharsets.UTF_8);
            assertThat(answer).contains("branch=z9hG4bKgood").contains("received=192.0.2.1");
        }

        static Stream<Arguments> unanswerable() {
            return Stream.of(
                    Arguments.of("no Via", GOOD.replace("Via: ", "Vai: ")),
                    Arguments.of(
                            "an ACK",
                            GOOD.replace("1 OPTIONS", "one ACK").replaceFirst("OPTIONS", "ACK")),
                    Arguments.of(
                            "a response",
                            GOOD.replaceFirst("OPTIONS [^\n]*", "SIP/2.0 200 OK")
                                    .replace("CSeq: 1", "CSeq: x")),
                    Arguments.of("no SIP at all", "GET / HTTP/1.1\nHost: pbx.example\n\n"),
                    Arguments.of("a method without end", GOOD.replace("OPTIONS", "O".repeat(65))),
                    Arguments.of("noise", "\u0000\u0001\u0002\u00ff\n\n"));
        }

        @ParameterizedTest(name = "{0}")
        @MethodSource("unanswerable")
        @DisplayName("drops what cannot or must not be answered, and counts it")
        void dropped(String what, String text) {
            bench.receive(peer, text);
            assertThat(peer.isQuiet()).as(what).isTrue();
            assertThat(handler.requests).isEmpty();
            assertThat(refused()).singleElement().matches(refusal -> !refusal.answered());
        }

        static Stream<Arguments> tooMuch() {
            String line = "X-Filler: 1\n";
            return Stream.of(
                    Arguments.of(
                            "a start line",
                            GOOD.replaceFirst("600", "6".repeat(SipParser.START_LINE_MAX))),
                    Arguments.of(
                            "a header",
                            GOOD.replace(
                                    "Max-Forwards: 70",
                                    "Subject: " + "s".repeat(SipParser.HEADER_LENGTH_MAX))),
                    Arguments.of(
                            "headers",
                            GOOD.replace("Max-Forwards: 70\n", line.repeat(SipParser.HEADERS_MAX))),
                    Arguments.of(
                            "Vias",
                            GOOD.replaceFirst(
                                    "Via: [^\n]*",
                                    "Via: "
                                            + "SIP/2.0/UDP a;branch=z9hG4bKx, "
                                                    .repeat(SipParser.VIA_MAX)
                                            + "SIP/2.0/UDP b;branch=z9hG4bKy")),
                    Arguments.of(
                            "a body",
                            GOOD.stripTrailing()
                                    + "\nContent-Type: text/plain\nContent-Length: "
                                    + (SipParser.BODY_MAX + 1)
                                    + "\n\n"
                                    + "b".repeat(SipParser.BODY_MAX + 1)),
                    Arguments.of(
                            "a message",
                            GOOD.stripTrailing() + "\n\n" + "b".repeat(SipParser.MESSAGE_MAX)));
        }

        @ParameterizedTest(name = "{0}")
        @MethodSource("tooMuch")
        @DisplayName("refuses too much of anything with a 4xx or 5xx, and takes the next message")
        void bounds(String what, String text) {
            bench.receive(peer, text);
            assertThat(sentLines())
                    .as(what)
                    .singleElement()
                    .asString()
                    .matches("SIP/2\\.0 [45]\\d\\d .*");
            assertThat(handler.requests).as(what).isEmpty();
            bench.receive(peer, GOOD);
            assertThat(handler.requests).hasSize(1);
        }
    }

    @Nested
    @DisplayName("with a keep-alive (RFC 5626 §3.5.1)")
    class KeepAlive {
        @Test
        @DisplayName("answers a ping with a pong, and a pong with nothing")
        void pingPong() {
            bench.receive(peer, "\n\n");
            assertThat(peer.takenBytes()).containsExactly("\r\n".getBytes(StandardCharsets.UTF_8));
            bench.receive(peer, "\n");
            assertThat(peer.isQuiet()).isTrue();
        }
    }

    @Nested
    @DisplayName("with a message")
    class Message {
        @Test
        @DisplayName("notes in the topmost Via where it came from, whatever that says (§18.2.1)")
        void received() {
            String lying = GOOD.replace("branch", "received=203.0.113.9;rport;branch");
            bench.receive(peer, lying);
            SipRequest request = handler.requests.getFirst();
            assertThat(request.headers().via().parameters().value("received"))
                    .contains("192.0.2.1");
            assertThat(request.headers().via().parameters().value("rport")).contains("5070");
        }

        @Test
        @DisplayName("tells that it came and what was sent")
        void told() {
            bench.receive(peer, GOOD);
            assertThat(bench.told(PbxEvent.SipReceived.class)).hasSize(1);
            assertThat(bench.told(PbxEvent.SipSent.class))
                    .singleElement()
                    .matches(sent -> ((SipResponse) sent.message()).status() == 200);
        }

        @Test
        @DisplayName("counts an answer to nothing, and lets nobody hear of it")
        void stray() {
            bench.edge()
                    .received(peer, SipResponses.to(SipText.request(GOOD), 200, "stray").encode());
            bench.work();
            assertThat(refused())
                    .extracting(PbxEvent.SipRefused::reason)
                    .containsExactly("response to nothing");
            assertThat(peer.isQuiet()).isTrue();
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
        @DisplayName("of one call is dealt with in the order in which it came, by one loop")
        void oneLoop(int call) {
            RecordedHandler silent = new RecordedHandler();
            bench.start(silent);
            List<String> sent = new ArrayList<>();
            for (int i = 1; i <= 20; i++) {
                String method = i % 2 == 0 ? "OPTIONS" : "INVITE";
                bench.arrive(
                        peer,
                        GOOD.replace("OPTIONS", method)
                                .replace("Call-ID: good", "Call-ID: call-" + call)
                                .replace("CSeq: 1", "CSeq: " + i)
                                .replace("z9hG4bKgood", "z9hG4bK" + call + "-" + i));
                sent.add(i + " " + method);
            }
            bench.work();
            assertThat(silent.requests)
                    .extracting(r -> r.headers().cseq().number() + " " + r.method().name())
                    .isEqualTo(sent);
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
        @DisplayName("that is a CANCEL finds its INVITE, whichever loop has it")
        void cancelled(int call) {
            String invite = GOOD.replace("OPTIONS", "INVITE").replace("good", "call" + call);
            RecordedHandler silent = new RecordedHandler();
            bench.start(silent);
            bench.receive(peer, invite);
            bench.receive(peer, invite.replace("INVITE", "CANCEL"));
            assertThat(silent.cancels).hasSize(1).isEqualTo(silent.ids);
        }

        @Test
        @DisplayName("that is sent into a flow that is gone is not told as sent")
        void gone() {
            peer.close();
            assertThat(bench.edge().sendDirect(SipText.request(GOOD), peer)).isFalse();
            assertThat(bench.told(PbxEvent.SipSent.class)).isEmpty();
        }
    }

    @Test
    @DisplayName("tells every loop that a flow is gone, and the handler for each")
    void closed() {
        bench.edge().closed(peer);
        bench.work();
        assertThat(handler.closed).hasSize(4).containsOnly(peer);
    }
}
