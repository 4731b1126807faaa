package io.jackfield.call.edge;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Opens flows towards trunks. Declared here, implemented by the listeners of {@code server}.
 *
 * <p>Thread-safety: any thread. It never blocks: a connection that is still being made takes
 * messages into its bounded queue, and one that cannot be made is reported by {@link
 * SipReceiver#closed}.
 */
public interface Connector {
    /**
     * The flow to that address: the UDP listener's own socket, or a stream connection, reused when
     * one is open.
     *
     * @param tlsName the host name to ask for and to verify over TLS; ignored otherwise
     * @return empty when no listener of that transport is configured
     */
    Optional<Flow> connect(Transport transport, InetSocketAddress remote, String tlsName);
}
