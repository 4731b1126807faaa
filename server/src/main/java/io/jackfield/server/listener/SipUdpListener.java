package io.jackfield.server.listener;

import io.jackfield.call.edge.Flow;
import io.jackfield.call.edge.SipReceiver;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * One UDP socket for SIP, bound to one address.
 *
 * <p>Thread-safety: any thread may send and close; receiving happens on the listener's own platform
 * thread.
 */
public final class SipUdpListener implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(SipUdpListener.class.getName());

    /** The largest UDP payload there is. */
    private static final int DATAGRAM_MAX = 65_535;

    /** Room for a burst of some hundred INVITEs while the reader is held up. */
    private static final int SOCKET_BUFFER_BYTES = 4 << 20;

    private final DatagramChannel channel;
    private final Selector selector;
    private final InetSocketAddress local;
    private final SipReceiver receiver;
    private final AtomicLong unsent = new AtomicLong();
    private volatile Predicate<Flow> trunks = _ -> false;
    private final Thread thread;

    private SipUdpListener(DatagramChannel channel, Selector selector, SipReceiver receiver)
            throws IOException {
        this.channel = channel;
        this.selector = selector;
        this.local = (InetSocketAddress) channel.getLocalAddress();
        this.receiver = receiver;
        this.thread = Thread.ofPlatform().name("sip-udp-" + local.getPort()).unstarted(this::run);
    }

    /**
     * Binds and begins to receive.
     *
     * @param setting the configuration key that holds the address, for the message when it is taken
     * @throws CannotListenException when the address cannot be bound
     */
    public static SipUdpListener open(
            InetSocketAddress address, String setting, SipReceiver receiver) {
        try {
            DatagramChannel channel = bind(address);
            Selector selector = Selector.open();
            channel.register(selector, SelectionKey.OP_READ);
            SipUdpListener listener = new SipUdpListener(channel, selector, receiver);
            listener.thread.start();
            return listener;
        } catch (IOException refused) {
            throw new CannotListenException("SIP over UDP", address, setting, refused);
        }
    }

    private static DatagramChannel bind(InetSocketAddress address) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER_BYTES);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BUFFER_BYTES);
            channel.bind(address);
            channel.configureBlocking(false);
            return channel;
        } catch (IOException refused) {
            channel.close();
            throw refused;
        }
    }

    public InetSocketAddress local() {
        return local;
    }

    /** Datagrams that the kernel did not take since the start. */
    public long unsent() {
        return unsent.get();
    }

    /** The flow to that address. */
    public UdpFlow flow(InetSocketAddress remote) {
        return new UdpFlow(this, remote);
    }

    /** Says which flows are those of trunks. */
    void trunks(Predicate<Flow> are) {
        trunks = are;
    }

    boolean isTrunk(UdpFlow flow) {
        return trunks.test(flow);
    }

    /** False when the datagram was not taken: socket closed, buffer full, no route, too long. */
    boolean send(byte[] message, InetSocketAddress remote) {
        try {
            if (channel.send(ByteBuffer.wrap(message), remote) == message.length) {
                return true;
            }
        } catch (IOException | IllegalArgumentException unreachable) {
            LOG.log(Level.DEBUG, "udp send failed to={0} reason={1}", remote, unreachable);
        }
        unsent.incrementAndGet();
        return false;
    }

    private void run() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(DATAGRAM_MAX);
        while (channel.isOpen()) {
            try {
                selector.select();
                selector.selectedKeys().clear();
                receiveAll(buffer);
            } catch (ClosedChannelException | java.nio.channels.ClosedSelectorException closed) {
                return;
            } catch (IOException broken) {
                // an ICMP error of an earlier send; the socket itself is well
                LOG.log(Level.DEBUG, "udp receive failed reason={0}", broken.toString());
            }
        }
    }

    private void receiveAll(ByteBuffer buffer) throws IOException {
        while (true) {
            buffer.clear();
            InetSocketAddress remote = (InetSocketAddress) channel.receive(buffer);
            if (remote == null) {
                return;
            }
            buffer.flip();
            if (buffer.hasRemaining() && remote.getPort() != 0) {
                byte[] message = new byte[buffer.remaining()];
                buffer.get(message);
                receiver.received(new UdpFlow(this, remote), message);
            }
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
            selector.close();
            thread.join(java.time.Duration.ofSeconds(1));
        } catch (IOException broken) {
            LOG.log(Level.DEBUG, "udp close failed reason={0}", broken.toString());
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
