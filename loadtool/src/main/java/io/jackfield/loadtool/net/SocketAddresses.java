package io.jackfield.loadtool.net;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteOrder;

/** Addresses as the system's {@code sockaddr_in} and {@code sockaddr_in6}. Any thread. */
final class SocketAddresses {
    /** Room for either. */
    static final int BYTES_MAX = 28;

    private static final int BYTES_4 = 16;
    private static final int PORT_OFFSET = 2;
    private static final int ADDRESS_4_OFFSET = 4;
    private static final int ADDRESS_6_OFFSET = 8;
    private static final int SCOPE_OFFSET = 24;
    private static final int IPV4_BYTES = 4;
    private static final int IPV6_BYTES = 16;
    private static final ValueLayout.OfShort PORT =
            JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private SocketAddresses() {}

    static int family(InetSocketAddress address) {
        return address.getAddress() instanceof Inet6Address ? Libc.AF_INET6 : Libc.AF_INET;
    }

    static MemorySegment write(InetSocketAddress address, Arena arena) {
        byte[] bytes = address.getAddress().getAddress();
        boolean six = bytes.length == IPV6_BYTES;
        MemorySegment out = arena.allocate(six ? BYTES_MAX : BYTES_4, Integer.BYTES);
        out.set(ValueLayout.JAVA_SHORT, 0, (short) (six ? Libc.AF_INET6 : Libc.AF_INET));
        out.set(PORT, PORT_OFFSET, (short) address.getPort());
        int offset = six ? ADDRESS_6_OFFSET : ADDRESS_4_OFFSET;
        MemorySegment.copy(bytes, 0, out, JAVA_BYTE, offset, bytes.length);
        if (address.getAddress() instanceof Inet6Address scoped) {
            out.set(JAVA_INT, SCOPE_OFFSET, scoped.getScopeId());
        }
        return out;
    }

    static InetSocketAddress read(MemorySegment from) {
        boolean six = from.get(ValueLayout.JAVA_SHORT, 0) == Libc.AF_INET6;
        byte[] bytes = new byte[six ? IPV6_BYTES : IPV4_BYTES];
        int offset = six ? ADDRESS_6_OFFSET : ADDRESS_4_OFFSET;
        MemorySegment.copy(from, JAVA_BYTE, offset, bytes, 0, bytes.length);
        try {
            return new InetSocketAddress(
                    InetAddress.getByAddress(bytes), Short.toUnsignedInt(from.get(PORT, 2)));
        } catch (UnknownHostException lengthIsRight) {
            throw new IllegalStateException(lengthIsRight);
        }
    }
}
