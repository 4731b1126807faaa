package io.jackfield.testkit;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for programs that a test starts and that must be told where to listen.
 *
 * <p>They lie below those that systems give out by themselves: a port that was given out and closed
 * again may be anybody's before the program has started. No port is given twice in a row.
 *
 * <p>Thread-safety: any thread.
 */
public final class FreePorts {
    private static final int FIRST = 26_000;
    private static final int COUNT = 4_000;
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    private static int next = ThreadLocalRandom.current().nextInt(COUNT);

    private FreePorts() {}

    /** A port of 127.0.0.1 on which nobody listens, neither by TCP nor by UDP. */
    public static int next() {
        for (int i = 0; i < COUNT; i++) {
            int port = candidate();
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no port from " + FIRST + " on is free");
    }

    private static synchronized int candidate() {
        next = (next + 1) % COUNT;
        return FIRST + next;
    }

    private static boolean isFree(int port) {
        try (ServerSocket tcp = new ServerSocket();
                DatagramSocket udp = new DatagramSocket(null)) {
            tcp.bind(new InetSocketAddress(LOOPBACK, port));
            udp.bind(new InetSocketAddress(LOOPBACK, port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
