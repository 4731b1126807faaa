package io.jackfield.media.engine;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.Optional;

/** A socket of nobody we know; also the other end of a trunk, which speaks plain RTP. */
final class Stranger implements AutoCloseable {
    private final DatagramSocket socket;

    Stranger() throws IOException {
        this(0);
    }

    Stranger(int port) throws IOException {
        socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    void send(byte[] datagram, SocketAddress to) throws IOException {
        socket.send(new DatagramPacket(datagram, datagram.length, to));
    }

    /** What comes within that time. */
    Optional<byte[]> receive(int millis) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[2_048], 2_048);
        socket.setSoTimeout(millis);
        try {
            socket.receive(packet);
            return Optional.of(Arrays.copyOf(packet.getData(), packet.getLength()));
        } catch (SocketTimeoutException nothing) {
            return Optional.empty();
        }
    }

    /** What comes within ten seconds and is RTP, not RTCP. */
    byte[] receiveRtp() throws IOException {
        while (true) {
            byte[] datagram =
                    receive(10_000).orElseThrow(() -> new AssertionError("no RTP in time"));
            if (Middle.isRtp(datagram)) {
                return datagram;
            }
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
