package io.jackfield.media.socket;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * The system calls that are used here, with Linux's numbers.
 *
 * <p>Those that set things up throw with the system's words; those for each packet give what the
 * call gives. Thread-safety: any thread.
 */
@SuppressWarnings("restricted") // Linking is what this class is for.
public final class Libc {
    public static final int AF_INET = 2;
    public static final int AF_INET6 = 10;
    public static final int MSG_DONTWAIT = 0x40;
    public static final int SOL_SOCKET = 1;
    public static final int IPPROTO_IP = 0;
    public static final int IP_TOS = 1;
    public static final int IPPROTO_IPV6 = 41;
    public static final int IPV6_TCLASS = 67;
    public static final int IPV6_V6ONLY = 26;
    public static final int SO_SNDBUF = 7;
    public static final int SO_RCVBUF = 8;

    /** The time of arrival with each packet, as a {@code timespec} of the wall clock. */
    public static final int SO_TIMESTAMPNS = 35;

    private static final int EPOLL_CTL_ADD = 1;
    public static final int EPOLLIN = 1;
    public static final int EPOLLET = 1 << 31;
    private static final int CLOCK_REALTIME = 0;
    private static final int CLOCK_THREAD_CPUTIME_ID = 3;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_NONBLOCK = 0x800;
    private static final int SOCK_CLOEXEC = 0x8_0000;
    private static final int PR_SET_TIMERSLACK = 29;
    private static final long ERRNO_TEXT_MAX = 256;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
    private static final VarHandle ERRNO_VALUE =
            Linker.Option.captureStateLayout()
                    .varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private static final MethodHandle SOCKET = setUp("socket", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle BIND = setUp("bind", JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle CONNECT = setUp("connect", JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle GETSOCKNAME =
            setUp("getsockname", JAVA_INT, ADDRESS, ADDRESS);
    private static final MethodHandle SETSOCKOPT =
            setUp("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle GETSOCKOPT =
            setUp("getsockopt", JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS);
    private static final MethodHandle EPOLL_CREATE = setUp("epoll_create1", JAVA_INT);
    private static final MethodHandle EPOLL_CTL =
            setUp("epoll_ctl", JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS);
    private static final MethodHandle EVENTFD = setUp("eventfd", JAVA_INT, JAVA_INT);
    private static final MethodHandle STRERROR =
            link("strerror", FunctionDescriptor.of(ADDRESS, JAVA_INT));
    private static final MethodHandle CLOSE = perPacket("close", JAVA_INT, JAVA_INT);
    private static final MethodHandle EVENTFD_WRITE =
            perPacket("eventfd_write", JAVA_INT, JAVA_INT, JAVA_LONG);
    private static final MethodHandle EVENTFD_READ =
            perPacket("eventfd_read", JAVA_INT, JAVA_INT, ADDRESS);
    private static final MethodHandle EPOLL_WAIT =
            perPacket("epoll_wait", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
    private static final MethodHandle RECVMMSG =
            perPacket("recvmmsg", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS);
    private static final MethodHandle SEND =
            perPacket("send", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle SENDTO =
            perPacket(
                    "sendto", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle CLOCK_GETTIME =
            perPacket("clock_gettime", JAVA_INT, JAVA_INT, ADDRESS);
    private static final MethodHandle PRCTL =
            link(
                    "prctl",
                    FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG),
                    Linker.Option.firstVariadicArg(1));

    private Libc() {}

    private static MethodHandle setUp(String name, MemoryLayout... arguments) {
        return link(name, FunctionDescriptor.of(JAVA_INT, arguments), ERRNO);
    }

    private static MethodHandle perPacket(
            String name, MemoryLayout result, MemoryLayout... arguments) {
        return link(name, FunctionDescriptor.of(result, arguments));
    }

    private static MethodHandle link(
            String name, FunctionDescriptor type, Linker.Option... options) {
        SymbolLookup libc = LINKER.defaultLookup();
        return LINKER.downcallHandle(libc.findOrThrow(name), type, options);
    }

    // Setting up.

    /** A UDP socket that never blocks. */
    public static int socket(int family) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = arena.allocate(Linker.Option.captureStateLayout());
            int type = SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC;
            return checked((int) SOCKET.invokeExact(errno, family, type, 0), "socket", errno);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    public static void bind(int fd, MemorySegment address) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = arena.allocate(Linker.Option.captureStateLayout());
            int length = (int) address.byteSize();
            int _ = checked((int) BIND.invokeExact(errno, fd, address, length), "bind", errno);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    public static void connect(int fd, MemorySegment address) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = arena.allocate(Linker.Option.captureStateLayout());
            int length = (int) address.byteSize();
            int result = (int) CONNECT.invokeExact(errno, fd, address, length);
            int _ = checked(result, "connect", errno);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /**
     * @param address room for what the system says
     */
    public static void localAddress(int fd, MemorySegment address) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = arena.allocate(Linker.Option.captureStateLayout());
            MemorySegment length = arena.allocateFrom(JAVA_INT, (int) address.byteSize());
            int result = (int) GETSOCKNAME.invokeExact(errno, fd, address, length);
            int _ = checked(result, "getsockname", errno);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /**
     * @param level {@link #SOL_SOCKET}, {@link #IPPROTO_IP} or {@link #IPPROTO_IPV6}
     */
    public static void option(int fd, int level, int name, int value) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = arena.allocate(Linker.Option.captureStateLayout());
            MemorySegment number = arena.allocateFrom(JAVA_INT, value);
            int result =
                    (int) SETSOCKOPT.invokeExact(errno, fd, level, name, number, Integer.BYTES);
            int _ = checked(result, "setsockopt", errno);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** The value of an option of the same levels. */
    public static int option(int fd, int level, int name) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = arena.allocate(Linker.Option.captureStateLayout());
            MemorySegment number = arena.allocate(JAVA_INT);
            MemorySegment length = arena.allocateFrom(JAVA_INT, Integer.BYTES);
            int result = (int) GETSOCKOPT.invokeExact(errno, fd, level, name, number, length);
            int _ = checked(result, "getsockopt", errno);
            return number.get(JAVA_INT, 0);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    public static int epoll() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = arena.allocate(Linker.Option.captureStateLayout());
            return checked((int) EPOLL_CREATE.invokeExact(errno, 0), "epoll_create1", errno);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    public static void watch(int epoll, int fd, MemorySegment event) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = arena.allocate(Linker.Option.captureStateLayout());
            int result = (int) EPOLL_CTL.invokeExact(errno, epoll, EPOLL_CTL_ADD, fd, event);
            int _ = checked(result, "epoll_ctl", errno);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    public static int eventFd() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = arena.allocate(Linker.Option.captureStateLayout());
            return checked((int) EVENTFD.invokeExact(errno, 0, SOCK_NONBLOCK), "eventfd", errno);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    private static int checked(int result, String call, MemorySegment errno) throws IOException {
        if (result < 0) {
            throw new IOException(call + ": " + words((int) ERRNO_VALUE.get(errno, 0L)));
        }
        return result;
    }

    private static String words(int errno) {
        try {
            MemorySegment text = (MemorySegment) STRERROR.invokeExact(errno);
            return text.reinterpret(ERRNO_TEXT_MAX).getString(0);
        } catch (Throwable e) {
            throw mistake(e);
        }
    }

    // On the way of every packet.

    /** How many are ready; below 0 for an error or a signal. */
    public static int await(int epoll, MemorySegment events, int eventsMax, int timeoutMillis) {
        try {
            return (int) EPOLL_WAIT.invokeExact(epoll, events, eventsMax, timeoutMillis);
        } catch (Throwable e) {
            throw mistake(e);
        }
    }

    /** Linked when it is first needed: older systems do not have it. */
    private static final class Newer {
        static final MethodHandle EPOLL_PWAIT2 =
                perPacket("epoll_pwait2", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, ADDRESS);

        private Newer() {}
    }

    /**
     * The same to the nanosecond.
     *
     * @param timeout a {@code timespec}
     */
    public static int awaitPrecisely(
            int epoll, MemorySegment events, int eventsMax, MemorySegment timeout) {
        try {
            return (int)
                    Newer.EPOLL_PWAIT2.invokeExact(
                            epoll, events, eventsMax, timeout, MemorySegment.NULL);
        } catch (Throwable e) {
            throw mistake(e);
        }
    }

    /** How many were received; below 1 for none. */
    public static int receive(int fd, MemorySegment messages, int count) {
        try {
            return (int)
                    RECVMMSG.invokeExact(fd, messages, count, MSG_DONTWAIT, MemorySegment.NULL);
        } catch (Throwable e) {
            throw mistake(e);
        }
    }

    /** Bytes sent; below 0 for none. */
    public static long send(int fd, MemorySegment bytes, long length) {
        try {
            return (long) SEND.invokeExact(fd, bytes, length, MSG_DONTWAIT);
        } catch (Throwable e) {
            throw mistake(e);
        }
    }

    /** Bytes sent; below 0 for none. */
    public static long sendTo(int fd, MemorySegment bytes, long length, MemorySegment address) {
        int addressLength = (int) address.byteSize();
        try {
            return (long)
                    SENDTO.invokeExact(fd, bytes, length, MSG_DONTWAIT, address, addressLength);
        } catch (Throwable e) {
            throw mistake(e);
        }
    }

    /**
     * Nanoseconds of the wall clock.
     *
     * @param time room for a {@code timespec}
     */
    public static long wallClockNanos(MemorySegment time) {
        return clockNanos(CLOCK_REALTIME, time);
    }

    /**
     * Nanoseconds for which this thread has run.
     *
     * @param time room for a {@code timespec}
     */
    public static long threadCpuNanos(MemorySegment time) {
        return clockNanos(CLOCK_THREAD_CPUTIME_ID, time);
    }

    private static long clockNanos(int clock, MemorySegment time) {
        try {
            int _ = (int) CLOCK_GETTIME.invokeExact(clock, time);
        } catch (Throwable e) {
            throw mistake(e);
        }
        return time.get(JAVA_LONG, 0) * NANOS_PER_SECOND + time.get(JAVA_LONG, 8);
    }

    public static void wake(int eventFd) {
        try {
            int _ = (int) EVENTFD_WRITE.invokeExact(eventFd, 1L);
        } catch (Throwable e) {
            throw mistake(e);
        }
    }

    /**
     * @param value room for eight bytes
     */
    public static void woken(int eventFd, MemorySegment value) {
        try {
            int _ = (int) EVENTFD_READ.invokeExact(eventFd, value);
        } catch (Throwable e) {
            throw mistake(e);
        }
    }

    public static void close(int fd) {
        try {
            int _ = (int) CLOSE.invokeExact(fd);
        } catch (Throwable e) {
            throw mistake(e);
        }
    }

    /** Timers of this thread fire on time, instead of up to 50 µs later. */
    public static void preciseTimers() {
        try {
            int _ = (int) PRCTL.invokeExact(PR_SET_TIMERSLACK, 1L);
        } catch (Throwable e) {
            throw mistake(e);
        }
    }

    private static IOException failed(Throwable e) {
        if (e instanceof IOException failure) {
            return failure;
        }
        throw mistake(e);
    }

    /** A downcall throws nothing of its own: what comes is a mistake of ours. */
    private static RuntimeException mistake(Throwable e) {
        return switch (e) {
            case RuntimeException ours -> ours;
            case Error error -> throw error;
            case Throwable other -> new IllegalStateException(other);
        };
    }
}
