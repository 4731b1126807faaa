package io.jackfield.observe.ladder;

import io.jackfield.storage.ladder.LadderRow;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * Where a message came from and went. Names are not looked up: what is none of an address is told
 * as 0.0.0.0.
 */
public record LadderAddresses(InetSocketAddress source, InetSocketAddress target) {
    private static final int IP6_BYTES = 16;

    /** Those of a message. */
    public static LadderAddresses of(LadderRow row) {
        InetSocketAddress local = address(row.local());
        InetSocketAddress remote = address(row.remote());
        return row.sent() ? new LadderAddresses(local, remote) : new LadderAddresses(remote, local);
    }

    /** The source, in as many bytes as the target. */
    public byte[] sourceBytes() {
        return bytes(source, target);
    }

    /** The target, in as many bytes as the source. */
    public byte[] targetBytes() {
        return bytes(target, source);
    }

    /** An IPv4 address beside an IPv6 one is ::ffff:a.b.c.d (RFC 4291 §2.5.5.2). */
    private static byte[] bytes(InetSocketAddress of, InetSocketAddress other) {
        byte[] bytes = of.getAddress().getAddress();
        boolean fits = bytes.length >= other.getAddress().getAddress().length;
        return fits
                ? bytes
                : ByteBuffer.allocate(IP6_BYTES).putLong(0).putInt(0xffff).put(bytes).array();
    }

    /** As {@link RowTitles#address} wrote it. */
    private static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        String host = text.substring(0, colon).replace("[", "").replace("]", "");
        int port = Integer.parseInt(text.substring(colon + 1));
        int zone = host.indexOf('%');
        try {
            return new InetSocketAddress(
                    InetAddress.ofLiteral(zone < 0 ? host : host.substring(0, zone)), port);
        } catch (IllegalArgumentException name) {
            return new InetSocketAddress(InetAddress.ofLiteral("0.0.0.0"), port);
        }
    }
}
