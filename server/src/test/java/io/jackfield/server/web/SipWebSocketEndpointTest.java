package io.jackfield.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.call.edge.Transport;
import io.jackfield.server.RecordingReceiver;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.websocket.api.Session;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Our end of a WebSocket")
class SipWebSocketEndpointTest {
    private final List<Object> closedWith = new ArrayList<>();
    private final WebSocketConnections connections =
            new WebSocketConnections(new RecordingReceiver());
    private final SipWebSocketEndpoint endpoint =
            connections
                    .open(
                            Transport.WS,
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_000),
                            0)
                    .orElseThrow();

    /** Jetty's side, of which only the closing is of interest here. */
    private Session session() {
        return (Session)
                Proxy.newProxyInstance(
                        Session.class.getClassLoader(),
                        new Class<?>[] {Session.class},
                        (_, method, arguments) -> {
                            if (method.getName().equals("close")) {
                                closedWith.add(arguments[0]);
                            }
                            return null;
                        });
    }

    @Test
    @DisplayName("that was silent for too long is closed with 1008")
    void silent() {
        endpoint.onWebSocketOpen(session());
        endpoint.tick(Duration.ofSeconds(9).toNanos());
        assertThat(closedWith).isEmpty();
        endpoint.tick(Duration.ofSeconds(10).toNanos());
        assertThat(closedWith).containsExactly(1008);
        assertThat(connections.count()).isZero();
    }

    @Test
    @DisplayName("that was given up before it was open is closed when it opens")
    void lateOpening() {
        endpoint.tick(Duration.ofSeconds(10).toNanos());
        assertThat(connections.count()).isZero();
        endpoint.onWebSocketOpen(session());
        assertThat(closedWith).containsExactly(1008);
    }
}
