package io.jackfield.call.edge;

/**
 * What listeners hand received bytes to. Parsing happens on the calling thread, which belongs to
 * the connection; everything after it on the signalling loop.
 *
 * <p>Thread-safety: any thread. Nothing given here makes it throw.
 */
public interface SipReceiver {
    /**
     * One datagram, one WebSocket message, or one message cut out of a stream by {@code
     * StreamFramer}. Keep-alives (RFC 5626 §3.5.1) are answered.
     */
    void received(Flow flow, byte[] message);

    /**
     * The flow is gone: its transactions fail, its bindings go, its calls wait for it to return.
     */
    void closed(Flow flow);
}
