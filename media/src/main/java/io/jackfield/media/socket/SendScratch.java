package io.jackfield.media.socket;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Where one loop lays packets and addresses for the kernel. Addresses that were written lately are
 * kept as the kernel wants them.
 *
 * <p>Thread: the media loop's.
 */
final class SendScratch {
    /** For a socket that no loop knows: it sends nothing. */
    static final SendScratch NONE = new SendScratch();

    /** More than the peers of a node; where two meet, the later one takes the place. */
    private static final int PLACES = 4_096;

    /** A whole number of words. */
    private static final int ADDRESS_BYTES = 32;

    private final MemorySegment packet;
    private final @Nullable InetSocketAddress[] written;
    private final MemorySegment[] addresses;
    private final MemorySegment room;

    SendScratch(Arena arena) {
        this.room = arena.allocate((long) PLACES * ADDRESS_BYTES, 8);
        this.packet = arena.allocate(UdpSocket.DATAGRAM_BYTES_MAX + UdpSocket.ROOM_BYTES, 8);
        this.written = new InetSocketAddress[PLACES];
        this.addresses = new MemorySegment[PLACES];
    }

    private SendScratch() {
        this.room = MemorySegment.NULL;
        this.packet = MemorySegment.NULL;
        this.written = new InetSocketAddress[0];
        this.addresses = new MemorySegment[0];
    }

    boolean send(int fd, ByteBuffer datagram, InetSocketAddress remote) {
        int length = datagram.remaining();
        InetAddress host = remote.getAddress();
        if (host == null || remote.getPort() == 0 || length > packet.byteSize()) {
            return false;
        }
        int offset = datagram.arrayOffset() + datagram.position();
        MemorySegment.copy(datagram.array(), offset, packet, JAVA_BYTE, 0, length);
        return Libc.sendTo(fd, packet, length, address(remote)) == length;
    }

    private MemorySegment address(InetSocketAddress remote) {
        int place = spread(remote.hashCode());
        if (!remote.equals(written[place])) {
            addresses[place] =
                    SocketAddresses.write(
                            remote, room.asSlice((long) place * ADDRESS_BYTES, ADDRESS_BYTES));
            written[place] = remote;
        }
        return addresses[place];
    }

    private static int spread(int hash) {
        int mixed = hash * 0x9E37_79B9;
        return (mixed >>> 16 ^ mixed) & PLACES - 1;
    }
}
