package io.jackfield.api.webhook;

import java.net.Inet4Address;
import java.net.InetAddress;

/**
 * Whether an address is on the public internet: whoever may name a webhook may not reach, through
 * us, what only we can reach (IANA special-purpose registries, RFC 6890). Pure; any thread.
 */
final class PublicAddress {
    private PublicAddress() {}

    static boolean is(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        byte[] bytes = address.getAddress();
        return address instanceof Inet4Address ? isPublic4(bytes, 0) : isPublic6(bytes);
    }

    private static boolean isPublic4(byte[] bytes, int from) {
        int a = bytes[from] & 0xff;
        int b = bytes[from + 1] & 0xff;
        int c = bytes[from + 2] & 0xff;
        boolean closed =
                a == 0
                        || a == 10
                        || a == 127
                        || a >= 224
                        || (a == 100 && b >= 64 && b <= 127)
                        || (a == 169 && b == 254)
                        || (a == 172 && b >= 16 && b <= 31)
                        || (a == 192 && b == 168)
                        || (a == 192 && b == 0 && c == 0)
                        || (a == 198 && (b == 18 || b == 19));
        return !closed;
    }

    /** Global unicast only; addresses that carry an IPv4 address are as public as that one is. */
    private static boolean isPublic6(byte[] bytes) {
        int first = (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
        if (first == 0x2002) {
            return isPublic4(bytes, 2);
        }
        if (first == 0x0064 && (bytes[2] & 0xff) == 0xff && (bytes[3] & 0xff) == 0x9b) {
            return isPublic4(bytes, 12);
        }
        boolean teredo = first == 0x2001 && bytes[2] == 0 && bytes[3] == 0;
        return (first & 0xe000) == 0x2000 && !teredo;
    }
}
