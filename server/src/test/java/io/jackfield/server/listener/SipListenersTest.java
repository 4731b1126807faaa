package io.jackfield.server.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jackfield.call.edge.Flow;
import io.jackfield.call.edge.Transport;
import io.jackfield.server.RecordingReceiver;
import io.jackfield.server.config.Configuration;
import io.jackfield.server.tls.ServerName;
import io.jackfield.server.tls.SipTls;
import io.jackfield.server.tls.TestCertificate;
import io.jackfield.server.tls.TlsIdentity;
import io.jackfield.testkit.FreePorts;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("SIP over TCP and TLS (RFC 3261 §18)")
class SipListenersTest {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final String NAME = "pbx.example.com";
    private static final String OPTIONS =
            "OPTIONS sip:600@pbx.example.com SIP/2.0\r\n"
                    + "Via: SIP/2.0/TCP 192.0.2.9;branch=z9hG4bK1\r\n"
                    + "From: <sip:a@example.com>;tag=1\r\n"
                    + "To: <sip:600@pbx.example.com>\r\n"
                    + "Call-ID: 1\r\n"
                    + "CSeq: 1 OPTIONS\r\n"
                    + "Content-Length: 0\r\n\r\n";

    @TempDir private static Path folder;
    private static TestCertificate certificate;

    private final RecordingReceiver receiver = new RecordingReceiver();
    private final int tcpPort = FreePorts.next();
    private final int tlsPort = FreePorts.next();
    private SipListeners listeners;

    @BeforeAll
    static void makeCertificate() {
        certificate = TestCertificate.of(folder, NAME);
    }

    @BeforeEach
    void open() {
        listeners =
                new SipListeners(
                        new Configuration.Sip(
                                List.of(),
                                List.of(at(tcpPort)),
                                List.of(at(tlsPort)),
                                Optional.empty()),
                        Optional.of(tls(Optional.of(new ServerName(NAME)))),
                        System::nanoTime);
        listeners.open(receiver);
    }

    @AfterEach
    void close() {
        listeners.close();
    }

    @Nested
    @DisplayName("from a peer over TCP")
    class Incoming {
        @Test
        @DisplayName("messages are cut out of the stream, however it is chopped (§18.3)")
        void cutsTheStream() throws IOException {
            try (Socket peer = connect()) {
                write(peer, OPTIONS.substring(0, 40));
                write(peer, OPTIONS.substring(40) + OPTIONS.replace("Call-ID: 1", "Call-ID: 2"));

                assertThat(receiver.next().text()).isEqualTo(OPTIONS);
                RecordingReceiver.Received second = receiver.next();
                assertThat(second.text()).contains("Call-ID: 2");
                assertThat(second.flow().transport()).isEqualTo(Transport.TCP);
                assertThat(second.flow().remote()).isEqualTo(peer.getLocalSocketAddress());
                assertThat(second.flow().local()).isEqualTo(at(tcpPort));
            }
        }

        @Test
        @DisplayName("answers go back over the same connection, in order")
        void answersGoBack() throws IOException {
            try (Socket peer = connect()) {
                write(peer, OPTIONS);
                Flow flow = receiver.next().flow();
                assertThat(flow.send(bytes("SIP/2.0 100 Trying\r\n\r\n"))).isTrue();
                assertThat(flow.send(bytes("SIP/2.0 200 OK\r\n\r\n"))).isTrue();

                assertThat(read(peer, 38))
                        .isEqualTo("SIP/2.0 100 Trying\r\n\r\nSIP/2.0 200 OK\r\n");
            }
        }

        @Test
        @DisplayName("a ping is answered with a pong (RFC 5626 §3.5.1)")
        void answersPings() throws IOException {
            try (Socket peer = connect()) {
                write(peer, "\r\n\r\n");

                assertThat(read(peer, 2)).isEqualTo("\r\n");
            }
        }

