package io.jackfield.server.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jackfield.call.edge.Flow;
import io.jackfield.call.edge.Transport;
import io.jackfield.server.RecordingReceiver;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("SIP over UDP (RFC 3261 §18)")
class SipUdpListenerTest {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    private final RecordingReceiver receiver = new RecordingReceiver();
    private SipUdpListener listener;
    private DatagramSocket peer;

    @BeforeEach
    void open() throws IOException {
        listener = SipUdpListener.open(new InetSocketAddress(LOOPBACK, 0), "sip.udp", receiver);
        peer = new DatagramSocket(0, LOOPBACK);
        peer.setSoTimeout(10_000);
    }

    @AfterEach
    void close() {
        peer.close();
        listener.close();
    }

    @Test
    @DisplayName("hands over each datagram with the way back to its sender")
    void handsOverDatagrams() throws IOException {
        send("OPTIONS sip:one SIP/2.0");
        send("OPTIONS sip:two SIP/2.0");

        RecordingReceiver.Received first = receiver.next();
        RecordingReceiver.Received second = receiver.next();

        assertThat(first.text()).isEqualTo("OPTIONS sip:one SIP/2.0");
        assertThat(second.text()).isEqualTo("OPTIONS sip:two SIP/2.0");
        assertThat(first.flow()).isEqualTo(second.flow()).hasSameHashCodeAs(second.flow());
        assertThat(first.flow().transport()).isEqualTo(Transport.UDP);
        assertThat(first.flow().remote().getPort()).isEqualTo(peer.getLocalPort());
        assertThat(first.flow().local()).isEqualTo(listener.local());
        assertThat(first.flow().id()).isEqualTo("udp-127.0.0.1:" + peer.getLocalPort());
    }

    @Test
    @DisplayName("sends from the port that it listens on")
    void sendsFromItsOwnPort() throws IOException {
        send("x");
        Flow flow = receiver.next().flow();

        assertThat(flow.send("SIP/2.0 200 OK".getBytes(StandardCharsets.UTF_8))).isTrue();

        DatagramPacket answer = new DatagramPacket(new byte[1500], 1500);
        peer.receive(answer);
        assertThat(Arrays.copyOf(answer.getData(), answer.getLength()))
                .asString()
                .isEqualTo("SIP/2.0 200 OK");
        assertThat(answer.getPort()).isEqualTo(listener.local().getPort());
    }

    @Test
    @DisplayName("drops empty datagrams and goes on")
    void dropsEmptyDatagrams() throws IOException {
        send("");
        send("after");

        assertThat(receiver.next().text()).isEqualTo("after");
    }

    @Test
    @DisplayName("says no to a message longer than any datagram, and does not throw")
    void refusesWhatNoDatagramHolds() {
        Flow flow = listener.flow((InetSocketAddress) peer.getLocalSocketAddress());

        assertThat(flow.send(new byte[70_000])).isFalse();
        assertThat(listener.unsent()).isEqualTo(1);
    }

    @Test
    @DisplayName("says no after it was closed")
    void refusesAfterClose() {
        Flow flow = listener.flow((InetSocketAddress) peer.getLocalSocketAddress());
        listener.close();

        assertThat(flow.send(new byte[] {1})).isFalse();
    }

    @Test
    @DisplayName("names port and setting when the port is taken")
    void namesTheTakenPort() {
        assertThatThrownBy(() -> SipUdpListener.open(listener.local(), "sip.udp", receiver))
                .isInstanceOf(CannotListenException.class)
                .hasMessageContaining("port " + listener.local().getPort())
                .hasMessageContaining("the port is taken")
                .hasMessageContaining("sip.udp")
                .hasMessageContaining("JACKFIELD_SIP_UDP");
    }

    private void send(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        peer.send(new DatagramPacket(bytes, bytes.length, listener.local()));
    }
}
