package io.jackfield.observe.ladder;

import io.jackfield.call.edge.Flow;
import io.jackfield.call.edge.Transport;
import java.net.InetSocketAddress;

/** A way to nobody. */
record TestFlow(String id, Transport transport, InetSocketAddress local, InetSocketAddress remote)
        implements Flow {
    static TestFlow browser(int port) {
        return new TestFlow(
                "ws-" + port,
                Transport.WSS,
                new InetSocketAddress("192.0.2.1", 8443),
                new InetSocketAddress("198.51.100.7", port));
    }

    static TestFlow trunk() {
        return new TestFlow(
                "udp-trunk",
                Transport.UDP,
                new InetSocketAddress("192.0.2.1", 5060),
                new InetSocketAddress("203.0.113.9", 5060));
    }

    @Override
    public boolean send(byte[] message) {
        return false;
    }

    @Override
    public void close() {}
}
