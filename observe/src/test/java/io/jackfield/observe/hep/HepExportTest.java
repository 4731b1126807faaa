package io.jackfield.observe.hep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.jackfield.observe.ladder.SeenRow;
import io.jackfield.storage.ladder.LadderRow;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("The way to capture servers")
@Timeout(30)
class HepExportTest {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    @Test
    @DisplayName("brings packets by UDP, with the id of the call")
    void byUdp() throws IOException {
        try (DatagramSocket server = new DatagramSocket(new InetSocketAddress(LOOPBACK, 0));
                HepExport export = export("udp:127.0.0.1:" + server.getLocalPort())) {
            export.take(message("INVITE sip:a SIP/2.0\r\n\r\n"));
            DatagramPacket packet = new DatagramPacket(new byte[2_000], 2_000);
            server.receive(packet);
            String text =
                    new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
            assertThat(text).startsWith("HEP3").contains("INVITE sip:a").contains("call-1");
        }
    }

    @Test
    @DisplayName("brings them by TCP, and finds a server again that went away")
    void byTcp() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 5, LOOPBACK);
                HepExport export = export("tcp:127.0.0.1:" + server.getLocalPort())) {
            try (Socket first = server.accept()) {
                export.take(message("first"));
                assertThat(next(first)).contains("first");
            }
            // what goes into a connection that has ended may be lost; it is sent until it is heard
            try (Socket second = acceptWhileSending(server, export)) {
                assertThat(next(second)).contains("again");
            }
        }
    }

    private static Socket acceptWhileSending(ServerSocket server, HepExport export)
            throws IOException {
        server.setSoTimeout(50);
        while (true) {
            export.take(message("again"));
            try {
                return server.accept();
            } catch (SocketTimeoutException notYet) {
                assertThat(notYet).isNotNull();
            }
        }
    }

    @Test
    @DisplayName("waits for nobody: a server that does not read costs packets, which are counted")
    void dropsForSlow() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, LOOPBACK);
                HepExport export = export("tcp:127.0.0.1:" + server.getLocalPort());
                Socket deaf = server.accept()) {
            String text = "x".repeat(60_000);
            for (int i = 0; i < 20_000; i++) {
                export.take(message(text));
            }
            assertThat(export.states().getFirst().dropped()).isPositive();
            assertThat(deaf.isConnected()).isTrue();
        }
    }

    @Test
    @DisplayName("does without a server that is not there")
    void nobodyThere() {
        try (HepExport export = export("tcp:127.0.0.1:1")) {
            assertThatCode(() -> export.take(message("x"))).doesNotThrowAnyException();
            assertThat(export.states().getFirst().connected()).isFalse();
        }
    }

    @Test
    @DisplayName("reads where servers are, and nothing else")
    void readsTargets() {
        assertThat(HepTarget.parse("udp:192.0.2.1:9060"))
                .contains(new HepTarget(HepTarget.Transport.UDP, "192.0.2.1", 9060));
        assertThat(HepTarget.parse("tls:[2001:db8::1]:9061"))
                .contains(new HepTarget(HepTarget.Transport.TLS, "2001:db8::1", 9061));
        assertThat(List.of("192.0.2.1:9060", "udp:a", "udp:a:0", "udp:a:70000", "http:a:1"))
                .allMatch(text -> HepTarget.parse(text).isEmpty());
    }

    private static HepExport export(String target) {
        return new HepExport(
                List.of(HepTarget.parse(target).orElseThrow()), 2001, Optional.empty());
    }

    private static SeenRow message(String text) {
        return new SeenRow(
                new LadderRow(
                        1,
                        1_700_000_000_000_000L,
                        LadderRow.Kind.SIP,
                        "1",
                        true,
                        "WSS",
                        "192.0.2.1:8443",
                        "198.51.100.7:50001",
                        "INVITE",
                        text),
                "call-1",
                "sip-1",
                "1001",
                "1001",
                "1002");
    }

    private static String next(Socket socket) throws IOException {
        byte[] head = socket.getInputStream().readNBytes(6);
        int length = ByteBuffer.wrap(head).getShort(4) & 0xffff;
        return new String(socket.getInputStream().readNBytes(length - 6), StandardCharsets.UTF_8);
    }
}
