package io.jackfield.loadtool.net;

import java.nio.ByteBuffer;

/** Who takes a socket's packets. Thread: the poller's. */
@FunctionalInterface
public interface PacketUser {
    /**
     * A packet.
     *
     * @param packet array-backed, from position to limit, with room behind; lent
     * @param source where it came from
     * @param arrivedNanos when it was put into the socket, on the scale of {@link System#nanoTime}
     */
    void packet(ByteBuffer packet, PacketSource source, long arrivedNanos);
}
