package io.jackfield.loadtool.net;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.jackfield.media.socket.Libc;
import io.jackfield.media.socket.SocketAddresses;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes packets from many UDP sockets and hands them on with the time at which the kernel had them,
 * so that a poller that comes late itself does not count as the network's delay.
 *
 * <p>For the same reason nobody is woken by a packet: whoever polls sleeps for as long as it has
 * nothing to send, and then takes all that came meanwhile. To be woken for each would cost both us
 * and the sender, which on one machine is the server that is measured.
 *
 * <p>Edge-triggered: each arrival costs its share of one {@code epoll_pwait2} and one {@code
 * recvmmsg}, which takes what is there. Nothing is allocated per packet.
 *
 * <p>Thread: one, but for {@link #wake}.
 */
public final class PacketPoller implements AutoCloseable {
    private static final int SOCKET_BUFFER_BYTES = 1 << 18;
    private static final int SEND_BYTES_MAX = 2_048;
    private static final int EVENTS_MAX = 512;

    /** Linux packs this structure on x86 alone. */
    private static final boolean PACKED = System.getProperty("os.arch").equals("amd64");

    private static final long EVENT_BYTES = PACKED ? 12 : 16;
    private static final long EVENT_DATA_OFFSET = PACKED ? 4 : 8;
    private static final int CLOCK_TRIES_MAX = 10;
    private static final long CLOCK_NANOS_MAX = 2_000;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final Arena arena = Arena.ofShared();
    private final int epoll;
    private final int sleepEpoll;
    private final int wakeFd;
    private final MemorySegment events = arena.allocate(EVENT_BYTES * EVENTS_MAX, 8);
    private final MemorySegment timeout = arena.allocate(16, 8);
    private final MemorySegment clock = arena.allocate(16, 8);
    private final MemorySegment wakeCount = arena.allocate(8, 8);
    private final MemorySegment sendBytes = arena.allocate(SEND_BYTES_MAX, 8);
    private final ReceivedBatch batch = new ReceivedBatch(arena);
    private final List<PacketSocket> sockets = new ArrayList<>();
    private final List<Integer> freePlaces = new ArrayList<>();
    private long sendFailures;

    private PacketPoller(int epoll, int sleepEpoll, int wakeFd) {
        this.epoll = epoll;
        this.sleepEpoll = sleepEpoll;
        this.wakeFd = wakeFd;
    }

    /**
     * @throws IOException in words, also where this is no Linux that has all that is needed
     */
    public static PacketPoller open() throws IOException {
        try {
            int wakeFd = Libc.eventFd();
            PacketPoller poller = new PacketPoller(Libc.epoll(), Libc.epoll(), wakeFd);
            poller.watch(poller.sleepEpoll, wakeFd, 0, Libc.EPOLLIN);
            return poller;
        } catch (ExceptionInInitializerError | NoClassDefFoundError notHere) {
            throw new IOException(
                    "needs Linux 5.11 or later with glibc 2.35 or later on a 64-bit machine",
                    notHere);
        }
    }

    private void watch(int by, int fd, int data, int flags) throws IOException {
        MemorySegment event = arena.allocate(EVENT_BYTES, 8);
        event.set(JAVA_INT, 0, flags);
        event.set(JAVA_INT_UNALIGNED, EVENT_DATA_OFFSET, data);
        Libc.watch(by, fd, event);
    }

    /** To be called on the thread that sleeps, once. */
    public void begin() {
        Libc.preciseTimers();
    }

    /**
     * Opens a socket.
     *
     * @param bind port 0 for any
     */
    public PacketSocket bind(InetSocketAddress bind, PacketUser user) throws IOException {
        int fd = Libc.socket(SocketAddresses.family(bind));
        try {
            Libc.option(fd, Libc.SOL_SOCKET, Libc.SO_RCVBUF, SOCKET_BUFFER_BYTES);
            Libc.option(fd, Libc.SOL_SOCKET, Libc.SO_SNDBUF, SOCKET_BUFFER_BYTES);
            Libc.option(fd, Libc.SOL_SOCKET, Libc.SO_TIMESTAMPNS, 1);
            PacketSocket socket = new PacketSocket(this, fd, bound(fd, bind), user);
            watch(epoll, fd, place(socket), Libc.EPOLLIN | Libc.EPOLLET);
            return socket;
        } catch (IOException failure) {
            Libc.close(fd);
            throw failure;
        }
    }

    private static InetSocketAddress bound(int fd, InetSocketAddress bind) throws IOException {
        try (Arena local = Arena.ofConfined()) {
            Libc.bind(fd, SocketAddresses.write(bind, local));
            MemorySegment address = local.allocate(SocketAddresses.BYTES_MAX, 8);
            Libc.localAddress(fd, address);
            return SocketAddresses.read(address);
        }
    }

    private int place(PacketSocket socket) {
        if (freePlaces.isEmpty()) {
            sockets.add(socket);
            return sockets.size() - 1;
        }
        int place = freePlaces.removeLast();
        sockets.set(place, socket);
        return place;
    }

    /**
     * Its place is taken again; a late event for it then finds another socket, and nothing in it.
     */
    void closed(PacketSocket socket) {
        Libc.close(socket.fd());
        freePlaces.add(sockets.indexOf(socket));
    }

    /**
     * Sleeps until {@link #wake}, also one that came before.
     *
     * @param nanos at most; not above 0 does not sleep
     */
    public void sleep(long nanos) {
        if (nanos > 0 && await(sleepEpoll, nanos) > 0) {
            Libc.woken(wakeFd, wakeCount);
        }
    }

    private int await(int which, long nanos) {
        timeout.set(JAVA_LONG, 0, nanos / NANOS_PER_SECOND);
        timeout.set(JAVA_LONG, 8, nanos % NANOS_PER_SECOND);
        return Libc.awaitPrecisely(which, events, EVENTS_MAX, timeout);
    }

    /** Hands on what has come. */
    public void poll() {
        int ready = await(epoll, 0);
        if (ready > 0) {
            batch.wallClockAhead(wallClockAheadNanos());
        }
        for (int i = 0; i < ready; i++) {
            int place = events.get(JAVA_INT_UNALIGNED, i * EVENT_BYTES + EVENT_DATA_OFFSET);
            receive(sockets.get(place));
        }
    }

    /** By how much the wall clock is ahead of {@link System#nanoTime}. */
    private long wallClockAheadNanos() {
        long best = 0;
        long spent = Long.MAX_VALUE;
        // Whoever is interrupted between the two clocks would take that for the network's delay.
        for (int i = 0; i < CLOCK_TRIES_MAX && spent > CLOCK_NANOS_MAX; i++) {
            long beforeNanos = System.nanoTime();
            long wallNanos = Libc.wallClockNanos(clock);
            long tookNanos = System.nanoTime() - beforeNanos;
            if (tookNanos < spent) {
                spent = tookNanos;
                best = wallNanos - beforeNanos - tookNanos / 2;
            }
        }
        return best;
    }

    private void receive(PacketSocket socket) {
        int count = ReceivedBatch.SIZE;
        while (count == ReceivedBatch.SIZE && socket.isOpen()) {
            count = batch.receive(socket.fd());
            for (int i = 0; i < count && socket.isOpen(); i++) {
                batch.hand(i, socket.user());
            }
        }
    }

    boolean send(int fd, ByteBuffer packet) {
        int length = copied(packet);
        return sent(Libc.send(fd, sendBytes, length), length);
    }

    boolean send(int fd, ByteBuffer packet, InetSocketAddress remote) {
        int length = copied(packet);
        try (Arena local = Arena.ofConfined()) {
            MemorySegment address = SocketAddresses.write(remote, local);
            return sent(Libc.sendTo(fd, sendBytes, length, address), length);
        }
    }

    private int copied(ByteBuffer packet) {
        int length = packet.remaining();
        int offset = packet.arrayOffset() + packet.position();
        MemorySegment.copy(packet.array(), offset, sendBytes, JAVA_BYTE, 0, length);
        return length;
    }

    private boolean sent(long result, int length) {
        boolean sent = result == length;
        if (!sent) {
            sendFailures++;
        }
        return sent;
    }

    /** Packets that the kernel did not take. */
    public long sendFailures() {
        return sendFailures;
    }

    /** Ends the sleep of the other thread. */
    public void wake() {
        Libc.wake(wakeFd);
    }

    /** Closes all sockets; when nobody polls any more. */
    @Override
    public void close() {
        List.copyOf(sockets).forEach(PacketSocket::close);
        Libc.close(wakeFd);
        Libc.close(epoll);
        Libc.close(sleepEpoll);
        arena.close();
    }
}
