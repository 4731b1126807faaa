package io.jackfield.media.socket;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * Waits for packets on many sockets of one {@link SocketKind}.
 *
 * <p>Thread: the media loop's, but for {@link #wakeUp}.
 */
sealed interface Poller permits ChannelPoller, EpollPoller {
    /** Takes each packet that came. */
    interface Receiver {
        /**
         * @param datagram from position to limit, lent until return, with {@link
         *     UdpSocket#ROOM_BYTES} of room behind
         */
        void packet(PacketHandler handler, ByteBuffer datagram, InetSocketAddress from);
    }

    static Poller open(SocketKind kind, Receiver receiver) throws IOException {
        return switch (kind) {
            case EPOLL -> EpollPoller.open(receiver);
            case NIO -> new ChannelPoller(receiver);
        };
    }

    /** From now on what the socket receives is for this handler, until it is closed. */
    void register(UdpSocket socket, PacketHandler handler) throws IOException;

    /**
     * Waits for packets or {@link #wakeUp}, and hands on what came.
     *
     * @param waitMillis at most; 0 only looks
     */
    void poll(long waitMillis) throws IOException;

    /** Ends the waiting; any thread. */
    void wakeUp();

    /** Ends the poller; its sockets are closed by whoever opened them. */
    void close() throws IOException;
}
