package io.jackfield.server.web;

import io.jackfield.api.events.EventHistory;
import io.jackfield.api.http.ApiHandler;
import io.jackfield.api.http.Guard;
import io.jackfield.api.http.Problem;
import io.jackfield.call.edge.SipReceiver;
import io.jackfield.server.config.Configuration;
import io.jackfield.server.listener.CannotListenException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;

/**
 * The HTTP and HTTPS listeners with everything behind them: pages, API, SIP over WebSocket.
 *
 * <p>Thread-safety: any thread.
 */
public final class WebServer implements AutoCloseable {
    /** Where the phone's files are on the class path. */
    static final String PHONE_FOLDER = "io/jackfield/server/phone";

    private static final String WEB_SOCKET_PATH = "/ws";
    private static final int HEADER_BYTES_MAX = 8 << 10;

    /** A SIP message is at most this long (bounds of the parser). */
    private static final int MESSAGE_BYTES_MAX = 64 << 10;

    /** Three pings that nobody answered. */
    private static final Duration IDLE_MAX = KeepAlive.PING_EVERY.multipliedBy(3);

    /** Accepting and selecting; everything else runs on virtual threads. */
    private static final int PLATFORM_THREADS_MAX = 16;

    private static final int CONNECTIONS_MAX = WebSocketConnections.TOTAL_MAX + 4_000;

    private final Server server;
    private final WebSocketConnections connections;
    private final SlowConnections slow;
    private final ServerConnector http;
    private final Optional<ServerConnector> https;
    private final ScheduledExecutorService ticker;

    /** Who may hear events over a WebSocket, and where they come from. */
    public record Listening(EventHistory history, Guard guard) {}

