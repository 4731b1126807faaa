package io.jackfield.loadtool.net;

import io.jackfield.media.socket.Libc;
import io.jackfield.media.socket.SocketAddresses;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * One UDP socket of a {@link PacketPoller}.
 *
 * <p>Thread: the poller's, but for {@link #local}.
 */
public final class PacketSocket {
    private final PacketPoller poller;
    private final int fd;
    private final InetSocketAddress local;
    private final PacketUser user;
    private boolean open = true;

    PacketSocket(PacketPoller poller, int fd, InetSocketAddress local, PacketUser user) {
        this.poller = poller;
        this.fd = fd;
        this.local = local;
        this.user = user;
    }

    /** Where it is bound, with the true port. */
    public InetSocketAddress local() {
        return local;
    }

    /**
     * From now on packets come from there alone, and {@link #send} goes there: the kernel looks up
     * the way once.
     */
    public void connect(InetSocketAddress remote) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            Libc.connect(fd, SocketAddresses.write(remote, arena));
        }
    }

    /**
     * Sends to where it is connected.
     *
     * @param packet array-backed, from position to limit; stays as it is
     * @return false where the kernel had no room or no way
     */
    public boolean send(ByteBuffer packet) {
        return open && poller.send(fd, packet);
    }

    /** Sends to an address; for the few packets before it is connected. */
    public boolean send(ByteBuffer packet, InetSocketAddress remote) {
        return open && poller.send(fd, packet, remote);
    }

    int fd() {
        return fd;
    }

    PacketUser user() {
        return user;
    }

    boolean isOpen() {
        return open;
    }

    public void close() {
        if (open) {
            open = false;
            poller.closed(this);
        }
    }
}
