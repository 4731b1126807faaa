package io.jackfield.media.socket;

import io.jackfield.media.MediaSocketUnavailable;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/**
 * One bound UDP socket, never a wildcard one: its answers leave from the address that was asked.
 *
 * <p>Thread-safety: {@link #bind} on any thread, the rest on the media loop.
 */
public final class UdpSocket {
    /** Ethernet's payload; media datagrams are smaller, since nothing here wants fragments. */
    public static final int DATAGRAM_BYTES_MAX = 1_500;

    /** Behind a received packet, for the tag of the leg it is passed on to. */
    public static final int ROOM_BYTES = 64;

    /** DSCP EF, 46, in the upper six bits (RFC 8837: audio of high priority). */
    private static final int TOS_EXPEDITED_FORWARDING = 46 << 2;

    private final DatagramChannel channel;
    private final InetSocketAddress local;
    private final int receiveBufferBytes;

    private UdpSocket(DatagramChannel channel, InetSocketAddress local, int receiveBufferBytes) {
        this.channel = channel;
        this.local = local;
        this.receiveBufferBytes = receiveBufferBytes;
    }

    /**
     * Binds a socket.
     *
     * @param address with port 0 for any
     * @param bufferBytes asked of the kernel for each direction; it may give less
     */
    public static UdpSocket bind(InetSocketAddress address, int bufferBytes)
            throws MediaSocketUnavailable {
        try {
            return open(address, bufferBytes);
        } catch (IOException cause) {
            throw new MediaSocketUnavailable(address, cause);
        }
    }

    private static UdpSocket open(InetSocketAddress address, int bufferBytes) throws IOException {
        boolean six = address.getAddress() instanceof Inet6Address;
        DatagramChannel channel =
                DatagramChannel.open(
                        six ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET);
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.SO_RCVBUF, bufferBytes);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, bufferBytes);
            channel.setOption(StandardSocketOptions.IP_TOS, TOS_EXPEDITED_FORWARDING);
            channel.bind(address);
            return new UdpSocket(
                    channel,
                    (InetSocketAddress) channel.getLocalAddress(),
                    channel.getOption(StandardSocketOptions.SO_RCVBUF));
        } catch (IOException failed) {
            channel.close();
            throw failed;
        }
    }

    /** Where it is bound, with the true port. */
    public InetSocketAddress local() {
        return local;
    }

    /** What the kernel gave. */
    public int receiveBufferBytes() {
        return receiveBufferBytes;
    }

    /** Sends position to limit; false where the kernel had no room or no way. */
    public boolean send(ByteBuffer datagram, InetSocketAddress remote) {
        try {
            return channel.send(datagram, remote) > 0;
        } catch (IOException | IllegalArgumentException noWay) {
            return false;
        }
    }

    DatagramChannel channel() {
        return channel;
    }

    /** Closes it; one that is registered is closed by {@link MediaLoop#close}. */
    public void close() {
        try {
            channel.close();
        } catch (IOException nothingToDo) {
            // The descriptor is gone either way.
        }
    }
}