    private WebServer(
            Configuration configuration,
            Handler api,
            SipReceiver receiver,
            Optional<Listening> listening) {
        ClientAddress clients = new ClientAddress(configuration);
        server = new Server(threads());
        connections = new WebSocketConnections(receiver);
        SipUpgrade upgrade =
                new SipUpgrade(
                        connections, new OriginCheck(configuration.http().origins()), clients);
        Handler behind =
                new Handler.Sequence(api, new WebSocketHint(), new PhoneFiles(PHONE_FOLDER));
        WebSocketUpgradeHandler webSocket =
                WebSocketUpgradeHandler.from(
                        server,
                        container -> {
                            configure(container, upgrade);
                            listening.ifPresent(l ->
                                    container.addMapping(
                                            EventsUpgrade.PATH,
                                            new EventsUpgrade(
                                                    l.history(),
                                                    l.guard(),
                                                    new OriginCheck(
                                                            configuration.http().origins()))));
                        });
        webSocket.setHandler(behind);
        slow = new SlowConnections(new SecurityHeaders(webSocket));
        server.setHandler(slow);
        server.addBean(new NetworkConnectionLimit(CONNECTIONS_MAX, server));
        http = connector(plain(), configuration.http().address());
        https = configuration.https().map(h -> connector(secure(configuration, h), h.address()));
        ticker =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().name("web-ticker").daemon().factory());
    }

    /**
     * Binds the listeners and begins to serve.
     *
     * @param listening empty where there are no events
     * @throws CannotListenException when an address cannot be bound
     */
    public static WebServer open(
            Configuration configuration,
            ApiHandler api,
            SipReceiver receiver,
            Optional<Listening> listening) {
        WebServer web = new WebServer(configuration, api, receiver, listening);
        web.start(configuration);
        return web;
    }

    /** Which requests need no token, as configured; for the {@code Guard} of the API. */
    public static Predicate<Request> trustedRequests(Configuration configuration) {
        return new ClientAddress(configuration)::trusted;
    }

    private static QueuedThreadPool threads() {
        QueuedThreadPool pool = new QueuedThreadPool(PLATFORM_THREADS_MAX, 4);
        pool.setName("web");
        pool.setReservedThreads(0);
        pool.setVirtualThreadsExecutor(VirtualThreads.getNamedVirtualThreadsExecutor("web-v-"));
        return pool;
    }

    private static void configure(ServerWebSocketContainer container, SipUpgrade upgrade) {
        container.setMaxTextMessageSize(MESSAGE_BYTES_MAX);
        container.setMaxBinaryMessageSize(MESSAGE_BYTES_MAX);
        container.setMaxFrameSize(MESSAGE_BYTES_MAX);
        container.setIdleTimeout(IDLE_MAX);
        container.addMapping(WEB_SOCKET_PATH, upgrade);
    }

    private ServerConnector connector(
            org.eclipse.jetty.server.ConnectionFactory[] factories, InetSocketAddress address) {
        ServerConnector connector = new ServerConnector(server, 1, 1, factories);
        connector.setHost(address.getAddress().getHostAddress());
        connector.setPort(address.getPort());
        connector.setIdleTimeout(SlowConnections.NEXT_REQUEST_WITHIN.toMillis());
        connector.setAcceptQueueSize(1024);
        connector.addBean(slow);
        server.addConnector(connector);
        return connector;
    }

    private static HttpConfiguration httpConfiguration() {
        HttpConfiguration http = new HttpConfiguration();
        http.setRequestHeaderSize(HEADER_BYTES_MAX);
        http.setSendServerVersion(false);
        return http;
    }

    private static org.eclipse.jetty.server.ConnectionFactory[] plain() {
        return new org.eclipse.jetty.server.ConnectionFactory[] {
            new HttpConnectionFactory(httpConfiguration())
        };
    }

    private static org.eclipse.jetty.server.ConnectionFactory[] secure(
            Configuration configuration, Configuration.Https https) {
        HttpConfiguration http = httpConfiguration();
        SecureRequestCustomizer customizer = new SecureRequestCustomizer();
        customizer.setSniHostCheck(false);
        http.addCustomizer(customizer);
        return org.eclipse.jetty.server.AbstractConnectionFactory.getFactories(
                HttpsTls.factory(configuration, https), new HttpConnectionFactory(http));
    }

    private void start(Configuration configuration) {
        bind(http, "HTTP", configuration.http().address(), "http.port");
        https.ifPresent(
                c -> bind(c, "HTTPS", configuration.https().orElseThrow().address(), "https.port"));
        try {
            server.start();
        } catch (Exception broken) {
            throw new IllegalStateException("the web server does not start", broken);
        }
        var _ = ticker.scheduleAtFixedRate(() -> tick(System.nanoTime()), 1, 1, TimeUnit.SECONDS);
    }

    /** Opens the socket before the start, so that a port that is taken can be told apart. */
    private static void bind(
            ServerConnector connector, String what, InetSocketAddress address, String setting) {
        try {
            connector.open();
        } catch (IOException refused) {
            throw new CannotListenException(what, address, setting, cause(refused));
        }
    }

    private static Exception cause(IOException refused) {
        return refused.getCause() instanceof Exception inner ? inner : refused;
    }

    /** Pings, and ends what is overdue; once a second. */
    void tick(long nowNanos) {
        connections.tick(nowNanos);
        slow.tick(nowNanos);
    }

    /** The port of the plain listener. */
    public int httpPort() {
        return http.getLocalPort();
    }

    /** The port of the TLS listener. */
    public Optional<Integer> httpsPort() {
        return https.map(ServerConnector::getLocalPort);
    }

    /** Browsers that are connected. */
    public int webSockets() {
        return connections.count();
    }

    /** Connections that owe a request. */
    int waitingForRequests() {
        return slow.waiting();
    }

    @Override
    public void close() {
        ticker.shutdownNow();
        connections.closeAll();
        try {
            server.stop();
        } catch (Exception broken) {
            throw new IllegalStateException("the web server does not stop", broken);
        }
    }

    /** Answers a plain request for {@code /ws}, which only a WebSocket handshake can use. */
    private static final class WebSocketHint extends Handler.Abstract.NonBlocking {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            if (!Request.getPathInContext(request).equals(WEB_SOCKET_PATH)) {
                return false;
            }
            response.getHeaders().put(HttpHeader.UPGRADE, "websocket");
            new Problem(
                            426,
                            "Upgrade Required",
                            "This is SIP over WebSocket (RFC 7118): open it as a WebSocket with the"
                                    + " sub-protocol 'sip'.")
                    .send(response, callback);
            return true;
        }
    }
}
