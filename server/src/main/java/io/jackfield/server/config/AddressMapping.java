package io.jackfield.server.config;

import java.net.InetAddress;

/**
 * One address of this host and what the world calls it: {@code 10.0.0.5 => 203.0.113.7}.
 *
 * @param local bound; never the wildcard, whose answers leave from whatever address the kernel
 *     picks
 * @param advertised told to peers in SDP, Contact and Via; the same one where there is no NAT
 */
public record AddressMapping(InetAddress local, InetAddress advertised) {

    @Override
    public String toString() {
        return local.getHostAddress() + " => " + advertised.getHostAddress();
    }
}
