package io.jackfield.loadtool.net;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.jackfield.media.socket.Libc;
import io.jackfield.media.socket.SocketAddresses;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * What the kernel alone takes for a packet over the loopback: the least that any PBX on this
 * machine must pay. CPU time of the thread that measures, with nobody woken.
 *
 * @param sendNanos {@code sendto} of one packet, its way into the other socket included
 * @param receiveNanos of one packet, where {@code recvmmsg} takes several
 */
public record PacketCost(double sendNanos, double receiveNanos) {
    private static final int BURST = 64;
    private static final int SOCKET_BUFFER_BYTES = 1 << 20;
    private static final long MESSAGE_BYTES = 64;
    private static final long VECTOR_BYTES = 16;

    /**
     * Measures; blocks for as long as that takes.
     *
     * @param bytes of each packet
     * @throws IOException where this is no Linux that has all that is needed
     */
    public static PacketCost measure(int bytes, int bursts) throws IOException {
        int from = Libc.socket(Libc.AF_INET);
        int to = Libc.socket(Libc.AF_INET);
        try (Arena arena = Arena.ofConfined()) {
            Libc.option(to, Libc.SOL_SOCKET, Libc.SO_RCVBUF, SOCKET_BUFFER_BYTES);
            InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
            MemorySegment any = SocketAddresses.write(new InetSocketAddress(loopback, 0), arena);
            Libc.bind(from, any);
            Libc.bind(to, any);
            MemorySegment address = SocketAddresses.write(bound(to, arena), arena);
            return new Bursts(arena, from, to, address, bytes).measure(bursts);
        } finally {
            Libc.close(from);
            Libc.close(to);
        }
    }

    private static InetSocketAddress bound(int fd, Arena arena) throws IOException {
        MemorySegment address = arena.allocate(SocketAddresses.BYTES_MAX, 8);
        Libc.localAddress(fd, address);
        return SocketAddresses.read(address);
    }

    /** Some packets there, the same packets taken. */
    private static final class Bursts {
        private final int from;
        private final int to;
        private final MemorySegment address;
        private final MemorySegment packet;
        private final MemorySegment messages;
        private final MemorySegment clock;

        Bursts(Arena arena, int from, int to, MemorySegment address, int bytes) {
            this.from = from;
            this.to = to;
            this.address = address;
            this.packet = arena.allocate(bytes, 8);
            this.messages = arena.allocate(MESSAGE_BYTES * BURST, 8);
            this.clock = arena.allocate(16, 8);
            MemorySegment room = arena.allocate((long) bytes * BURST, 8);
            MemorySegment vectors = arena.allocate(VECTOR_BYTES * BURST, 8);
            for (int i = 0; i < BURST; i++) {
                vectors.set(ADDRESS, i * VECTOR_BYTES, room.asSlice((long) i * bytes, bytes));
                vectors.set(JAVA_LONG, i * VECTOR_BYTES + 8, bytes);
                messages.set(
                        ADDRESS,
                        i * MESSAGE_BYTES + 16,
                        vectors.asSlice(i * VECTOR_BYTES, VECTOR_BYTES));
                messages.set(JAVA_LONG, i * MESSAGE_BYTES + 24, 1);
            }
        }

        PacketCost measure(int bursts) throws IOException {
            long sending = 0;
            long receiving = 0;
            for (int i = 0; i < bursts; i++) {
                long beginNanos = Libc.threadCpuNanos(clock);
                for (int p = 0; p < BURST; p++) {
                    long _ = Libc.sendTo(from, packet, packet.byteSize(), address);
                }
                long sentNanos = Libc.threadCpuNanos(clock);
                int received = Libc.receive(to, messages, BURST);
                receiving += Libc.threadCpuNanos(clock) - sentNanos;
                sending += sentNanos - beginNanos;
                if (received != BURST) {
                    throw new IOException("of " + BURST + " packets " + received + " came");
                }
            }
            double packets = (double) bursts * BURST;
            return new PacketCost(sending / packets, receiving / packets);
        }
    }
}
