package io.jackfield.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jackfield.call.edge.Transport;
import io.jackfield.server.RecordingReceiver;
import io.jackfield.server.tls.TestCertificate;
import io.jackfield.testkit.FreePorts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("HTTPS")
class HttpsTest {
    private static final String NAME = "pbx.example.com";
    private static final String HANDSHAKE =
            "GET /ws HTTP/1.1\r\nHost: pbx.example.com\r\nConnection: Upgrade\r\n"
                    + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
                    + "Sec-WebSocket-Protocol: sip\r\n\r\n";

    @TempDir private static Path folder;
    private static final RecordingReceiver RECEIVER = new RecordingReceiver();
    private static TestCertificate certificate;
    private static TestWeb web;

    @BeforeAll
    static void open() {
        certificate = TestCertificate.of(folder, NAME);
        web =
                TestWeb.open(
                        RECEIVER,
                        Map.of(
                                "JACKFIELD_DOMAIN", NAME,
                                "JACKFIELD_HTTPS_PORT", Integer.toString(FreePorts.next()),
                                "JACKFIELD_HTTPS_CERTIFICATE", certificate.certificate().toString(),
                                "JACKFIELD_HTTPS_KEY", certificate.key().toString()));
    }

    @AfterAll
    static void close() {
        web.close();
    }

    @Test
    @DisplayName("serves whoever asks for our name, in whatever case, and tells browsers to stay")
    void servesOurName() throws Exception {
        for (String name : List.of(NAME, "PBX.Example.COM")) {
            String answer =
                    exchange(Optional.of(name), "GET /health/live HTTP/1.1\r\nHost: " + name);
            assertThat(answer).startsWith("HTTP/1.1 200").contains("Strict-Transport-Security");
        }
    }

    @Test
    @DisplayName("carries SIP over secure WebSocket")
    void carriesSecureWebSocket() throws Exception {
        try (SSLSocket socket = client(Optional.of(NAME))) {
            socket.getOutputStream().write(HANDSHAKE.getBytes(StandardCharsets.UTF_8));
            assertThat(head(socket)).startsWith("HTTP/1.1 101");
            // one masked text frame of one letter; the mask is zero
            socket.getOutputStream().write(new byte[] {(byte) 0x81, (byte) 0x81, 0, 0, 0, 0, 'x'});

            RecordingReceiver.Received received = RECEIVER.next();
            assertThat(received.text()).isEqualTo("x");
            assertThat(received.flow().transport()).isEqualTo(Transport.WSS);
        }
    }

    @Test
    @DisplayName("ends the handshake with unrecognized_name for another name (RFC 6066 §3)")
    void refusesOtherNames() {
        for (String name : List.of("scanner.example.net", "example.com", "a." + NAME)) {
            assertThatThrownBy(() -> exchange(Optional.of(name), "GET / HTTP/1.1\r\nHost: a"))
                    .isInstanceOf(SSLHandshakeException.class)
                    .hasMessageContaining("unrecognized_name");
        }
    }

    @Test
    @DisplayName("ends the handshake for a client that asks for no name, before a byte of HTTP")
    void refusesNoName() {
        assertThatThrownBy(() -> exchange(Optional.empty(), "GET / HTTP/1.1\r\nHost: a"))
                .isInstanceOf(SSLHandshakeException.class);
    }

    private static String exchange(Optional<String> name, String request) throws Exception {
        try (SSLSocket socket = client(name)) {
            socket.startHandshake();
            socket.getOutputStream().write((request + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
            return head(socket);
        }
    }

    private static String head(SSLSocket socket) throws IOException {
        StringBuilder head = new StringBuilder();
        for (int b = socket.getInputStream().read();
                b >= 0 && !head.toString().endsWith("\r\n\r\n");
                b = socket.getInputStream().read()) {
            head.append((char) b);
            if (head.toString().endsWith("\r\n\r\n")) {
                break;
            }
        }
        return head.toString();
    }

    /** With a context of its own: a resumed session would ask for an earlier one's name. */
    private static SSLSocket client(Optional<String> name) throws Exception {
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(certificate.trust());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket();
        socket.connect(new InetSocketAddress("127.0.0.1", web.httpsPort()));
        socket.setSoTimeout(10_000);
        SSLParameters parameters = socket.getSSLParameters();
        name.ifPresent(n -> parameters.setServerNames(List.of(new SNIHostName(n))));
        socket.setSSLParameters(parameters);
        return socket;
    }
}
