package io.jackfield.server.demo;

import io.jackfield.call.edge.RandomIdentifiers;
import io.jackfield.media.MediaEngine;
import io.jackfield.server.config.Configuration;
import io.jackfield.server.listener.SipUdpListener;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;

/** The robot on a socket of its own, where the demo's trunk leads. */
public final class RobotLine implements AutoCloseable {
    private static final int PORT = 5090;

    private final RobotCarrier carrier;
    private final SipUdpListener listener;
    private final InetSocketAddress pbx;

    private RobotLine(RobotCarrier carrier, SipUdpListener listener, InetSocketAddress pbx) {
        this.carrier = carrier;
        this.listener = listener;
        this.pbx = pbx;
    }

    /** Opens it on loopback. */
    public static RobotLine open(MediaEngine media, Configuration configuration) {
        RobotCarrier carrier = new RobotCarrier(media, new RandomIdentifiers(new SecureRandom()));
        InetSocketAddress own = new InetSocketAddress(InetAddress.getLoopbackAddress(), PORT);
        SipUdpListener listener = SipUdpListener.open(own, "the demo's robot", carrier.receiver());
        return new RobotLine(carrier, listener, configuration.sip().udp().getFirst());
    }

    /** Calls that agent in, as a customer would. */
    public void callIn(String number) {
        carrier.callIn(listener::flow, pbx, number);
    }

    @Override
    public void close() {
        listener.close();
        carrier.close();
    }
}
