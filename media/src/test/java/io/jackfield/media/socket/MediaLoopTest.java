package io.jackfield.media.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jackfield.media.MediaSocketUnavailable;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The media loop and its sockets, by either means")
class MediaLoopTest {
    private static final int BUFFER_BYTES = 1 << 18;
    private static final int SOON_SECONDS = 10;

    private record Packet(byte[] bytes, InetSocketAddress from, int room) {}

    private final List<MediaLoop> loops = new ArrayList<>();
    private final List<DatagramSocket> peers = new ArrayList<>();
    private final BlockingQueue<Packet> received = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        loops.forEach(MediaLoop::close);
        loops.forEach(MediaLoop::awaitEnd);
        peers.forEach(DatagramSocket::close);
    }

    private MediaLoop loop(SocketKind kind) throws Exception {
        assumeTrue(kind == SocketKind.NIO || SocketKind.best() == kind, "no epoll here");
        MediaLoop loop = MediaLoop.start("loop of a test", kind);
        loops.add(loop);
        return loop;
    }

    private static UdpSocket socket(SocketKind kind, String address) throws Exception {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getByName(address), 0);
        return UdpSocket.bind(any, BUFFER_BYTES, kind);
    }

    private DatagramSocket peer(String address) throws Exception {
        DatagramSocket peer = new DatagramSocket(0, InetAddress.getByName(address));
        peer.setSoTimeout(SOON_SECONDS * 1_000);
        peers.add(peer);
        return peer;
    }

    private void keep(ByteBuffer datagram, InetSocketAddress from) {
        byte[] copy = new byte[datagram.remaining()];
        datagram.get(datagram.position(), copy);
        received.add(new Packet(copy, from, datagram.capacity() - datagram.limit()));
    }

    private Packet next() throws InterruptedException {
        Packet packet = received.poll(SOON_SECONDS, TimeUnit.SECONDS);
        assertThat(packet).as("a packet").isNotNull();
        return packet;
    }

    private static void send(DatagramSocket from, UdpSocket to, byte... bytes) throws Exception {
        from.send(new DatagramPacket(bytes, bytes.length, to.local()));
    }

    /** Runs on the loop, and waits for it. */
    private static void onLoop(MediaLoop loop, Runnable action) throws Exception {
        CompletableFuture<Void> done = new CompletableFuture<>();
        assertThat(
                        loop.post(_ -> {
                            action.run();
                            done.complete(null);
                        }))
                .isTrue();
        done.get(SOON_SECONDS, TimeUnit.SECONDS);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    @DisplayName("receives from many sources, with room behind, and answers each")
    void sources(SocketKind kind) throws Exception {
        MediaLoop loop = loop(kind);
        UdpSocket socket = socket(kind, "127.0.0.1");
        onLoop(
                loop,
                () ->
                        loop.register(
                                socket,
                                (datagram, from, _) -> {
                                    keep(datagram, from);
                                    assertThat(socket.send(datagram, from)).isTrue();
                                    assertThat(datagram.remaining()).isEqualTo(2);
                                }));
        for (int i = 0; i < 100; i++) {
            DatagramSocket peer = peer("127.0.0." + (1 + i % 3));
            send(peer, socket, (byte) i, (byte) 7);
            Packet packet = next();
            assertThat(packet.bytes()).containsExactly(i, 7);
            assertThat(packet.from()).isEqualTo(peer.getLocalSocketAddress());
            assertThat(packet.room()).isGreaterThanOrEqualTo(UdpSocket.ROOM_BYTES);
            DatagramPacket answer = new DatagramPacket(new byte[10], 10);
            peer.receive(answer);
            assertThat(answer.getLength()).isEqualTo(2);
            assertThat(answer.getSocketAddress()).isEqualTo(socket.local());
        }
        onLoop(loop, () -> loop.close(List.of(socket), () -> {}));
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    @DisplayName("speaks IPv6")
    void six(SocketKind kind) throws Exception {
        MediaLoop loop = loop(kind);
        UdpSocket socket = socket(kind, "::1");
        onLoop(loop, () -> loop.register(socket, (datagram, from, _) -> keep(datagram, from)));
        for (int i = 0; i < 3; i++) {
            DatagramSocket peer = peer("::1");
            send(peer, socket, (byte) i);
            assertThat(next().from()).isEqualTo(peer.getLocalSocketAddress());
            onLoop(
                    loop,
                    () ->
                            assertThat(
                                            socket.send(
                                                    ByteBuffer.wrap(new byte[3]),
                                                    (InetSocketAddress)
                                                            peer.getLocalSocketAddress()))
                                    .isTrue());
            DatagramPacket answer = new DatagramPacket(new byte[10], 10);
            peer.receive(answer);
            assertThat(answer.getLength()).isEqualTo(3);
        }
        onLoop(loop, () -> loop.close(List.of(socket), () -> {}));
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    @DisplayName("takes every packet of a burst, in order")
    void burst(SocketKind kind) throws Exception {
        MediaLoop loop = loop(kind);
        UdpSocket socket = socket(kind, "127.0.0.1");
        DatagramSocket peer = peer("127.0.0.1");
        CompletableFuture<Void> sent = new CompletableFuture<>();
        onLoop(loop, () -> loop.register(socket, (datagram, from, _) -> keep(datagram, from)));
        assertThat(loop.post(_ -> sent.join())).isTrue();
        for (int i = 0; i < 200; i++) {
            send(peer, socket, (byte) i);
        }
        sent.complete(null);
        for (int i = 0; i < 200; i++) {
            assertThat(next().bytes()).containsExactly((byte) i);
        }
        onLoop(loop, () -> loop.close(List.of(socket), () -> {}));
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    @DisplayName(
            "goes on after a handler that fails, a packet too large, and one with nothing in it")
    void faults(SocketKind kind) throws Exception {
        MediaLoop loop = loop(kind);
        UdpSocket socket = socket(kind, "127.0.0.1");
        DatagramSocket peer = peer("127.0.0.1");
        onLoop(
                loop,
                () ->
                        loop.register(
                                socket,
                                (datagram, from, _) -> {
                                    keep(datagram, from);
                                    if (datagram.hasRemaining() && datagram.get(0) == 13) {
                                        throw new IllegalStateException("a fault of a test");
                                    }
                                }));
        send(peer, socket, (byte) 13);
        send(peer, socket);
        send(peer, socket, new byte[3_000]);
        send(peer, socket, (byte) 1);
        assertThat(next().bytes()).containsExactly(13);
        assertThat(next().bytes()).isEmpty();
        assertThat(next().bytes()).hasSize(UdpSocket.DATAGRAM_BYTES_MAX);
        assertThat(next().bytes()).containsExactly(1);
        onLoop(loop, () -> loop.close(List.of(socket), () -> {}));
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    @DisplayName(
            "gives a closed socket's port back, and its place to another, which gets its own packets")
    void closed(SocketKind kind) throws Exception {
        MediaLoop loop = loop(kind);
        DatagramSocket peer = peer("127.0.0.1");
        Set<Integer> heard = ConcurrentHashMap.newKeySet();
        for (int round = 0; round < 50; round++) {
            UdpSocket socket = socket(kind, "127.0.0.1");
            int number = round;
            onLoop(
                    loop,
                    () ->
                            loop.register(
                                    socket,
                                    (datagram, from, _) -> {
                                        heard.add(number);
                                        keep(datagram, from);
                                    }));
            send(peer, socket, (byte) round);
            assertThat(next().bytes()).containsExactly((byte) round);
            CompletableFuture<Void> free = new CompletableFuture<>();
            onLoop(loop, () -> loop.close(List.of(socket), () -> free.complete(null)));
            free.get(SOON_SECONDS, TimeUnit.SECONDS);
            UdpSocket.bind(socket.local(), BUFFER_BYTES, kind).close();
            onLoop(
                    loop,
                    () ->
                            assertThat(socket.send(ByteBuffer.wrap(new byte[1]), socket.local()))
                                    .isFalse());
        }
        assertThat(heard).hasSize(50);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    @DisplayName("says who holds a port that is not to be had")
    void taken(SocketKind kind) throws Exception {
        MediaLoop _ = loop(kind);
        DatagramSocket holder = peer("127.0.0.1");
        InetSocketAddress held = (InetSocketAddress) holder.getLocalSocketAddress();
        assertThatThrownBy(() -> UdpSocket.bind(held, BUFFER_BYTES, kind))
                .isInstanceOf(MediaSocketUnavailable.class)
                .hasMessageContaining("port " + held.getPort())
                .hasMessageContaining("Address already in use");
        InetSocketAddress foreign = new InetSocketAddress("192.0.2.1", 0);
        assertThatThrownBy(() -> UdpSocket.bind(foreign, BUFFER_BYTES, kind))
                .isInstanceOf(MediaSocketUnavailable.class)
                .hasMessageContaining("Cannot assign requested address");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    @DisplayName("sends nothing to an address without a port or a host, and does not fail")
    void nowhere(SocketKind kind) throws Exception {
        MediaLoop loop = loop(kind);
        UdpSocket socket = socket(kind, "127.0.0.1");
        onLoop(loop, () -> loop.register(socket, (_, _, _) -> {}));
        onLoop(
                loop,
                () -> {
                    ByteBuffer packet = ByteBuffer.wrap(new byte[10]);
                    for (InetSocketAddress nowhere :
                            List.of(
                                    new InetSocketAddress("127.0.0.1", 0),
                                    InetSocketAddress.createUnresolved("nowhere.invalid", 5000))) {
                        assertThat(socket.send(packet, nowhere)).isFalse();
                    }
                    assertThat(
                                    socket.send(
                                            ByteBuffer.wrap(new byte[70_000]),
                                            new InetSocketAddress("127.0.0.1", 5_000)))
                            .isFalse();
                });
        onLoop(loop, () -> loop.close(List.of(socket), () -> {}));
    }

    @ParameterizedTest(name = "{0} strangers")
    @ValueSource(ints = 20_000)
    @DisplayName("tells more sources apart than it remembers")
    void manySources(int strangers) {
        SourceCache cache = new SourceCache();
        try (var arena = java.lang.foreign.Arena.ofConfined()) {
            for (int turn = 0; turn < 2; turn++) {
                for (int i = 0; i < strangers; i++) {
                    InetSocketAddress stranger =
                            new InetSocketAddress("10.0." + i / 250 + "." + i % 250, 1 + i);
                    var written = arena.allocate(32, 8);
                    var _ = SocketAddresses.write(stranger, written);
                    assertThat(cache.read(written, 0)).isEqualTo(stranger);
                }
            }
        }
    }
}
