package io.jackfield.server.demo;

import io.jackfield.call.edge.RandomIdentifiers;
import io.jackfield.media.MediaEngine;
import io.jackfield.server.listener.SipUdpListener;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;

/** The robot on a socket of its own, where the demo's trunk leads. */
public final class RobotLine implements AutoCloseable {
    private static final int PORT = 5090;

    private final RobotCarrier carrier;
    private final SipUdpListener listener;

    private RobotLine(RobotCarrier carrier, SipUdpListener listener) {
        this.carrier = carrier;
        this.listener = listener;
    }

    /** Opens it on loopback. */
    public static RobotLine open(MediaEngine media) {
        RobotCarrier carrier = new RobotCarrier(media, new RandomIdentifiers(new SecureRandom()));
        InetSocketAddress own = new InetSocketAddress(InetAddress.getLoopbackAddress(), PORT);
        SipUdpListener listener = SipUdpListener.open(own, "the demo's robot", carrier.receiver());
        return new RobotLine(carrier, listener);
    }

    @Override
    public void close() {
        listener.close();
        carrier.close();
    }
}
