package io.jackfield.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jackfield.call.edge.Flow;
import io.jackfield.call.edge.Transport;
import io.jackfield.server.RecordingReceiver;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("SIP over WebSocket (RFC 7118)")
class SipWebSocketTest {
    private final RecordingReceiver receiver = new RecordingReceiver();
    private TestWeb web;

    @BeforeEach
    void open() {
        web = TestWeb.open(receiver, Map.of("JACKFIELD_HTTP_ORIGINS", "https://crm.example.com"));
    }

    @AfterEach
    void close() {
        web.close();
    }

    @Nested
    @DisplayName("once connected with the sub-protocol sip")
    class Connected {
        private WebSocketPeer peer;

        @BeforeEach
        void connect() {
            peer = WebSocketPeer.connect(web.webSocketUri());
        }

        @AfterEach
        void close() {
            peer.abort();
        }

        @Test
        @DisplayName("a text frame is one message, and the answer is a text frame (§5)")
        void carriesText() {
            peer.sendText("REGISTER sip:здравствуй SIP/2.0");
            RecordingReceiver.Received received = receiver.next();
            assertThat(received.text()).isEqualTo("REGISTER sip:здравствуй SIP/2.0");

            assertThat(received.flow().send(bytes("SIP/2.0 200 Хорошо"))).isTrue();
            assertThat(peer.nextText()).isEqualTo("SIP/2.0 200 Хорошо");
        }

        @Test
        @DisplayName("a binary frame is one message; what is not UTF-8 goes out as one (§5)")
        void carriesBinary() {
            byte[] notText = {'S', 'I', 'P', (byte) 0xFF, 0};
            peer.sendBinary(notText);
            RecordingReceiver.Received received = receiver.next();
            assertThat(received.bytes()).isEqualTo(notText);

            assertThat(received.flow().send(notText)).isTrue();
            assertThat(peer.nextBinary()).isEqualTo(notText);
        }

        @Test
        @DisplayName("a message in fragments is put together (RFC 6455 §5.4)")
        void joinsFragments() {
            peer.sendFragments("OPTIONS sip:", "600@example.com", " SIP/2.0");

            assertThat(receiver.next().text()).isEqualTo("OPTIONS sip:600@example.com SIP/2.0");
        }

        @Test
        @DisplayName("messages arrive in order, and answers leave in order")
        void keepsOrder() {
            for (int i = 0; i < 100; i++) {
                peer.sendText("message " + i);
            }
            for (int i = 0; i < 100; i++) {
                RecordingReceiver.Received received = receiver.next();
                assertThat(received.text()).isEqualTo("message " + i);
                received.flow().send(bytes("answer " + i));
            }
            for (int i = 0; i < 100; i++) {
                assertThat(peer.nextText()).isEqualTo("answer " + i);
            }
        }

        @Test
        @DisplayName("the flow knows its transport and both addresses")
        void describesItself() {
            peer.sendText("x");
            Flow flow = receiver.next().flow();

            assertThat(flow.transport()).isEqualTo(Transport.WS);
            assertThat(flow.remote().getAddress().isLoopbackAddress()).isTrue();
            assertThat(flow.local().getPort()).isEqualTo(web.port());
            assertThat(flow.id()).matches("ws-\\d+");
        }

        @Test
        @DisplayName("the end of the connection ends the flow, and nothing can be sent any more")
        void tellsOfTheEnd() {
            peer.sendText("x");
            Flow flow = receiver.next().flow();
            peer.close();

            assertThat(receiver.nextClosed()).isSameAs(flow);
            assertThat(flow.send(bytes("too late"))).isFalse();
        }

        @Test
        @DisplayName("a connection that breaks off ends the flow too")
        void tellsOfTheBreak() {
            peer.sendText("x");
            Flow flow = receiver.next().flow();
            peer.abort();

            assertThat(receiver.nextClosed()).isSameAs(flow);
        }

        @Test
        @DisplayName("closing the flow closes the connection")
        void closesTheConnection() {
            peer.sendText("x");
            receiver.next().flow().close();

            assertThat(peer.closeStatus()).isEqualTo(WebSocket.NORMAL_CLOSURE);
        }

        @Test
        @DisplayName("a message of more than 64 KiB ends the connection with 1009")
        void refusesHugeMessages() {
            peer.sendText("x".repeat((64 << 10) + 1));

            assertThat(peer.closeStatus()).isEqualTo(1009);
            assertThat(receiver.waiting()).isZero();
        }

        @Test
        @DisplayName("a browser that reads nothing is told no instead of filling the heap")
        void boundsWhatWaits() {
            peer.stopReading();
            peer.sendText("x");
            Flow flow = receiver.next().flow();
            byte[] message = new byte[32 << 10];

            int taken = 0;
            while (flow.send(message) && taken < 10_000) {
                taken++;
            }

            assertThat(taken).isBetween(8, 1_000);
        }
    }

    @Nested
    @DisplayName("a handshake")
    class Handshake {
        @Test
        @DisplayName("without the sub-protocol sip is refused with 400 and a reason (§4)")
        void needsTheSubProtocol() {
            assertThat(refusal(List.of(), Map.of()).statusCode()).isEqualTo(400);
            assertThat(refusal(List.of("xmpp"), Map.of()).statusCode()).isEqualTo(400);
            assertThat(web.get("/ws").body()).contains("sub-protocol 'sip'");
        }

        @Test
        @DisplayName("is accepted when sip is one of several sub-protocols")
        void picksSip() {
            WebSocketPeer peer =
                    WebSocketPeer.connect(web.webSocketUri(), List.of("xmpp", "sip"), Map.of());

            assertThat(peer.subProtocol()).isEqualTo("sip");
            peer.abort();
        }

        @Test
        @DisplayName("from a page of another host is refused with 403, RFC 6455 §10.2")
        void refusesForeignPages() {
            assertThat(refusal(List.of("sip"), origin("https://evil.example")).statusCode())
                    .isEqualTo(403);
            assertThat(refusal(List.of("sip"), origin("null")).statusCode()).isEqualTo(403);
        }

        @Test
        @DisplayName("from a listed page or one of the same host is accepted")
        void acceptsKnownPages() {
            for (String origin : List.of("https://crm.example.com", "http://127.0.0.1:5173")) {
                WebSocketPeer peer =
                        WebSocketPeer.connect(web.webSocketUri(), List.of("sip"), origin(origin));
                assertThat(peer.subProtocol()).as(origin).isEqualTo("sip");
                peer.abort();
            }
        }

        @Test
        @DisplayName("never agrees on compression, whose bombs a bound on size cannot see")
        void refusesCompression() {
            String answer = web.rawHandshake("Sec-WebSocket-Extensions: permessage-deflate\r\n");

            assertThat(answer).startsWith("HTTP/1.1 101").doesNotContainIgnoringCase("deflate");
        }

        private Map<String, String> origin(String origin) {
            return Map.of("Origin", origin);
        }

        private java.net.http.HttpResponse<?> refusal(
                List<String> subProtocols, Map<String, String> headers) {
            CompletionException[] failed = new CompletionException[1];
            assertThatThrownBy(
                            () -> WebSocketPeer.connect(web.webSocketUri(), subProtocols, headers))
                    .isInstanceOfSatisfying(CompletionException.class, e -> failed[0] = e);
            return ((WebSocketHandshakeException) failed[0].getCause()).getResponse();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
