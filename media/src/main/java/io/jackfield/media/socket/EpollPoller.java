package io.jackfield.media.socket;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Waits with epoll, level-triggered, and receives with {@code recvmmsg}.
 *
 * <p>A socket is known by its place, not by its descriptor: the kernel gives a descriptor anew at
 * once. A late event for a place that was taken again finds another socket with nothing in it.
 */
final class EpollPoller implements Poller {
    private static final int EVENTS_MAX = 256;

    /** Linux packs this structure on x86 alone. */
    private static final boolean PACKED = System.getProperty("os.arch").equals("amd64");

    private static final long EVENT_BYTES = PACKED ? 12 : 16;
    private static final long EVENT_DATA = PACKED ? 4 : 8;
    private static final int WAKE = -1;

    /** A socket, and who takes what it receives. */
    private record Registration(EpollSocket socket, PacketHandler handler) {}

    private final Receiver receiver;
    private final int epoll;
    private final int wakeFd;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment events = arena.allocate(EVENT_BYTES * EVENTS_MAX, 8);
    private final MemorySegment event = arena.allocate(EVENT_BYTES, 8);
    private final MemorySegment wakeCount = arena.allocate(8, 8);
    private final ReceivedBatch batch = new ReceivedBatch(arena);
    private final SendScratch scratch = new SendScratch(arena);
    private final List<Registration> registrations = new ArrayList<>();
    private final Deque<Integer> closedPlaces = new ArrayDeque<>();
    private boolean closed;

    private EpollPoller(Receiver receiver, int epoll, int wakeFd) {
        this.receiver = receiver;
        this.epoll = epoll;
        this.wakeFd = wakeFd;
    }

    static EpollPoller open(Receiver receiver) throws IOException {
        int epoll = Libc.epoll();
        EpollPoller poller = new EpollPoller(receiver, epoll, Libc.eventFd());
        poller.watch(poller.wakeFd, WAKE);
        return poller;
    }

    private void watch(int fd, int place) throws IOException {
        event.set(JAVA_INT, 0, Libc.EPOLLIN);
        event.set(JAVA_INT_UNALIGNED, EVENT_DATA, place);
        Libc.watch(epoll, fd, event);
    }

    @Override
    public void register(UdpSocket socket, PacketHandler handler) throws IOException {
        if (!(socket instanceof EpollSocket ours)) {
            throw new IllegalArgumentException("a socket of another kind");
        }
        if (ours.isOpen()) {
            int place = place(new Registration(ours, handler));
            ours.registered(scratch, () -> closedPlaces.addLast(place));
            watch(ours.fd(), place);
        }
    }

    private int place(Registration registration) {
        if (closedPlaces.isEmpty()) {
            registrations.add(registration);
            return registrations.size() - 1;
        }
        int place = closedPlaces.removeFirst();
        registrations.set(place, registration);
        return place;
    }

    @Override
    public void poll(long waitMillis) {
        int ready = Libc.await(epoll, events, EVENTS_MAX, (int) Math.min(waitMillis, 60_000));
        for (int i = 0; i < ready; i++) {
            int place = events.get(JAVA_INT_UNALIGNED, i * EVENT_BYTES + EVENT_DATA);
            if (place == WAKE) {
                Libc.woken(wakeFd, wakeCount);
            } else {
                receive(registrations.get(place));
            }
        }
    }

    private void receive(Registration registration) {
        EpollSocket socket = registration.socket();
        int left = MediaLoop.PACKETS_PER_TURN;
        int count = ReceivedBatch.SIZE;
        while (left > 0 && count == ReceivedBatch.SIZE && socket.isOpen()) {
            count = batch.receive(socket.fd());
            left -= count;
            for (int i = 0; i < count; i++) {
                receiver.packet(registration.handler(), batch.packet(i), batch.source(i));
            }
        }
    }

    @Override
    public void wakeUp() {
        Libc.wake(wakeFd);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            Libc.close(wakeFd);
            Libc.close(epoll);
            arena.close();
        }
    }
}