        @Test
        @DisplayName("what nobody can cut ends the connection")
        void endsOnGarbage() throws IOException {
            try (Socket peer = connect()) {
                write(peer, OPTIONS);
                Flow flow = receiver.next().flow();
                write(peer, "X".repeat(70_000));

                assertThat(receiver.nextClosed()).isSameAs(flow);
                assertThat(flow.send(bytes("late"))).isFalse();
            }
        }

        @Test
        @DisplayName("the end of the connection ends the flow")
        void tellsOfTheEnd() throws IOException {
            Flow flow;
            try (Socket peer = connect()) {
                write(peer, OPTIONS);
                flow = receiver.next().flow();
            }

            assertThat(receiver.nextClosed()).isSameAs(flow);
        }

        @Test
        @DisplayName(
                "a source that opens more than 20 silent connections is turned away at the 21st")
        void limitsHalfOpenConnections() throws IOException {
            List<Socket> silent = new ArrayList<>();
            try {
                for (int i = 0; i < StreamFlows.HALF_OPEN_PER_SOURCE_MAX; i++) {
                    Socket peer = connect();
                    silent.add(peer);
                    write(peer, "\r\n\r\n");
                    assertThat(read(peer, 2)).isEqualTo("\r\n");
                }
                try (Socket oneMore = connect()) {
                    assertThat(oneMore.getInputStream().read()).isEqualTo(-1);
                }
                write(silent.getFirst(), OPTIONS);
                receiver.next();
                try (Socket again = connect()) {
                    write(again, OPTIONS);
                    assertThat(receiver.next().text()).isEqualTo(OPTIONS);
                }
            } finally {
                for (Socket socket : silent) {
                    socket.close();
                }
            }
        }

        @Test
        @DisplayName("a peer that reads nothing is told no instead of filling the heap")
        void boundsWhatWaits() throws IOException {
            try (Socket peer = connect()) {
                write(peer, OPTIONS);
                Flow flow = receiver.next().flow();
                byte[] message = new byte[60_000];
                int taken = 0;
                while (flow.send(message) && taken < 100_000) {
                    taken++;
                }

                assertThat(taken).isLessThan(100_000);
            }
        }
    }

    @Nested
    @DisplayName("to a trunk over TCP")
    class Outgoing {
        @Test
        @DisplayName("a connection is opened, takes messages at once, and is used again")
        void connectsAndReuses() throws IOException {
            try (ServerSocket trunk = new ServerSocket(0, 10, LOOPBACK)) {
                Flow flow = connect(trunk.getLocalPort());
                assertThat(flow.send(bytes(OPTIONS))).isTrue();
                assertThat(connect(trunk.getLocalPort())).isSameAs(flow);

                try (Socket accepted = trunk.accept()) {
                    assertThat(read(accepted, OPTIONS.length())).isEqualTo(OPTIONS);
                    write(accepted, OPTIONS);
                    assertThat(receiver.next().flow()).isSameAs(flow);
                }
                assertThat(receiver.nextClosed()).isSameAs(flow);
                assertThat(connect(trunk.getLocalPort())).isNotSameAs(flow);
            }
        }

        @Test
        @DisplayName("one that nobody accepts is reported closed")
        void reportsFailure() {
            Flow flow = connect(FreePorts.next());

            assertThat(receiver.nextClosed()).isSameAs(flow);
            assertThat(flow.send(bytes(OPTIONS))).isFalse();
        }

        @Test
        @DisplayName("there is none over a transport that has no listener")
        void needsAListener() {
            assertThat(listeners.connect(Transport.UDP, at(5060), "")).isEmpty();
            assertThat(listeners.connect(Transport.WS, at(5060), "")).isEmpty();
        }

        private Flow connect(int port) {
            return listeners.connect(Transport.TCP, at(port), "").orElseThrow();
        }
    }

    @Nested
    @DisplayName("over TLS")
    class Tls {
        @Test
        @DisplayName("a client that asks for our name is heard, with TLS 1.3 or 1.2")
        void hearsWhoKnowsOurName() throws Exception {
            for (String version : List.of("TLSv1.3", "TLSv1.2")) {
                try (SSLSocket peer = client(Optional.of(NAME), version)) {
                    peer.startHandshake();
                    write(peer, OPTIONS);
                    RecordingReceiver.Received received = receiver.next();
                    assertThat(received.flow().transport()).isEqualTo(Transport.TLS);
                    assertThat(received.flow().peerName()).isEmpty();
                    assertThat(peer.getSession().getCipherSuite()).containsAnyOf("GCM", "POLY1305");
                }
            }
        }

