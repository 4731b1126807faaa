package io.jackfield.protocol.ice;

import java.net.InetSocketAddress;

/**
 * A candidate pair: our address on which a check came in, and the address it came from.
 *
 * @param local the address the socket is bound to, not the advertised one
 * @param remote as seen on the wire, so peer-reflexive behind a NAT (RFC 8445 §7.3.1.3)
 */
public record IcePair(InetSocketAddress local, InetSocketAddress remote) {}
