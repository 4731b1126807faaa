package io.jackfield.loadtool.net;

import java.net.InetSocketAddress;

/** Where the packet at hand came from; asked only where it matters, since it makes an object. */
@FunctionalInterface
public interface PacketSource {
    InetSocketAddress address();
}
