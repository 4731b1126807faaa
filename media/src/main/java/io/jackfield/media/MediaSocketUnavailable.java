package io.jackfield.media;

import java.io.IOException;
import java.net.InetSocketAddress;

/** A media socket could not be bound: the port is taken, or the address is not ours. */
public final class MediaSocketUnavailable extends IOException {
    private static final long serialVersionUID = 1L;

    public MediaSocketUnavailable(InetSocketAddress address, IOException cause) {
        super(
                "cannot bind UDP "
                        + address.getAddress().getHostAddress()
                        + " port "
                        + address.getPort()
                        + " for media: "
                        + cause.getMessage(),
                cause);
    }
}
