package io.jackfield.loadtool.net;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.jackfield.media.socket.Libc;
import io.jackfield.media.socket.SocketAddresses;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** Room for what one {@code recvmmsg} gives: packets, their sources, their times. One thread. */
final class ReceivedBatch {
    static final int SIZE = 8;

    /** Behind a packet, for a tag or a rewriting in place. */
    private static final int ROOM_BYTES = 64;

    private static final int PACKET_BYTES_MAX = 2_048;
    private static final long CONTROL_BYTES = 64;

    // struct mmsghdr, and the struct iovec it points to.
    private static final long MESSAGE_BYTES = 64;
    private static final long NAME = 0;
    private static final long NAME_LENGTH = 8;
    private static final long VECTORS = 16;
    private static final long VECTOR_COUNT = 24;
    private static final long CONTROL = 32;
    private static final long CONTROL_LENGTH = 40;
    private static final long RECEIVED_LENGTH = 56;
    private static final long VECTOR_BYTES = 16;

    // struct cmsghdr with a struct timespec.
    private static final long CONTROL_TYPE = 12;
    private static final long CONTROL_SECONDS = 16;
    private static final long CONTROL_NANOS = 24;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final MemorySegment messages;
    private final MemorySegment names;
    private final MemorySegment controls;
    private final MemorySegment packets;
    private final byte[] bytes = new byte[PACKET_BYTES_MAX + ROOM_BYTES];
    private final ByteBuffer packet = ByteBuffer.wrap(bytes);
    private final PacketSource source = this::sourceAtHand;
    private int atHand;
    private long wallClockAheadNanos;

    ReceivedBatch(Arena arena) {
        messages = arena.allocate(MESSAGE_BYTES * SIZE, 8);
        names = arena.allocate((long) SocketAddresses.BYTES_MAX * SIZE, 8);
        controls = arena.allocate(CONTROL_BYTES * SIZE, 8);
        packets = arena.allocate((long) PACKET_BYTES_MAX * SIZE, 8);
        MemorySegment vectors = arena.allocate(VECTOR_BYTES * SIZE, 8);
        for (int i = 0; i < SIZE; i++) {
            long vector = i * VECTOR_BYTES;
            vectors.set(ADDRESS, vector, slice(packets, i, PACKET_BYTES_MAX));
            vectors.set(JAVA_LONG, vector + 8, PACKET_BYTES_MAX);
            long at = i * MESSAGE_BYTES;
            messages.set(ADDRESS, at + NAME, slice(names, i, SocketAddresses.BYTES_MAX));
            messages.set(ADDRESS, at + VECTORS, vectors.asSlice(vector, VECTOR_BYTES));
            messages.set(JAVA_LONG, at + VECTOR_COUNT, 1);
            messages.set(ADDRESS, at + CONTROL, slice(controls, i, CONTROL_BYTES));
            reset(i);
        }
    }

    private static MemorySegment slice(MemorySegment of, int index, long size) {
        return of.asSlice(index * size, size);
    }

    /** The system shortens these to what it wrote. */
    private void reset(int index) {
        long at = index * MESSAGE_BYTES;
        messages.set(JAVA_INT, at + NAME_LENGTH, SocketAddresses.BYTES_MAX);
        messages.set(JAVA_LONG, at + CONTROL_LENGTH, CONTROL_BYTES);
    }

    void wallClockAhead(long nanos) {
        wallClockAheadNanos = nanos;
    }

    /** How many packets there are now, 0 to {@link #SIZE}. */
    int receive(int fd) {
        return Math.max(0, Libc.receive(fd, messages, SIZE));
    }

    /** Hands the packet of that place on. */
    void hand(int index, PacketUser user) {
        long at = index * MESSAGE_BYTES;
        int length = messages.get(JAVA_INT, at + RECEIVED_LENGTH);
        long arrivedNanos = arrived(index);
        reset(index);
        MemorySegment.copy(packets, JAVA_BYTE, (long) index * PACKET_BYTES_MAX, bytes, 0, length);
        atHand = index;
        user.packet(packet.clear().limit(length), source, arrivedNanos);
    }

    private long arrived(int index) {
        long control = index * CONTROL_BYTES;
        boolean stamped =
                messages.get(JAVA_LONG, index * MESSAGE_BYTES + CONTROL_LENGTH) > CONTROL_NANOS
                        && controls.get(JAVA_INT, control + CONTROL_TYPE) == Libc.SO_TIMESTAMPNS;
        if (!stamped) {
            return System.nanoTime();
        }
        return controls.get(JAVA_LONG, control + CONTROL_SECONDS) * NANOS_PER_SECOND
                + controls.get(JAVA_LONG, control + CONTROL_NANOS)
                - wallClockAheadNanos;
    }

    private InetSocketAddress sourceAtHand() {
        return SocketAddresses.read(slice(names, atHand, SocketAddresses.BYTES_MAX));
    }
}
