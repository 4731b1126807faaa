package io.jackfield.call.b2bua;

import io.jackfield.call.edge.Flow;
import io.jackfield.call.edge.Transport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * The way between us and one station, through the bench's network. Two are equal when they are the
 * same.
 */
final class Wire implements Flow {
    /** Takes what we send over it. */
    interface Carrier {
        void carry(Wire wire, byte[] message);
    }

    private static final InetSocketAddress OURS =
            new InetSocketAddress(InetAddress.ofLiteral("10.0.0.5"), 5060);

    private final String id;
    private final Transport transport;
    private final InetSocketAddress remote;
    private final Carrier carrier;
    private boolean open = true;

    Wire(String id, Transport transport, String remote, int port, Carrier carrier) {
        this.id = id;
        this.transport = transport;
        this.remote = new InetSocketAddress(InetAddress.ofLiteral(remote), port);
        this.carrier = carrier;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Transport transport() {
        return transport;
    }

    @Override
    public InetSocketAddress remote() {
        return remote;
    }

    @Override
    public InetSocketAddress local() {
        return OURS;
    }

    @Override
    public Optional<String> peerName() {
        return Optional.empty();
    }

    boolean isOpen() {
        return open;
    }

    @Override
    public boolean send(byte[] message) {
        if (open) {
            carrier.carry(this, message);
        }
        return open;
    }

    @Override
    public void close() {
        open = false;
    }

    @Override
    public String toString() {
        return id;
    }
}
