package io.jackfield.server.web;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/**
 * Which web pages may open a SIP connection (RFC 6455 §10.2).
 *
 * <p>A page of the same host may, whatever its port; pages that are listed may; a program that is
 * no browser sends no origin and may.
 */
final class OriginCheck {
    private final List<String> allowed;

    /**
     * @param allowed origins as {@code https://crm.example.com}; {@code *} allows all
     */
    OriginCheck(List<String> allowed) {
        this.allowed = List.copyOf(allowed);
    }

    boolean allows(Request request) {
        String origin = request.getHeaders().get(HttpHeader.ORIGIN);
        return origin == null
                || allowed.contains("*")
                || allowed.stream().anyMatch(origin::equalsIgnoreCase)
                || sameHost(origin, Request.getServerName(request));
    }

    private static boolean sameHost(String origin, String host) {
        try {
            String originHost = new URI(origin).getHost();
            return originHost != null && originHost.equalsIgnoreCase(host);
        } catch (URISyntaxException notAnOrigin) {
            return false;
        }
    }
}
