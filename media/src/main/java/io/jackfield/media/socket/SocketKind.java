package io.jackfield.media.socket;

import java.io.IOException;
import java.util.Set;

/** By what means packets are received and sent. */
public enum SocketKind {
    /** Linux's epoll, {@code recvmmsg} and {@code sendto}: nothing is allocated for a packet. */
    EPOLL,
    /** The JDK's channels: everywhere, at about twice the cost. */
    NIO;

    /** Where the kernel's structures are laid out as they are written here. */
    private static final Set<String> KNOWN_LAYOUTS = Set.of("amd64", "aarch64");

    /** Names another kind than the best, to compare or to evade a fault. */
    static final String PROPERTY = "jackfield.media.sockets";

    private static final class Best {
        static final SocketKind KIND = best();

        private static SocketKind best() {
            String wanted = System.getProperty(PROPERTY, "");
            return wanted.equalsIgnoreCase(NIO.name()) || !epollWorks() ? NIO : EPOLL;
        }
    }

    /** The fastest that this system has. */
    public static SocketKind best() {
        return Best.KIND;
    }

    private static boolean epollWorks() {
        if (!KNOWN_LAYOUTS.contains(System.getProperty("os.arch"))) {
            return false;
        }
        try {
            Libc.close(Libc.epoll());
            return true;
        } catch (IOException | LinkageError notHere) {
            return false;
        }
    }
}