        @Test
        @DisplayName("a wrong name ends the handshake with unrecognized_name (RFC 6066 §3)")
        void refusesWrongNames() throws Exception {
            try (SSLSocket peer = client(Optional.of("scanner.example.net"), "TLSv1.3")) {
                assertThatThrownBy(peer::startHandshake)
                        .isInstanceOf(SSLHandshakeException.class)
                        .hasMessageContaining("unrecognized_name");
            }
        }

        @Test
        @DisplayName("no name at all ends it too, before a certificate was shown")
        void refusesNoName() throws Exception {
            for (String version : List.of("TLSv1.3", "TLSv1.2")) {
                try (SSLSocket peer = client(Optional.empty(), version)) {
                    assertThatThrownBy(peer::startHandshake)
                            .isInstanceOf(SSLHandshakeException.class)
                            .hasMessageContaining("handshake_failure");
                }
            }
        }

        @Test
        @DisplayName("a version older than 1.2 is not spoken")
        void refusesOldVersions() throws Exception {
            try (SSLSocket peer = client(Optional.of(NAME), "TLSv1.2")) {
                peer.setEnabledCipherSuites(new String[] {"TLS_RSA_WITH_AES_128_CBC_SHA256"});
                assertThatThrownBy(peer::startHandshake).isInstanceOf(IOException.class);
            }
        }

        @Test
        @DisplayName("a trunk's certificate must be for the name that is configured (RFC 5922)")
        void verifiesTrunks() {
            Flow right = listeners.connect(Transport.TLS, at(tlsPort), NAME).orElseThrow();
            assertThat(right.send(bytes(OPTIONS))).isTrue();
            RecordingReceiver.Received received = receiver.next();
            assertThat(received.flow().peerName()).contains(NAME);
            assertThat(right.peerName()).contains(NAME);

            Flow wrong =
                    listeners.connect(Transport.TLS, at(tlsPort), "other.example").orElseThrow();
            receiver.awaitClosed(wrong);
            assertThat(wrong.peerName()).isEmpty();
        }

        private SSLSocket client(Optional<String> name, String version) throws Exception {
            TrustManagerFactory trust =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(certificate.trust());
            // a new context each time: a resumed session would ask for the first one's name again
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket();
            socket.connect(at(tlsPort));
            socket.setSoTimeout(10_000);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setProtocols(new String[] {version});
            name.ifPresent(n -> parameters.setServerNames(List.of(new SNIHostName(n))));
            socket.setSSLParameters(parameters);
            return socket;
        }
    }

    @Test
    @DisplayName("a port that is taken names port and setting, and closes what was opened before")
    void namesTheTakenPort() throws IOException {
        int free = FreePorts.next();
        SipListeners second =
                new SipListeners(
                        new Configuration.Sip(
                                List.of(at(free)),
                                List.of(at(tcpPort)),
                                List.of(),
                                Optional.empty()),
                        Optional.empty(),
                        System::nanoTime);

        assertThatThrownBy(() -> second.open(receiver))
                .isInstanceOf(CannotListenException.class)
                .hasMessageContaining("port " + tcpPort)
                .hasMessageContaining("sip.tcp");
        SipUdpListener.open(at(free), "sip.udp", receiver).close();
    }

    private static SipTls tls(Optional<ServerName> name) {
        return new SipTls(
                TlsIdentity.read(certificate.certificate(), certificate.key()),
                Optional.of(certificate.trust()),
                name);
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(LOOPBACK, tcpPort);
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static InetSocketAddress at(int port) {
        return new InetSocketAddress(LOOPBACK, port);
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(bytes(text));
        socket.getOutputStream().flush();
    }

    private static String read(Socket socket, int length) throws IOException {
        InputStream in = socket.getInputStream();
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
