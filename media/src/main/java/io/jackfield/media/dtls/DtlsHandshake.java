package io.jackfield.media.dtls;

import java.nio.ByteBuffer;

/**
 * One DTLS association, from its first record to its end.
 *
 * <p>Thread: the media loop's. No method blocks.
 */
public interface DtlsHandshake extends AutoCloseable {
    /**
     * Takes a datagram of DTLS records, position to limit, which stay as they are; its bytes are
     * copied. It must have come from an address with a valid ICE check.
     */
    DtlsFilter offer(ByteBuffer datagram, long nowNanos);

    /**
     * There is a path to the peer: what the handshake has to say leaves from now on. As client the
     * ClientHello has been waiting; its cost has been paid while the path was being found.
     */
    void release();

    /**
     * Ends the association: a close_notify is sent where it was established. Its results may still
     * come for a moment.
     */
    @Override
    void close();
}
