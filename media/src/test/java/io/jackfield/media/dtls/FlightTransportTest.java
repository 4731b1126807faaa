package io.jackfield.media.dtls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Bouncy Castle's view of the network")
class FlightTransportTest {
    private static final byte[] HALF_HELLO = {22, 1};
    private static final byte[] HELLO = {22, 2, 3, 0, 1};
    private static final int SOON = 1;

    private final List<ByteBuffer> sent = new ArrayList<>();
    private final FlightTransport transport = new FlightTransport(sent::add);
    private final byte[] buffer = new byte[FlightTransport.RECEIVE_BYTES_MAX];

    private int receive() throws IOException {
        return transport.receive(buffer, 0, buffer.length, SOON);
    }

    private void offer(byte[] datagram) {
        assertThat(transport.offer(ByteBuffer.wrap(datagram))).isTrue();
    }

    @BeforeEach
    void release() {
        transport.release();
    }

    @Test
    @DisplayName("sends nothing before there is a path, and what waited then")
    void held() throws Exception {
        FlightTransport unreleased = new FlightTransport(sent::add);
        unreleased.send(HELLO, 0, HELLO.length);
        Thread listening =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                int _ = unreleased.receive(buffer, 0, buffer.length, SOON);
                            } catch (IOException ended) {
                                throw new UncheckedIOException(ended);
                            }
                        });
        while (listening.isAlive() && listening.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        assertThat(sent).isEmpty();
        unreleased.release();
        listening.join();
        assertThat(sent).containsExactly(ByteBuffer.wrap(HELLO));
    }

    @Test
    @DisplayName("ends before there is a path without having sent anything")
    void stoppedWhileHeld() {
        FlightTransport unreleased = new FlightTransport(sent::add);
        unreleased.send(HELLO, 0, HELLO.length);
        unreleased.stop();
        assertThatThrownBy(() -> unreleased.receive(buffer, 0, buffer.length, SOON))
                .isInstanceOf(InterruptedIOException.class);
        assertThat(sent).isEmpty();
    }

    @Test
    @DisplayName("does what can wait when the flight has left and nothing is there to be read")
    void idleWork() throws IOException {
        List<Integer> sentBefore = new ArrayList<>();
        transport.whileWaiting(() -> sentBefore.add(sent.size()));
        transport.send(HELLO, 0, HELLO.length);
        offer(HELLO);
        assertThat(receive()).isEqualTo(HELLO.length);
        assertThat(sentBefore).isEmpty();

        transport.send(HELLO, 0, HELLO.length);
        assertThat(receive()).isEqualTo(-1);
        assertThat(sentBefore).containsExactly(2);
    }

    @Test
    @DisplayName("forgets at a restart what came before it, and only that")
    void restart() throws IOException {
        offer(HALF_HELLO);
        transport.restart();
        offer(HELLO);
        assertThatThrownBy(this::receive).isInstanceOf(InterruptedIOException.class);
        transport.discard();
        assertThat(receive()).isEqualTo(HELLO.length);
        assertThat(buffer).startsWith(HELLO);
        assertThat(receive()).isEqualTo(-1);
    }

    @Test
    @DisplayName("gives the new hello to the new handshake, wherever the old one was just then")
    void restartWhileHandling() throws IOException {
        offer(HALF_HELLO);
        assertThat(receive()).isEqualTo(HALF_HELLO.length);
        transport.restart();
        offer(HELLO);
        assertThatThrownBy(this::receive).isInstanceOf(InterruptedIOException.class);
        transport.discard();
        assertThat(receive()).isEqualTo(HELLO.length);
    }

    @Test
    @DisplayName("does not begin anew once a flight has left")
    void noRestartAfterFlight() throws IOException {
        offer(HELLO);
        assertThat(receive()).isEqualTo(HELLO.length);
        transport.restart();
        transport.send(new byte[] {22, 0, 0, 0, 1}, 0, 5);
        assertThat(receive()).isEqualTo(-1);
        assertThat(sent).hasSize(1);
    }

    @Test
    @DisplayName("gives up for good when it is stopped, though the queue is full")
    void stop() {
        while (transport.offer(ByteBuffer.wrap(HELLO))) {
            // To the bound.
        }
        transport.stop();
        assertThatThrownBy(this::receive).isInstanceOf(InterruptedIOException.class);
        transport.discard();
        assertThatThrownBy(this::receive).isInstanceOf(InterruptedIOException.class);
    }
}
