package io.jackfield.call.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.call.edge.Flow;
import io.jackfield.call.edge.Transport;
import io.jackfield.protocol.sip.SipMessage;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A way back that keeps what is sent. Thread-safety: any thread. */
public final class FakeFlow implements Flow {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final String id;
    private final Transport transport;
    private final InetSocketAddress remote;
    private final InetSocketAddress local;
    private final Optional<String> peerName;
    private final BlockingQueue<byte[]> sent = new LinkedBlockingQueue<>();
    private volatile boolean open = true;

    private FakeFlow(
            String id,
            Transport transport,
            InetSocketAddress remote,
            InetSocketAddress local,
            Optional<String> peerName) {
        this.id = id;
        this.transport = transport;
        this.remote = remote;
        this.local = local;
        this.peerName = peerName;
    }

    /** A browser's connection. */
    public static FakeFlow browser(String id) {
        return of(id, Transport.WSS, "198.51.100.7", 40000);
    }

    /** Another kind of peer, from that address; ours is 10.0.0.5:5060. */
    public static FakeFlow of(String id, Transport transport, String remote, int port) {
        return new FakeFlow(
                id, transport, address(remote, port), address("10.0.0.5", 5060), Optional.empty());
    }

    /** A peer that has shown a certificate of that name. */
    public static FakeFlow tls(String id, String remote, String peerName) {
        return new FakeFlow(
                id,
                Transport.TLS,
                address(remote, 41234),
                address("10.0.0.5", 5061),
                Optional.of(peerName));
    }

    private static InetSocketAddress address(String literal, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(literal), port);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Transport transport() {
        return transport;
    }

    @Override
    public InetSocketAddress remote() {
        return remote;
    }

    @Override
    public InetSocketAddress local() {
        return local;
    }

    @Override
    public Optional<String> peerName() {
        return peerName;
    }

    @Override
    public boolean send(byte[] message) {
        return open && sent.add(message);
    }

    @Override
    public void close() {
        open = false;
    }

    /** The next message to the peer; fails the test when none comes. */
    public SipMessage next() {
        return SipText.parse(nextBytes());
    }

    /** The next bytes to the peer; fails the test when none come. */
    public byte[] nextBytes() {
        try {
            byte[] bytes = sent.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            assertThat(bytes).as("a message to %s", id).isNotNull();
            return bytes == null ? new byte[0] : bytes;
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    /** Everything sent that nobody has looked at yet, without waiting. */
    public List<SipMessage> taken() {
        return takenBytes().stream().map(SipText::parse).toList();
    }

    /** The same as bytes. */
    public List<byte[]> takenBytes() {
        List<byte[]> all = new ArrayList<>();
        sent.drainTo(all);
        return all;
    }

    /** True when nothing more has been sent. */
    public boolean isQuiet() {
        return sent.isEmpty();
    }

    @Override
    public String toString() {
        return id;
    }
}
