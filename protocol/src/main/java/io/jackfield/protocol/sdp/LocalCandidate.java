package io.jackfield.protocol.sdp;

import java.net.InetAddress;

/**
 * An address by which the other side can reach our media socket.
 *
 * @param address as advertised, which behind NAT is not the one the socket is bound to
 * @param port 1 to 65535
 */
public record LocalCandidate(InetAddress address, int port) {
    public LocalCandidate {
        SdpText.check(port >= 1 && port <= 65535, "port", port);
        SdpText.check(!address.isAnyLocalAddress(), "advertised address", address);
    }
}
