package io.jackfield.server.web;

import io.jackfield.server.config.AddressRange;
import io.jackfield.server.config.Configuration;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/**
 * Who is at the other end of a request: the TCP peer, or whom a configured proxy names.
 *
 * <p>Any thread.
 */
final class ClientAddress {
    private static final String LOCALHOST = "localhost";

    private final List<AddressRange> proxies;
    private final List<AddressRange> trusted;
    private final String domain;

    ClientAddress(Configuration configuration) {
        this.proxies = configuration.http().proxies();
        this.trusted = configuration.api().trusted();
        this.domain = configuration.domain();
    }

    /** The peer, or the last address before our own proxies in {@code X-Forwarded-For}. */
    InetSocketAddress of(Request request) {
        InetSocketAddress peer = peer(request);
        if (!in(proxies, peer.getAddress())) {
            return peer;
        }
        List<InetAddress> hops = hops(request);
        for (InetAddress hop : hops.reversed()) {
            if (!in(proxies, hop)) {
                return new InetSocketAddress(hop, 0);
            }
        }
        return peer;
    }

    /** Whether the client's own connection is encrypted. */
    boolean secure(Request request) {
        if (request.isSecure()) {
            return true;
        }
        String scheme = request.getHeaders().get(HttpHeader.X_FORWARDED_PROTO);
        return in(proxies, peer(request).getAddress()) && "https".equalsIgnoreCase(scheme);
    }

    /**
     * Whether the request needs no token. A proxy that is not configured hides who asks, and a host
     * name that is not ours is how a foreign page reaches a loopback listener (DNS rebinding);
     * neither is trusted.
     */
    boolean trusted(Request request) {
        boolean hidden =
                request.getHeaders().contains(HttpHeader.X_FORWARDED_FOR)
                        && !in(proxies, peer(request).getAddress());
        return !hidden && in(trusted, of(request).getAddress()) && ourName(request);
    }

    private boolean ourName(Request request) {
        String host = Request.getServerName(request);
        return host != null
                && (host.equalsIgnoreCase(domain)
                        || host.equalsIgnoreCase(LOCALHOST)
                        || literal(host).isPresent());
    }

    private static InetSocketAddress peer(Request request) {
        return (InetSocketAddress) request.getConnectionMetaData().getRemoteSocketAddress();
    }

    private static List<InetAddress> hops(Request request) {
        List<InetAddress> hops = new ArrayList<>();
        for (String line : request.getHeaders().getValuesList(HttpHeader.X_FORWARDED_FOR)) {
            for (String hop : line.split(",")) {
                literal(hop.strip()).ifPresent(hops::add);
            }
        }
        return hops;
    }

    private static Optional<InetAddress> literal(String text) {
        boolean bracketed = text.startsWith("[") && text.endsWith("]");
        try {
            return Optional.of(
                    InetAddress.ofLiteral(bracketed ? text.substring(1, text.length() - 1) : text));
        } catch (IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
    }

    private static boolean in(List<AddressRange> ranges, InetAddress address) {
        return ranges.stream().anyMatch(range -> range.contains(address));
    }
}
