package io.jackfield.call.edge;

import io.jackfield.protocol.sip.transaction.TransactionFlow;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * The way back to one phone or trunk (RFC 5626 §2): a connection, or an address pair over UDP.
 *
 * <p>Thread-safety: any thread may call any method. Two flows are equal when they are the same way
 * back: one connection, or one pair of addresses.
 */
public interface Flow extends TransactionFlow {
    /** Unique in this process, short, fit for a log: {@code ws-17}, {@code udp-192.0.2.1:5060}. */
    String id();

    Transport transport();

    @Override
    default boolean reliable() {
        return transport().reliable();
    }

    /** Where the peer's packets come from. */
    InetSocketAddress remote();

    /** Where they arrive: the listener's own address. */
    InetSocketAddress local();

    /** The name the peer proved by its TLS certificate, when it proved one. */
    default Optional<String> peerName() {
        return Optional.empty();
    }

    /**
     * Sends one encoded SIP message; never blocks for long and never throws.
     *
     * @return false when the flow is closed or its queue is full: the message was not taken
     */
    boolean send(byte[] message);

    /** Closes a connection; nothing to do over UDP. */
    void close();
}
