package io.jackfield.server.web;

import io.jackfield.api.http.Problem;
import io.jackfield.call.edge.Transport;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.server.ServerUpgradeRequest;
import org.eclipse.jetty.websocket.server.ServerUpgradeResponse;
import org.eclipse.jetty.websocket.server.WebSocketCreator;
import org.jspecify.annotations.Nullable;

/** Lets a WebSocket handshake on {@code /ws} through, or says why not (RFC 7118 §4). */
final class SipUpgrade implements WebSocketCreator {
    private static final String SUB_PROTOCOL = "sip";

    private final WebSocketConnections connections;
    private final OriginCheck origins;
    private final ClientAddress clients;

    SipUpgrade(WebSocketConnections connections, OriginCheck origins, ClientAddress clients) {
        this.connections = connections;
        this.origins = origins;
        this.clients = clients;
    }

    /** Null after a refusal was sent, as Jetty wants it. */
    @Override
    public @Nullable Object createWebSocket(
            ServerUpgradeRequest request, ServerUpgradeResponse response, Callback callback) {
        if (!request.hasSubProtocol(SUB_PROTOCOL)) {
            return refuse(
                    Problem.badRequest(
                            "This is SIP over WebSocket: ask for the sub-protocol 'sip'"
                                    + " (Sec-WebSocket-Protocol: sip)."),
                    response,
                    callback);
        }
        if (!origins.allows(request)) {
            return refuse(
                    Problem.forbidden(
                            "Pages of this origin may not connect; add it to http.origins."),
                    response,
                    callback);
        }
        Transport transport = clients.secure(request) ? Transport.WSS : Transport.WS;
        Optional<SipWebSocketEndpoint> endpoint =
                connections.open(transport, clients.of(request), System.nanoTime());
        if (endpoint.isEmpty()) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, 5);
            return refuse(
                    Problem.unavailable("Too many connections; try again in some seconds."),
                    response,
                    callback);
        }
        response.setAcceptedSubProtocol(SUB_PROTOCOL);
        // no compression: a few bytes could unfold to any size before a bound on size sees them
        response.setExtensions(List.of());
        return endpoint.get();
    }

    private static @Nullable Object refuse(
            Problem problem, ServerUpgradeResponse response, Callback callback) {
        problem.send(response, callback);
        return null;
    }
}
