package io.jackfield.protocol.sdp;

import java.util.Optional;

/**
 * {@code a=rtcp} (RFC 3605 §2.1).
 *
 * @param port 1 to 65535
 * @param address where RTCP has an address of its own
 */
public record RtcpAddress(int port, Optional<Connection> address) {
    public RtcpAddress {
        SdpText.check(port >= 1 && port <= 65535, "RTCP port", port);
    }

    static Optional<RtcpAddress> parse(String text) {
        int space = text.indexOf(' ');
        int port = SdpText.smallNumber(space < 0 ? text : text.substring(0, space), 65535);
        if (port < 1) {
            return Optional.empty();
        }
        if (space < 0) {
            return Optional.of(new RtcpAddress(port, Optional.empty()));
        }
        return Connection.parse(text.substring(space + 1))
                .map(address -> new RtcpAddress(port, Optional.of(address)));
    }

    @Override
    public String toString() {
        return address.map(a -> port + " " + a).orElse(Integer.toString(port));
    }
}
