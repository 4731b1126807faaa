package io.jackfield.media.socket;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * Room for what one {@code recvmmsg} gives: packets and their sources.
 *
 * <p>Thread: the media loop's.
 */
final class ReceivedBatch {
    static final int SIZE = 32;

    // struct mmsghdr, and the struct iovec it points to.
    private static final long MESSAGE_BYTES = 64;
    private static final long NAME = 0;
    private static final long NAME_LENGTH = 8;
    private static final long VECTORS = 16;
    private static final long VECTOR_COUNT = 24;
    private static final long RECEIVED_LENGTH = 56;
    private static final long VECTOR_BYTES = 16;

    /** A whole number of words. */
    private static final long NAME_BYTES = 32;

    private static final long PACKET_BYTES = 1_504;

    private final MemorySegment messages;
    private final MemorySegment names;
    private final MemorySegment packets;
    private final SourceCache sources = new SourceCache();
    private final byte[] bytes = new byte[UdpSocket.DATAGRAM_BYTES_MAX + UdpSocket.ROOM_BYTES];
    private final ByteBuffer packet = ByteBuffer.wrap(bytes);

    ReceivedBatch(Arena arena) {
        messages = arena.allocate(MESSAGE_BYTES * SIZE, 8);
        names = arena.allocate(NAME_BYTES * SIZE, 8);
        packets = arena.allocate(PACKET_BYTES * SIZE, 8);
        MemorySegment vectors = arena.allocate(VECTOR_BYTES * SIZE, 8);
        for (int i = 0; i < SIZE; i++) {
            long vector = i * VECTOR_BYTES;
            vectors.set(ADDRESS, vector, packets.asSlice(i * PACKET_BYTES, PACKET_BYTES));
            vectors.set(JAVA_LONG, vector + 8, UdpSocket.DATAGRAM_BYTES_MAX);
            long at = i * MESSAGE_BYTES;
            messages.set(ADDRESS, at + NAME, names.asSlice(i * NAME_BYTES, NAME_BYTES));
            messages.set(JAVA_INT, at + NAME_LENGTH, SocketAddresses.BYTES_MAX);
            messages.set(ADDRESS, at + VECTORS, vectors.asSlice(vector, VECTOR_BYTES));
            messages.set(JAVA_LONG, at + VECTOR_COUNT, 1);
        }
    }

    /** How many packets there are now, 0 to {@link #SIZE}. */
    int receive(int fd) {
        return Math.max(0, Libc.receive(fd, messages, SIZE));
    }

    /** The packet of that place; gone with the next. */
    ByteBuffer packet(int index) {
        int length = messages.get(JAVA_INT, index * MESSAGE_BYTES + RECEIVED_LENGTH);
        MemorySegment.copy(packets, JAVA_BYTE, index * PACKET_BYTES, bytes, 0, length);
        return packet.clear().limit(length);
    }

    /** Where it came from; to be asked once for each. */
    InetSocketAddress source(int index) {
        // The system shortens this to what it wrote.
        messages.set(JAVA_INT, index * MESSAGE_BYTES + NAME_LENGTH, SocketAddresses.BYTES_MAX);
        return sources.read(names, index * NAME_BYTES);
    }
}
