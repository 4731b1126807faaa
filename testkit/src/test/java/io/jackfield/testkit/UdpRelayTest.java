package io.jackfield.testkit;

import static io.jackfield.testkit.NetworkConditions.CUT;
import static io.jackfield.testkit.NetworkConditions.PERFECT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A relay for real datagrams")
class UdpRelayTest {
    private static final Seed SEED = new Seed(11);

    private DatagramSocket server;
    private DatagramSocket client;

    @BeforeEach
    void open() throws IOException {
        server = socket();
        client = socket();
    }

    @AfterEach
    void close() {
        server.close();
        client.close();
    }

    private static DatagramSocket socket() throws IOException {
        DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        socket.setSoTimeout(5_000);
        return socket;
    }

    private InetSocketAddress serverAddress() {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    private static void send(DatagramSocket from, String text, SocketAddress to)
            throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        from.send(new DatagramPacket(bytes, bytes.length, to));
    }

    private static DatagramPacket receive(DatagramSocket socket) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[100], 100);
        socket.receive(packet);
        return packet;
    }

    private static String text(DatagramPacket packet) {
        return new String(packet.getData(), 0, packet.getLength(), UTF_8);
    }

    @Test
    @DisplayName("carries datagrams there and the answers back, one address a client")
    void carriesBothWays() throws IOException {
        try (UdpRelay relay = UdpRelay.start(serverAddress(), PERFECT, PERFECT, SEED);
                DatagramSocket second = socket()) {
            send(client, "one", relay.address());
            DatagramPacket one = receive(server);
            send(second, "two", relay.address());
            DatagramPacket two = receive(server);
            assertThat(text(one)).isEqualTo("one");
            assertThat(two.getSocketAddress()).isNotEqualTo(one.getSocketAddress());

            send(server, "to two", two.getSocketAddress());
            send(server, "to one", one.getSocketAddress());

            assertThat(text(receive(second))).isEqualTo("to two");
            DatagramPacket answer = receive(client);
            assertThat(text(answer)).isEqualTo("to one");
            assertThat(answer.getSocketAddress()).isEqualTo(relay.address());
            assertThat(relay.relayed()).isEqualTo(4);
        }
    }

    @Test
    @DisplayName("delays and duplicates")
    void delaysAndDuplicates() throws IOException {
        NetworkConditions slow = PERFECT.withDelay(Duration.ofMillis(60)).withDuplicate(1);
        try (UdpRelay relay = UdpRelay.start(serverAddress(), slow, PERFECT, SEED)) {
            long sent = System.nanoTime();
            send(client, "twice", relay.address());

            assertThat(text(receive(server))).isEqualTo("twice");
            assertThat(Duration.ofNanos(System.nanoTime() - sent))
                    .isGreaterThanOrEqualTo(Duration.ofMillis(60));
            assertThat(text(receive(server))).isEqualTo("twice");
        }
    }

    @Test
    @DisplayName("loses everything while cut and carries again afterwards")
    void isCut() throws IOException {
        try (UdpRelay relay = UdpRelay.start(serverAddress(), CUT, PERFECT, SEED)) {
            send(client, "lost", relay.address());
            server.setSoTimeout(100);
            assertThatThrownBy(() -> receive(server)).isInstanceOf(SocketTimeoutException.class);

            relay.become(PERFECT, PERFECT);
            server.setSoTimeout(5_000);
            send(client, "found", relay.address());

            assertThat(text(receive(server))).isEqualTo("found");
        }
    }

    @Test
    @DisplayName("gives its port back when it is closed")
    void givesThePortBack() throws IOException {
        InetSocketAddress address;
        try (UdpRelay relay = UdpRelay.start(serverAddress(), PERFECT, PERFECT, SEED)) {
            address = relay.address();
        }
        try (DatagramSocket again = new DatagramSocket(address)) {
            assertThat(again.getLocalPort()).isEqualTo(address.getPort());
        }
    }
}
