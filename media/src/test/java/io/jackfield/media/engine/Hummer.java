package io.jackfield.media.engine;

import io.jackfield.media.TrunkLeg;
import io.jackfield.media.codec.G711;
import io.jackfield.media.codec.Signals;
import io.jackfield.protocol.rtp.RtpPacket;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.LockSupport;

/**
 * A far end of plain RTP and PCMA that hums one tone and listens: what it has heard lately, as
 * samples.
 */
final class Hummer implements AutoCloseable {
    private static final double PEAK = 0.1;
    private static final int FRAME = 160;

    /** Half a second; silence in it is where nothing came. */
    static final int WINDOW = 4_000;

    private final DatagramSocket socket;
    private final DatagramSocket rtcp;
    private final double hertz;
    private final short[] heard = new short[WINDOW];
    private long samplesHeard;
    private volatile boolean closed;

    Hummer(double hertz) throws SocketException {
        this.hertz = hertz;
        this.socket = new DatagramSocket(new InetSocketAddress(loopback(), 0));
        this.rtcp = new DatagramSocket(new InetSocketAddress(loopback(), 0));
        Thread.ofVirtual().start(this::listen);
    }

    private static InetAddress loopback() {
        return InetAddress.getLoopbackAddress();
    }

    /** Speaks with that leg from now on. */
    Hummer with(TrunkLeg leg) {
        leg.apply(
                MediaBench.plain(
                        (InetSocketAddress) socket.getLocalSocketAddress(),
                        (InetSocketAddress) rtcp.getLocalSocketAddress(),
                        MediaBench.map(io.jackfield.protocol.sdp.Codec.PCMA, 8, 101)));
        InetSocketAddress to = new InetSocketAddress(leg.local().address(), leg.local().rtpPort());
        Thread.ofVirtual().start(() -> hum(to));
        return this;
    }

    private void hum(InetSocketAddress to) {
        short[] tone = Signals.sine(8_000, hertz, PEAK, 8_000);
        byte[] packet = new byte[RtpPacket.HEADER_BYTES + FRAME];
        long began = System.nanoTime();
        for (int frame = 0; !closed; frame++) {
            RtpPacket.writeHeader(
                    ByteBuffer.wrap(packet), false, 8, frame & 0xFFFF, frame * FRAME, 77);
            for (int i = 0; i < FRAME; i++) {
                packet[RtpPacket.HEADER_BYTES + i] =
                        G711.toAlaw(tone[(frame * FRAME + i) % tone.length]);
            }
            try {
                socket.send(new DatagramPacket(packet, packet.length, to));
            } catch (java.io.IOException over) {
                return;
            }
            long due = began + (frame + 1) * 20_000_000L;
            while (!closed && due - System.nanoTime() > 0) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
        }
    }

    private void listen() {
        DatagramPacket datagram = new DatagramPacket(new byte[2_048], 2_048);
        while (!closed) {
            try {
                socket.receive(datagram);
            } catch (java.io.IOException over) {
                return;
            }
            RtpPacket packet = new RtpPacket();
            packet.wrap(ByteBuffer.wrap(datagram.getData(), 0, datagram.getLength()));
            if (packet.payloadType() == 8) {
                hear(packet);
            }
        }
    }

    private synchronized void hear(RtpPacket packet) {
        for (int i = 0; i < packet.payloadLength(); i++) {
            byte code = packet.buffer().get(packet.payloadOffset() + i);
            heard[(int) (samplesHeard++ % WINDOW)] = G711.fromAlaw(code);
        }
    }

    /** How many samples have come so far. */
    synchronized long samplesHeard() {
        return samplesHeard;
    }

    /** How loud that one's tone was in the last half second, against what is hummed. */
    double hears(Hummer other) {
        short[] last = new short[WINDOW];
        synchronized (this) {
            int at = (int) (samplesHeard % WINDOW);
            System.arraycopy(heard, at, last, 0, WINDOW - at);
            System.arraycopy(heard, 0, last, WINDOW - at, at);
        }
        return Signals.decibels(Signals.strength(last, 0, WINDOW, 8_000, other.hertz) / PEAK);
    }

    @Override
    public void close() {
        closed = true;
        socket.close();
        rtcp.close();
    }
}
