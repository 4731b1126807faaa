package io.jackfield.server.listener;

import io.jackfield.call.edge.Flow;
import io.jackfield.call.edge.Transport;
import java.net.InetSocketAddress;

/**
 * A pair of addresses: ours and the peer's. Two with the same pair are equal.
 *
 * <p>Thread-safety: any thread.
 */
public final class UdpFlow implements Flow {
    /** 32 s of some 150 calls a second, two transactions each. */
    private static final int TRUNK_TRANSACTIONS_MAX = 10_000;

    private final SipUdpListener listener;
    private final InetSocketAddress remote;

    UdpFlow(SipUdpListener listener, InetSocketAddress remote) {
        this.listener = listener;
        this.remote = remote;
    }

    @Override
    public String id() {
        return "udp-" + remote.getAddress().getHostAddress() + ":" + remote.getPort();
    }

    @Override
    public Transport transport() {
        return Transport.UDP;
    }

    @Override
    public InetSocketAddress remote() {
        return remote;
    }

    @Override
    public InetSocketAddress local() {
        return listener.local();
    }

    @Override
    public boolean send(byte[] message) {
        return listener.send(message, remote);
    }

    /** A trunk speaks for many people; a stranger does not. */
    @Override
    public int transactionsMax() {
        return listener.isTrunk(this) ? TRUNK_TRANSACTIONS_MAX : TRANSACTIONS_MAX;
    }

    @Override
    public void close() {
        // nothing is held for a pair of addresses
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UdpFlow flow
                && flow.listener == listener
                && flow.remote.equals(remote);
    }

    @Override
    public int hashCode() {
        return remote.hashCode();
    }

    @Override
    public String toString() {
        return id();
    }
}
