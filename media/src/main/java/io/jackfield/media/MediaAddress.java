package io.jackfield.media;

import java.net.InetAddress;
import java.util.OptionalInt;

/**
 * An address of ours for media, and what the world is told instead.
 *
 * @param local to bind to; never a wildcard, whose answers may leave from the wrong source
 * @param advertised what appears in session descriptions; the same where no NAT is between
 * @param advertisedPort of browser media where the NAT maps the port as well; 1 to 65535
 */
public record MediaAddress(InetAddress local, InetAddress advertised, OptionalInt advertisedPort) {

    public MediaAddress {
        if (local.isAnyLocalAddress() || advertised.isAnyLocalAddress()) {
            throw new IllegalArgumentException("a wildcard is no media address");
        }
        advertisedPort.ifPresent(port -> MediaSettings.check("advertisedPort", port, 1, 65535));
    }

    public MediaAddress(InetAddress local, InetAddress advertised) {
        this(local, advertised, OptionalInt.empty());
    }
}
