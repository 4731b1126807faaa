package io.jackfield.media.socket;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** Takes what a socket receives. Thread: the media loop's. */
@FunctionalInterface
public interface PacketHandler {
    /**
     * @param datagram from position to limit, lent until return, with {@link UdpSocket#ROOM_BYTES}
     *     of room behind
     */
    void packet(ByteBuffer datagram, InetSocketAddress from, long nowNanos);
}
