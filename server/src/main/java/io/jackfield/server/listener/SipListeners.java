package io.jackfield.server.listener;

import io.jackfield.call.edge.Connector;
import io.jackfield.call.edge.Flow;
import io.jackfield.call.edge.SipReceiver;
import io.jackfield.call.edge.Transport;
import io.jackfield.server.config.Configuration;
import io.jackfield.server.tls.SipTls;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * All of SIP's UDP, TCP and TLS sockets, and the connections we open to trunks.
 *
 * <p>Made before signalling, which needs a {@link Connector}; opened after it, once there is
 * somebody to receive.
 *
 * <p>Thread-safety: any thread, after {@link #open}.
 */
public final class SipListeners implements Connector, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(SipListeners.class.getName());
    private static final int CONNECT_MILLIS_MAX = 5_000;

    private final Configuration.Sip settings;
    private final Optional<SipTls> tls;
    private final StreamFlows flows;
    private final List<SipUdpListener> udp = new ArrayList<>();
    private final List<SipStreamListener> streams = new ArrayList<>();
    private final Map<Target, StreamFlow> outgoing = new ConcurrentHashMap<>();
    private final ScheduledExecutorService ticker;
    private final LongSupplier nanoTime;
    private volatile Optional<SipReceiver> receiver = Optional.empty();

    /** Where a connection of ours leads; the name is empty without TLS. */
    private record Target(Transport transport, InetSocketAddress remote, String tlsName) {}

    /**
     * @param tls for the TLS listeners and for TLS connections of our own
     */
    public SipListeners(Configuration.Sip settings, Optional<SipTls> tls, LongSupplier nanoTime) {
        this.settings = settings;
        this.tls = tls;
        this.nanoTime = nanoTime;
        this.flows = new StreamFlows(nanoTime);
        this.ticker =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().name("sip-ticker").daemon().factory());
    }

    /**
     * Binds all listeners.
     *
     * @throws CannotListenException for the first that cannot be bound; the others are closed
     */
    public void open(SipReceiver to) {
        receiver = Optional.of(to);
        try {
            settings.udp().forEach(a -> udp.add(SipUdpListener.open(a, "sip.udp", to)));
            settings.tcp().forEach(a -> streams.add(stream(a, "sip.tcp", Optional.empty(), to)));
            settings.tls().forEach(a -> streams.add(stream(a, "sip.tls", tls, to)));
        } catch (CannotListenException taken) {
            close();
            throw taken;
        }
        var _ =
                ticker.scheduleAtFixedRate(
                        () -> flows.tick(nanoTime.getAsLong()), 1, 1, TimeUnit.SECONDS);
    }

    private SipStreamListener stream(
            InetSocketAddress address, String setting, Optional<SipTls> with, SipReceiver to) {
        return SipStreamListener.open(address, setting, with, flows, to);
    }

    @Override
    public Optional<Flow> connect(Transport transport, InetSocketAddress remote, String tlsName) {
        return switch (transport) {
            case UDP -> datagramFlow(remote);
            case TCP, TLS -> streamFlow(transport, remote, tlsName);
            case WS, WSS -> Optional.empty();
        };
    }

    private Optional<Flow> datagramFlow(InetSocketAddress remote) {
        return udp.stream()
                .filter(l -> sameFamily(l.local().getAddress(), remote.getAddress()))
                .findFirst()
                .map(l -> l.flow(remote));
    }

    private Optional<Flow> streamFlow(
            Transport transport, InetSocketAddress remote, String tlsName) {
        List<InetSocketAddress> locals =
                transport == Transport.TLS ? settings.tls() : settings.tcp();
        boolean secure = transport == Transport.TLS;
        return locals.stream()
                .filter(_ -> !secure || tls.isPresent())
                .filter(l -> sameFamily(l.getAddress(), remote.getAddress()))
                .findFirst()
                .map(local ->
                        outgoing.computeIfAbsent(
                                new Target(transport, remote, secure ? tlsName : ""),
                                target -> begin(target, local)));
    }

    private StreamFlow begin(Target target, InetSocketAddress local) {
        StreamFlow flow =
                flows.opened(
                        target.transport(),
                        target.remote(),
                        local,
                        receiver.orElseThrow(),
                        () -> outgoing.remove(target));
        Thread.ofVirtual().name(flow.id()).start(() -> serve(flow, target, local.getAddress()));
        return flow;
    }

    /** Our own address is bound, so that the trunk sees the one that we tell it. */
    private void serve(StreamFlow flow, Target target, InetAddress local) {
        try {
            Socket socket = new Socket();
            flow.attach(socket);
            socket.bind(new InetSocketAddress(local, 0));
            socket.connect(target.remote(), CONNECT_MILLIS_MAX);
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
            if (target.transport() == Transport.TLS) {
                SipTls.Handshake done = tls.orElseThrow().connect(socket, target.tlsName());
                flow.run(done.socket(), done.peerName());
            } else {
                flow.run(socket, Optional.empty());
            }
        } catch (IOException failed) {
            LOG.log(
                    Level.INFO,
                    "flow={0} to={1} failed reason={2}",
                    flow.id(),
                    target.remote(),
                    failed.toString());
            flow.end();
        }
    }

    private static boolean sameFamily(InetAddress one, InetAddress other) {
        return one.getAddress().length == other.getAddress().length;
    }

    /** Says which flows are those of trunks: they may have more requests open than a stranger. */
    public void trunks(Predicate<Flow> are) {
        udp.forEach(listener -> listener.trunks(are));
    }

    /** The ports that were bound, by transport; the first where there are several. */
    public Map<Transport, Integer> ports() {
        Map<Transport, Integer> ports = new ConcurrentHashMap<>();
        first(settings.udp()).ifPresent(port -> ports.put(Transport.UDP, port));
        first(settings.tcp()).ifPresent(port -> ports.put(Transport.TCP, port));
        first(settings.tls()).ifPresent(port -> ports.put(Transport.TLS, port));
        return Map.copyOf(ports);
    }

    private static Optional<Integer> first(List<InetSocketAddress> addresses) {
        return addresses.stream().map(InetSocketAddress::getPort).findFirst();
    }

    /** Stream connections that are open. */
    public int connections() {
        return flows.count();
    }

    @Override
    public void close() {
        ticker.shutdownNow();
        streams.forEach(SipStreamListener::close);
        flows.closeAll();
        udp.forEach(SipUdpListener::close);
    }
}
