package io.jackfield.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jackfield.api.events.EventLine;
import io.jackfield.api.events.EventType;
import io.jackfield.api.events.Fact;
import io.jackfield.call.edge.Flow;
import io.jackfield.call.edge.SipReceiver;
import java.net.URI;
import java.net.http.WebSocketHandshakeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("Events over a WebSocket")
@Timeout(60)
class EventsWebSocketTest {
    private final TestWeb web =
            TestWeb.open(nobody(), Map.of("JACKFIELD_HTTP_ORIGINS", "https://crm.example"));

    private static SipReceiver nobody() {
        return new SipReceiver() {
            @Override
            public void received(Flow flow, byte[] message) {}

            @Override
            public void closed(Flow flow) {}
        };
    }

    @AfterEach
    void close() {
        web.close();
    }

    private WebSocketPeer connect(String query, Map<String, String> headers) {
        URI uri = URI.create("ws://127.0.0.1:" + web.port() + "/api/v1/events/ws" + query);
        return WebSocketPeer.connect(uri, List.of(), headers);
    }

    private static EventLine tell(EventType type) {
        return TestWeb.EVENTS.append(Fact.of(type), Instant.EPOCH);
    }

    @Test
    @DisplayName("are told after the id that is asked for, and as they come")
    void tells() {
        EventLine first = tell(EventType.CALL_CREATED);
        EventLine second = tell(EventType.CALL_ENDED);

        WebSocketPeer peer = connect("?after=" + first.id(), Map.of());

        assertThat(peer.nextText()).isEqualTo(second.json());
        EventLine third = tell(EventType.AGENT_STATE);
        assertThat(peer.nextText()).isEqualTo(third.json());
    }

    @Test
    @DisplayName("are not told to a page of another origin, which would speak with our rights")
    void refusesOrigins() {
        assertThatThrownBy(() -> connect("", Map.of("Origin", "https://elsewhere.example")))
                .hasCauseInstanceOf(WebSocketHandshakeException.class);
    }

    @Test
    @DisplayName("are not told for words that are no event's")
    void refusesUnknownTypes() {
        assertThatThrownBy(() -> connect("?types=nonsense", Map.of()))
                .hasCauseInstanceOf(WebSocketHandshakeException.class);
    }
}
