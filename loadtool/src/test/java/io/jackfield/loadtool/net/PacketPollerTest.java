package io.jackfield.loadtool.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** On the true kernel: over the loopback a packet is there when its sending has returned. */
@EnabledOnOs(OS.LINUX)
@DisplayName("Many sockets on one thread")
class PacketPollerTest {
    private final List<String> heard = new ArrayList<>();
    private PacketPoller poller;

    @BeforeEach
    void open() throws IOException {
        poller = PacketPoller.open();
    }

    @AfterEach
    void close() {
        poller.close();
    }

    private PacketSocket bind(String name, String address) throws IOException {
        return poller.bind(
                new InetSocketAddress(InetAddress.ofLiteral(address), 0),
                (packet, source, arrivedNanos) ->
                        heard.add(name + ": " + StandardCharsets.UTF_8.decode(packet)));
    }

    private static ByteBuffer text(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    @DisplayName("each gets what is sent to it, in order, more than one look takes")
    void each() throws IOException {
        PacketSocket a = bind("a", "127.0.0.1");
        PacketSocket b = bind("b", "127.0.0.1");
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 3 * ReceivedBatch.SIZE; i++) {
            assertThat(a.send(text("n" + i), b.local())).isTrue();
            expected.add("b: n" + i);
        }
        assertThat(b.send(text("back"), a.local())).isTrue();
        poller.poll();

        assertThat(heard).containsAll(expected).contains("a: back").hasSize(expected.size() + 1);
        assertThat(heard.stream().filter(expected::contains)).containsExactlyElementsOf(expected);
    }

    @Test
    @DisplayName("a connected one sends there, and hears nobody else")
    void connected() throws IOException {
        PacketSocket a = bind("a", "127.0.0.1");
        PacketSocket b = bind("b", "127.0.0.1");
        PacketSocket stranger = bind("stranger", "127.0.0.1");
        a.connect(b.local());
        assertThat(a.send(text("hello"))).isTrue();
        stranger.send(text("let me in"), a.local());
        b.send(text("come in"), a.local());
        poller.poll();

        assertThat(heard).containsExactlyInAnyOrder("b: hello", "a: come in");
    }

    @Test
    @DisplayName("a packet has its source and the moment at which it arrived")
    void sourceAndTime() throws IOException {
        List<InetSocketAddress> sources = new ArrayList<>();
        List<Long> arrivals = new ArrayList<>();
        PacketSocket a = bind("a", "127.0.0.1");
        PacketSocket b =
                poller.bind(
                        new InetSocketAddress("127.0.0.1", 0),
                        (packet, source, arrivedNanos) -> {
                            sources.add(source.address());
                            arrivals.add(arrivedNanos);
                        });
        long beforeNanos = System.nanoTime();
        a.send(text("x"), b.local());
        long sentNanos = System.nanoTime();
        poller.poll();

        assertThat(sources).containsExactly(a.local());
        // The wall clock may be set a little while the test runs; a late reader is not counted.
        long slack = 50_000_000L;
        assertThat(arrivals.getFirst()).isBetween(beforeNanos - slack, sentNanos + slack);
    }

    @Test
    @DisplayName("works with IPv6 just so")
    void six() throws IOException {
        assumeThat(Path.of("/proc/net/if_inet6"))
                .content()
                .contains("00000000000000000000000000000001");
        PacketSocket a = bind("a", "::1");
        PacketSocket b = bind("b", "::1");
        a.send(text("six"), b.local());
        poller.poll();

        assertThat(heard).containsExactly("b: six");
    }

    @Test
    @DisplayName("a closed one is silent, and its place goes to the next")
    void closed() throws IOException {
        PacketSocket a = bind("a", "127.0.0.1");
        PacketSocket b = bind("b", "127.0.0.1");
        InetSocketAddress was = b.local();
        b.close();
        b.close();
        assertThat(b.send(text("x"), a.local())).isFalse();
        a.send(text("gone"), was);
        PacketSocket c = bind("c", "127.0.0.1");
        PacketSocket d = bind("d", "127.0.0.1");
        a.send(text("hello"), c.local());
        a.send(text("hello"), d.local());
        poller.poll();

        assertThat(heard).containsExactlyInAnyOrder("c: hello", "d: hello");
    }

    @Test
    @DisplayName("an address that is not ours, or is taken, is refused in words")
    void refused() throws IOException {
        InetSocketAddress taken = bind("a", "127.0.0.1").local();

        assertThatIOException()
                .isThrownBy(() -> poller.bind(taken, (_, _, _) -> {}))
                .withMessageContaining("bind: ");
        assertThatIOException()
                .isThrownBy(
                        () -> poller.bind(new InetSocketAddress("192.0.2.99", 0), (_, _, _) -> {}))
                .withMessageContaining("bind: ");
    }

    @Test
    @DisplayName("a sleep ends at once where it was woken before")
    void woken() {
        poller.wake();
        long beginNanos = System.nanoTime();
        poller.sleep(60_000_000_000L);

        assertThat(System.nanoTime() - beginNanos).isLessThan(30_000_000_000L);
    }
}
