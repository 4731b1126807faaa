package io.jackfield.server.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.call.edge.Flow;
import io.jackfield.call.edge.SipReceiver;
import io.jackfield.call.edge.Transport;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("one stream connection")
class StreamFlowTest {
    private static final InetSocketAddress SOMEWHERE =
            new InetSocketAddress(InetAddress.ofLiteral("192.0.2.9"), 5060);
    private static final String OPTIONS =
            "OPTIONS sip:600@pbx.example.com SIP/2.0\r\nContent-Length: 0\r\n\r\n";

    private final List<String> happened = new ArrayList<>();

    @Test
    @DisplayName("gives its place among the silent ones back before its first message is read")
    void greetsBeforeTheMessage() throws IOException {
        run("\r\n\r\n" + OPTIONS + OPTIONS);

        assertThat(happened)
                .containsExactly("no longer silent", "message", "message", "ended", "closed");
    }

    @Test
    @DisplayName("that only keeps itself alive holds its place to the end")
    void keepAlivesAreSilent() throws IOException {
        run("\r\n\r\n\r\n\r\n");

        assertThat(happened).containsExactly("ended", "closed");
    }

    private void run(String heard) throws IOException {
        StreamFlow.Origin origin =
                new StreamFlow.Origin("tcp-1", Transport.TCP, SOMEWHERE, SOMEWHERE, false);
        StreamFlow flow =
                new StreamFlow(
                        origin,
                        new Receiver(),
                        () -> 0,
                        () -> happened.add("no longer silent"),
                        () -> happened.add("ended"));
        flow.run(new CannedSocket(heard), Optional.empty());
    }

    private final class Receiver implements SipReceiver {
        @Override
        public void received(Flow flow, byte[] message) {
            happened.add("message");
        }

        @Override
        public void closed(Flow flow) {
            happened.add("closed");
        }
    }

    /** A peer that says what it has to say and goes. */
    private static final class CannedSocket extends Socket {
        private final InputStream in;

        CannedSocket(String heard) {
            in = new ByteArrayInputStream(heard.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public InputStream getInputStream() {
            return in;
        }

        @Override
        public OutputStream getOutputStream() {
            return new ByteArrayOutputStream();
        }
    }
}
