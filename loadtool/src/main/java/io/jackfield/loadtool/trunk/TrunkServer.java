package io.jackfield.loadtool.trunk;

import io.jackfield.protocol.sdp.Codec;
import io.jackfield.protocol.sip.Framing;
import io.jackfield.protocol.sip.Identifiers;
import io.jackfield.protocol.sip.ParseResult;
import io.jackfield.protocol.sip.SipMessage;
import io.jackfield.protocol.sip.SipParser;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * Listens for the PBX's calls on a UDP socket.
 *
 * <p>Thread-safety: any thread; the rules run on one of its own.
 */
public final class TrunkServer implements AutoCloseable {
    private static final Duration END_MAX = Duration.ofSeconds(5);
    private static final int DATAGRAM_BYTES_MAX = 65_536;
    private static final int SOCKET_BUFFER_BYTES = 1 << 20;
    private static final long NANOS_PER_MILLI = 1_000_000L;
    private static final long WAIT_MILLIS_MAX = 1_000;
    private static final System.Logger LOG = System.getLogger(TrunkServer.class.getName());

    private final DatagramChannel channel;
    private final Selector selector;
    private final TrunkSide side;
    private final ByteBuffer buffer = ByteBuffer.allocate(DATAGRAM_BYTES_MAX);
    private final Thread thread = new Thread(this::run, "load-trunk");
    private volatile boolean closed;
    private volatile long callsTaken;

    private TrunkServer(
            DatagramChannel channel,
            Selector selector,
            List<Codec> codecs,
            TrunkMedia.Source media,
            Identifiers ids)
            throws IOException {
        this.channel = channel;
        this.selector = selector;
        this.side =
                new TrunkSide(
                        (InetSocketAddress) channel.getLocalAddress(),
                        codecs,
                        media,
                        ids,
                        this::send);
    }

    /**
     * @param bind where the PBX's trunk points to
     * @param codecs by preference
     * @throws IOException when that address cannot be had
     */
    public static TrunkServer start(
            InetSocketAddress bind, List<Codec> codecs, TrunkMedia.Source media, Identifiers ids)
            throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER_BYTES);
            channel.bind(bind);
            channel.configureBlocking(false);
            Selector selector = Selector.open();
            channel.register(selector, SelectionKey.OP_READ);
            TrunkServer server = new TrunkServer(channel, selector, codecs, media, ids);
            server.thread.setDaemon(true);
            server.thread.start();
            return server;
        } catch (IOException failure) {
            channel.close();
            throw new IOException("trunk at " + bind + ": " + failure.getMessage(), failure);
        }
    }

    private void run() {
        while (!closed) {
            try {
                selector.select(_ -> {}, waitMillis());
                receiveAll();
                side.tick(System.nanoTime());
                callsTaken = side.callsTaken();
            } catch (IOException | RuntimeException fault) {
                LOG.log(System.Logger.Level.ERROR, "the load tool's trunk met a fault", fault);
            }
        }
    }

    private long waitMillis() {
        OptionalLong deadline = side.deadlineNanos();
        if (deadline.isEmpty()) {
            return WAIT_MILLIS_MAX;
        }
        long nanos = deadline.getAsLong() - System.nanoTime();
        return Math.clamp(nanos / NANOS_PER_MILLI + 1, 1, WAIT_MILLIS_MAX);
    }

    private void receiveAll() throws IOException {
        buffer.clear();
        InetSocketAddress from = (InetSocketAddress) channel.receive(buffer);
        while (from != null) {
            byte[] bytes = new byte[buffer.flip().remaining()];
            buffer.get(bytes);
            if (SipParser.parse(bytes, Framing.DATAGRAM) instanceof ParseResult.Parsed(var m)) {
                side.receive(m, from, System.nanoTime());
            }
            buffer.clear();
            from = (InetSocketAddress) channel.receive(buffer);
        }
    }

    private void send(SipMessage message, InetSocketAddress to) {
        try {
            int _ = channel.send(ByteBuffer.wrap(message.encode()), to);
        } catch (IOException lost) {
            LOG.log(System.Logger.Level.DEBUG, "a SIP message was not sent", lost);
        }
    }

    /** Calls that came, since the beginning. */
    public long callsTaken() {
        return callsTaken;
    }

    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            boolean _ = thread.join(END_MAX);
            selector.close();
            channel.close();
        } catch (InterruptedException shutdown) {
            Thread.currentThread().interrupt();
        } catch (IOException gone) {
            LOG.log(System.Logger.Level.DEBUG, "the trunk did not close", gone);
        }
    }
}
