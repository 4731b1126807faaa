package io.jackfield.media.socket;

import io.jackfield.media.MediaSocketUnavailable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * One bound UDP socket, never a wildcard one: its answers leave from the address that was asked.
 *
 * <p>Thread-safety: {@link #bind} and {@link #local} on any thread, the rest on the media loop.
 */
public abstract sealed class UdpSocket permits ChannelSocket, EpollSocket {
    /** Ethernet's payload; media datagrams are smaller, since nothing here wants fragments. */
    public static final int DATAGRAM_BYTES_MAX = 1_500;

    /** Behind a received packet, for the tag of the leg it is passed on to. */
    public static final int ROOM_BYTES = 64;

    /** DSCP EF, 46, in the upper six bits (RFC 8837: audio of high priority). */
    static final int TOS_EXPEDITED_FORWARDING = 46 << 2;

    private final InetSocketAddress local;
    private final int receiveBufferBytes;

    UdpSocket(InetSocketAddress local, int receiveBufferBytes) {
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
        return bind(address, bufferBytes, SocketKind.best());
    }

    static UdpSocket bind(InetSocketAddress address, int bufferBytes, SocketKind kind)
            throws MediaSocketUnavailable {
        try {
            return switch (kind) {
                case EPOLL -> EpollSocket.open(address, bufferBytes);
                case NIO -> ChannelSocket.open(address, bufferBytes);
            };
        } catch (IOException cause) {
            throw new MediaSocketUnavailable(address, cause);
        }
    }

    /** Where it is bound, with the true port. */
    public final InetSocketAddress local() {
        return local;
    }

    /** What the kernel gave. */
    public final int receiveBufferBytes() {
        return receiveBufferBytes;
    }

    /**
     * Sends position to limit, which stay as they are.
     *
     * @param datagram on the heap
     * @return false where the kernel had no room or no way
     */
    public abstract boolean send(ByteBuffer datagram, InetSocketAddress remote);

    /** Closes it; one that is registered is closed by {@link MediaLoop#close}. */
    public abstract void close();
}
