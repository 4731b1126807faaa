package io.jackfield.observe.hep;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** A way to a capture server. Confined to one thread, which may wait. */
interface HepLink extends AutoCloseable {
    /** How long a server may take to let us in. */
    Duration PATIENCE = Duration.ofSeconds(5);

    /**
     * @throws IOException when the way is gone; the packet is lost
     */
    void send(byte[] packet) throws IOException;

    @Override
    void close() throws IOException;

    /** Opens one. */
    static HepLink open(HepTarget target) throws IOException {
        return switch (target.transport()) {
            case UDP -> udp(target);
            case TCP -> stream(connect(target));
            case TLS -> stream(tls(connect(target), target));
        };
    }

    private static HepLink udp(HepTarget target) throws IOException {
        InetAddress address = InetAddress.getByName(target.host());
        DatagramSocket socket = new DatagramSocket();
        return new HepLink() {
            @Override
            public void send(byte[] packet) throws IOException {
                socket.send(new DatagramPacket(packet, packet.length, address, target.port()));
            }

            @Override
            public void close() {
                socket.close();
            }
        };
    }

    private static Socket connect(HepTarget target) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(
                    new InetSocketAddress(InetAddress.getByName(target.host()), target.port()),
                    (int) PATIENCE.toMillis());
            socket.setTcpNoDelay(true);
            return socket;
        } catch (IOException refused) {
            socket.close();
            throw refused;
        }
    }

    private static Socket tls(Socket plain, HepTarget target) throws IOException {
        SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        SSLSocket socket =
                (SSLSocket) factory.createSocket(plain, target.host(), target.port(), true);
        try {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.startHandshake();
            return socket;
        } catch (IOException refused) {
            socket.close();
            throw refused;
        }
    }

    private static HepLink stream(Socket socket) {
        return new HepLink() {
            @Override
            public void send(byte[] packet) throws IOException {
                socket.getOutputStream().write(packet);
            }

            @Override
            public void close() throws IOException {
                socket.close();
            }
        };
    }
}
