package io.jackfield.media.socket;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** A socket of {@link SocketKind#EPOLL}. */
final class EpollSocket extends UdpSocket {
    private final int fd;
    private SendScratch scratch = SendScratch.NONE;
    private Runnable whenClosed = () -> {};
    private boolean open = true;

    private EpollSocket(int fd, InetSocketAddress local, int receiveBufferBytes) {
        super(local, receiveBufferBytes);
        this.fd = fd;
    }

    static EpollSocket open(InetSocketAddress address, int bufferBytes) throws IOException {
        int fd = Libc.socket(SocketAddresses.family(address));
        try (Arena arena = Arena.ofConfined()) {
            Libc.option(fd, Libc.SOL_SOCKET, Libc.SO_RCVBUF, bufferBytes);
            Libc.option(fd, Libc.SOL_SOCKET, Libc.SO_SNDBUF, bufferBytes);
            if (address.getAddress() instanceof Inet6Address) {
                Libc.option(fd, Libc.IPPROTO_IPV6, Libc.IPV6_V6ONLY, 1);
                Libc.option(fd, Libc.IPPROTO_IPV6, Libc.IPV6_TCLASS, TOS_EXPEDITED_FORWARDING);
            } else {
                Libc.option(fd, Libc.IPPROTO_IP, Libc.IP_TOS, TOS_EXPEDITED_FORWARDING);
            }
            Libc.bind(fd, SocketAddresses.write(address, arena));
            MemorySegment bound = arena.allocate(SocketAddresses.BYTES_MAX, Integer.BYTES);
            Libc.localAddress(fd, bound);
            // The kernel counts its own overhead in, and says twice what it was asked for.
            int receiveBufferBytes = Libc.option(fd, Libc.SOL_SOCKET, Libc.SO_RCVBUF) / 2;
            return new EpollSocket(fd, SocketAddresses.read(bound), receiveBufferBytes);
        } catch (IOException failed) {
            Libc.close(fd);
            throw failed;
        }
    }

    /**
     * A loop knows it from now on.
     *
     * @param loops where its packets are laid for the kernel
     * @param closed runs when it is closed
     */
    void registered(SendScratch loops, Runnable closed) {
        scratch = loops;
        whenClosed = closed;
    }

    @Override
    public boolean send(ByteBuffer datagram, InetSocketAddress remote) {
        return open && scratch.send(fd, datagram, remote);
    }

    int fd() {
        return fd;
    }

    boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            Libc.close(fd);
            whenClosed.run();
        }
    }
}
