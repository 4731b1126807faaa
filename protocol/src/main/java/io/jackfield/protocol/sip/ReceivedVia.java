package io.jackfield.protocol.sip;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** Where a request really came from, noted in its topmost Via (RFC 3261 §18.2, RFC 3581). */
public final class ReceivedVia {
    private static final int PORT_DEFAULT = 5060;
    private static final int TLS_PORT_DEFAULT = 5061;

    private ReceivedVia() {}

    /**
     * Stamps {@code received} and, if it was asked for, {@code rport} on the topmost Via. What the
     * sender claimed there goes.
     *
     * @param source resolved
     */
    public static SipRequest stamp(SipRequest request, InetSocketAddress source) {
        List<Via> vias = new ArrayList<>(request.headers().vias());
        vias.set(0, stamp(vias.getFirst(), source));
        return request.withHeaders(request.headers().withVias(vias));
    }

    static Via stamp(Via via, InetSocketAddress source) {
        String address = text(source.getAddress());
        boolean wantsPort = via.parameters().has("rport");
        Parameters next = via.parameters().without("received");
        if (wantsPort) {
            next = next.with("rport", Integer.toString(source.getPort()));
        }
        // "…even if it is identical to the value of the sent-by component" (RFC 3581 §4)
        if (wantsPort || !bare(via.host()).equals(address)) {
            next = next.with("received", address);
        }
        return new Via(via.transport(), via.host(), via.port(), next);
    }

    /**
     * Where a response over UDP goes: the source itself when {@code rport} was asked for, else its
     * address and the port in {@code sent-by} (RFC 3261 §18.2.2). {@code maddr} is not followed: it
     * would let a stranger aim our responses at others.
     */
    public static InetSocketAddress replyTo(Via via, InetSocketAddress source) {
        if (via.parameters().has("rport")) {
            return source;
        }
        return new InetSocketAddress(source.getAddress(), via.port().orElse(defaultPort(via)));
    }

    private static int defaultPort(Via via) {
        return via.transport().equals("TLS") ? TLS_PORT_DEFAULT : PORT_DEFAULT;
    }

    private static String bare(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** Without brackets (RFC 5118 §4.5), without a zone, the longest run of zeros shortened. */
    static String text(InetAddress address) {
        return address instanceof Inet6Address six
                ? Ipv6Text.of(six.getAddress())
                : address.getHostAddress();
    }
}
