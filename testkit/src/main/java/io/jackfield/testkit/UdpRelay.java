package io.jackfield.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A bad network for real datagrams: stands between clients and one server on this machine and
 * delays, loses, duplicates and reorders in each direction.
 *
 * <p>For kernels without {@code netem}, and for end-to-end tests that need no privileges. Like a
 * NAT it opens a socket of its own towards the server for every client address, so that the server
 * sees one address per client and its answers find their way back. Delays are kept to about a
 * millisecond.
 *
 * <pre>{@code
 * try (UdpRelay relay = UdpRelay.start(server, PERFECT.withLoss(0.05), PERFECT, seed)) {
 *     phone.dial(relay.address());
 *     relay.become(CUT, CUT); // the cable is pulled
 * }
 * }</pre>
 *
 * <p>Thread-safety: any thread may call any method; one daemon thread moves the datagrams.
 */
public final class UdpRelay implements AutoCloseable {
    /** Clients are told apart by address; a test that needs more holds something wrong. */
    private static final int CLIENTS_MAX = 1_024;

    private static final int DATAGRAM_MAX = 65_535;

    private record Weather(NetworkConditions toServer, NetworkConditions toClients) {}

    /** A datagram and the socket that sends it on. */
    private record Parcel(DatagramChannel by, SocketAddress to, ByteBuffer bytes) {}

    private final Selector selector;
    private final DatagramChannel front;
    private final InetSocketAddress address;
    private final InetSocketAddress server;
    private final Map<SocketAddress, DatagramChannel> backs = new HashMap<>();
    private final SimulatedNetwork<Parcel> toServer;
    private final SimulatedNetwork<Parcel> toClients;
    private volatile Weather weather;
    private final AtomicLong relayed = new AtomicLong();
    private final ByteBuffer buffer = ByteBuffer.allocate(DATAGRAM_MAX);
    private final Thread thread;

    private UdpRelay(InetSocketAddress server, Weather weather, Seed seed) throws IOException {
        this.server = server;
        this.weather = weather;
        this.toServer = new SimulatedNetwork<>(weather.toServer, seed.part(1));
        this.toClients = new SimulatedNetwork<>(weather.toClients, seed.part(2));
        this.selector = Selector.open();
        this.front = bound(new InetSocketAddress(server.getAddress(), 0));
        this.front.register(selector, SelectionKey.OP_READ);
        this.address = (InetSocketAddress) front.getLocalAddress();
        this.thread = Thread.ofPlatform().daemon().name("udp-relay").unstarted(this::run);
    }

    /**
     * Opens a relay on a free port of the server's own address.
     *
     * @throws UncheckedIOException when no socket can be opened
     */
    public static UdpRelay start(
            InetSocketAddress server,
            NetworkConditions toServer,
            NetworkConditions toClients,
            Seed seed) {
        try {
            UdpRelay relay = new UdpRelay(server, new Weather(toServer, toClients), seed);
            relay.thread.start();
            return relay;
        } catch (IOException noSocket) {
            throw new UncheckedIOException(noSocket);
        }
    }

    /** Where clients send to. */
    public InetSocketAddress address() {
        return address;
    }

    /** Changes the weather for what is sent from now on. */
    public void become(NetworkConditions toServerNext, NetworkConditions toClientsNext) {
        weather = new Weather(toServerNext, toClientsNext);
    }

    /** Datagrams sent on so far, in both directions, second copies included. */
    public long relayed() {
        return relayed.get();
    }

    /** Stops; what is on the way is lost. Returns when the sockets are closed. */
    @Override
    public void close() {
        try {
            selector.close();
            thread.join(Duration.ofSeconds(5));
        } catch (IOException alreadyBroken) {
            throw new UncheckedIOException(alreadyBroken);
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (true) {
                selector.select(millisToWait());
                takeIn();
                handOn(toServer);
                handOn(toClients);
            }
        } catch (ClosedSelectorException closed) {
            // The orderly end: close() shut the selector.
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } finally {
            shut();
        }
    }

    /** 0 waits for ever, which is right when nothing is on the way. */
    private long millisToWait() {
        OptionalLong one = toServer.deadlineNanos();
        OptionalLong other = toClients.deadlineNanos();
        if (one.isEmpty() && other.isEmpty()) {
            return 0;
        }
        long now = System.nanoTime();
        long wait =
                Math.min(
                        one.orElse(now + Long.MAX_VALUE / 2) - now,
                        other.orElse(now + Long.MAX_VALUE / 2) - now);
        return Math.max(1, Duration.ofNanos(Math.max(0, wait)).toMillis());
    }

    private void takeIn() throws IOException {
        Weather current = weather;
        toServer.become(current.toServer);
        toClients.become(current.toClients);
        for (SelectionKey key : selector.selectedKeys()) {
            drain((DatagramChannel) key.channel(), key.attachment());
        }
        selector.selectedKeys().clear();
    }

    /**
     * @param client whom this socket belongs to; null for the one that clients send to
     */
    private void drain(DatagramChannel channel, @Nullable Object client) throws IOException {
        SocketAddress from = channel.receive(buffer.clear());
        while (from != null) {
            ByteBuffer copy = ByteBuffer.allocate(buffer.flip().remaining()).put(buffer).flip();
            if (client instanceof SocketAddress to) {
                toClients.send(System.nanoTime(), new Parcel(front, to, copy));
            } else if (backs.size() < CLIENTS_MAX || backs.containsKey(from)) {
                toServer.send(System.nanoTime(), new Parcel(back(from), server, copy));
            }
            from = channel.receive(buffer.clear());
        }
    }

    private DatagramChannel back(SocketAddress client) throws IOException {
        DatagramChannel known = backs.get(client);
        if (known != null) {
            return known;
        }
        DatagramChannel fresh = bound(new InetSocketAddress(server.getAddress(), 0));
        fresh.register(selector, SelectionKey.OP_READ, client);
        backs.put(client, fresh);
        return fresh;
    }

    private void handOn(SimulatedNetwork<Parcel> network) throws IOException {
        for (Parcel parcel : network.poll(System.nanoTime())) {
            // Counted first: whoever has received it finds it counted.
            relayed.incrementAndGet();
            parcel.by.send(parcel.bytes.duplicate(), parcel.to);
        }
    }

    private void shut() {
        closeQuietly(front);
        backs.values().forEach(UdpRelay::closeQuietly);
    }

    private static void closeQuietly(DatagramChannel channel) {
        try {
            channel.close();
        } catch (IOException broken) {
            // A socket that cannot be closed is closed enough for a test.
        }
    }

    private static DatagramChannel bound(InetSocketAddress local) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        channel.configureBlocking(false);
        return channel.bind(local);
    }
}
